// One way to ask the server to do something: a POST that answers in JSON.

export class Refused extends Error {
  constructor(message, code, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const OFFLINE = "No connection. Nothing was changed; try again.";

// fields: an object (a list becomes several fields of one name), FormData or URLSearchParams.
// Answers the parsed JSON. Raises Refused with a sentence for people.
export async function post(url, fields = {}) {
  const headers = {Accept: "application/json", "X-CSRFToken": document.documentElement.dataset.csrf ?? ""};
  let response;
  try {
    response = await fetch(url, {method: "POST", headers, body: toBody(fields), credentials: "same-origin"});
  } catch {
    throw new Refused(OFFLINE, "offline", 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.ok !== false && !response.redirected) return answer;
  throw new Refused(answer.error ?? "That did not work. Try again in a moment.", answer.code ?? "failed", response.status);
}

// A part of a page, as HTML.
export async function getPart(url) {
  const response = await fetch(url, {headers: {"HX-Request": "true", Accept: "text/html"}, credentials: "same-origin"});
  if (!response.ok || response.redirected) throw new Refused("That could not be loaded.", "failed", response.status);
  return response.text();
}

function toBody(fields) {
  if (fields instanceof FormData || fields instanceof URLSearchParams) return fields;
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return body;
}
