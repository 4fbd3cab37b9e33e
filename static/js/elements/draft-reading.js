const UNREADABLE = 422; // the page that says why, and lets one mend the link

// A page that is being read: looks again when the reading is done, or every two seconds. What comes
// once one has gone elsewhere is shown to nobody.
class DraftReading extends HTMLElement {
  #timer = 0;
  #isLooking = false;

  connectedCallback() {
    document.addEventListener("live:draft.settled", this.#settled);
    this.#timer = setInterval(this.#look, 2000);
  }

  disconnectedCallback() {
    document.removeEventListener("live:draft.settled", this.#settled);
    clearInterval(this.#timer);
  }

  #settled = (event) => {
    if (String(event.detail.draft) === this.dataset.draft) this.#look();
  };

  #look = async () => {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const response = await fetch(location.pathname + location.search, {credentials: "same-origin"}).catch(() => null);
    const html = response?.ok || response?.status === UNREADABLE ? await response.text().catch(() => "") : "";
    this.#isLooking = false;
    if (!html || !this.isConnected || html.includes("<draft-reading")) return;
    if (response.redirected) location.replace(response.url);
    else window.htmx.swap("#page", html, {swapStyle: "outerHTML"}, {select: "#page", afterSettleCallback: takeLostFocus});
  };
}

// What was focused went with the old page; whoever writes elsewhere meanwhile is not disturbed.
function takeLostFocus() {
  if (document.activeElement === document.body) document.querySelector("#page h1")?.focus({preventScroll: true});
}

customElements.define("draft-reading", DraftReading);
