// A file on its way to the server, with how far it is: fetch cannot tell.

import {Refused} from "./post.js";

const PATIENCE_MS = 180_000;

// tell: called with 0 to 1. Answers the parsed JSON; raises Refused as post() does.
export function upload(url, fields, {tell, signal}) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.timeout = PATIENCE_MS;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.documentElement.dataset.csrf ?? "");
    request.upload.addEventListener("progress", ({loaded, total}) => total && tell(loaded / total));
    const lost = () => fail(new Refused("No connection. Try again.", "offline", 0));
    for (const name of ["error", "timeout", "abort"]) request.addEventListener(name, lost);
    request.addEventListener("load", () => {
      const answer = request.response ?? {};
      if (request.status < 300 && answer.ok) {
        done(answer);
        return;
      }
      const words = request.status === 413 ? "This file is too large." : "That did not work. Try again in a moment.";
      const wait = Number(request.getResponseHeader("Retry-After")) || 0;
      fail(new Refused(answer.error ?? words, answer.code ?? "failed", request.status, wait));
    });
    signal.addEventListener("abort", () => request.abort());
    request.send(fields);
  });
}
