// One way to talk to the server: a POST that answers in JSON, a GET of JSON or of a part of a page.
// Announces on document "server-reached" {reached} and, when the session ended, "signed-out".

const PATIENCE_MS = 20_000;

export class Refused extends Error {
  constructor(message, code, status, wait = 0) {
    super(message);
    this.code = code;
    this.status = status; // 0: the server was not reached
    this.wait = wait; // seconds the server asks us to wait
  }

  // Whether the same request may succeed later, unchanged.
  get isPassing() {
    return !this.status || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  get isSignedOut() {
    return this.status === 401 || this.code === "csrf";
  }
}

// fields: an object (a list becomes several fields of one name), FormData or URLSearchParams.
// Answers the parsed JSON. Raises Refused with a sentence for people.
export async function post(url, fields = {}) {
  const headers = {Accept: "application/json", "X-CSRFToken": document.documentElement.dataset.csrf ?? ""};
  return json(await reach(url, {method: "POST", headers, body: toBody(fields)}));
}

export async function getJson(url) {
  return json(await reach(url, {headers: {Accept: "application/json"}}));
}

// A part of a page, as HTML.
export async function getPart(url) {
  const response = await reach(url, {headers: {"HX-Request": "true", Accept: "text/html"}});
  if (!response.ok || response.redirected) throw new Refused("That could not be loaded.", "failed", response.status);
  return response.text();
}

async function reach(url, options) {
  let response;
  try {
    response = await fetch(url, {...options, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS)});
  } catch {
    announce("server-reached", {reached: false});
    throw new Refused("No connection. Nothing was changed; try again.", "offline", 0);
  }
  announce("server-reached", {reached: true});
  return response;
}

async function json(response) {
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.ok !== false && !response.redirected) return answer;
  const wait = Number(response.headers.get("Retry-After")) || 0;
  const words = answer.error ?? "That did not work. Try again in a moment.";
  const refused = new Refused(words, answer.code ?? "failed", response.status, wait);
  if (refused.isSignedOut) announce("signed-out");
  throw refused;
}

function announce(name, detail = null) {
  document.dispatchEvent(new CustomEvent(name, {detail}));
}

function toBody(fields) {
  if (fields instanceof FormData || fields instanceof URLSearchParams) return fields;
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return body;
}
