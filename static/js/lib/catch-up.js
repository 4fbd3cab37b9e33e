// What happens in one conversation, in the order of its numbers and without gaps: what the live
// line tells, and what is asked for when something was missed.

import {Refused, getJson} from "./post.js";

const RETRY_MS = 3_000;

export class CatchUp {
  known; // the number up to which everything is shown
  #url;
  #hooks;
  #isAsking = false;
  #again = false;
  #from = Infinity; // where to ask from once more: what was loaded is older than the rest
  #retry = 0;

  // hooks: take([{place, html}]) shows messages; forget(place) drops what stands up to it, because
  // we were put out and brought in again meanwhile; read(number) was read elsewhere; done() nothing is
  // missing now; gone() there is no such conversation for us; isOver() nothing is wanted any more.
  constructor(url, known, hooks) {
    this.#url = url;
    this.known = known;
    this.#hooks = hooks;
  }

  posted({number, after, html}) {
    this.#happened(number, after === this.known, {place: number, html});
  }

  // A change of one message; one that touches several comes without them (changedSeveral).
  changed({number, place, html}) {
    this.#happened(number, number === this.known + 1, {place, html});
  }

  changedSeveral({number}) {
    if (number > this.known) this.ask();
  }

  // Something was loaded that is as of this number.
  askFrom(number) {
    if (number >= this.known) return;
    this.#from = Math.min(this.#from, number);
    this.ask();
  }

  async ask() {
    if (this.#hooks.isOver()) return;
    this.#again = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#again && !this.#hooks.isOver()) await this.#askOnce();
      this.#hooks.done();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404) this.#hooks.gone();
      else if (error.isPassing) this.#askLater();
    } finally {
      this.#isAsking = false;
    }
  }

  stop() {
    clearTimeout(this.#retry);
  }

  #happened(number, isNext, message) {
    if (number <= this.known) return;
    if (!isNext) {
      this.ask();
      return;
    }
    this.known = number;
    this.#hooks.take([message]);
  }

  async #askOnce() {
    this.#again = false;
    this.known = Math.min(this.known, this.#from);
    this.#from = Infinity;
    const page = await getJson(`${this.#url}changes/?after=${this.known}`);
    if (this.#hooks.isOver()) return;
    if (page.since) this.#hooks.forget(page.since);
    this.#hooks.take(page.messages);
    this.known = Math.max(this.known, page.number);
    this.#hooks.read(page.read);
    this.#again ||= page.more;
  }

  #askLater() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.ask(), RETRY_MS);
  }
}
