import {post} from "../lib/post.js";
import {toast} from "../lib/toast.js";

// Whether this browser is woken for messages while no page is open.
class PushSwitch extends HTMLElement {
  async connectedCallback() {
    const zone = document.querySelector("[data-time-zone]");
    if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return;
    this.hidden = false;
    this.#button.onclick = () => this.#toggle(); // once, also on a page one came back to
    this.#paint(await this.#subscription());
  }

  get #button() { return this.querySelector("button"); }

  async #subscription() {
    const worker = await navigator.serviceWorker.getRegistration("/");
    return worker?.pushManager.getSubscription() ?? null;
  }

  async #toggle() {
    this.#button.setAttribute("aria-busy", "true");
    try {
      const subscription = await this.#subscription();
      this.#paint(subscription ? await this.#stop(subscription) : await this.#start());
    } catch (error) {
      const isRefused = Notification.permission === "denied";
      toast(isRefused ? "This browser does not let us. Allow notifications for this page, then try again." : error.message);
    }
    this.#button.removeAttribute("aria-busy");
  }

  async #start() {
    const worker = await navigator.serviceWorker.register(this.dataset.worker, {scope: "/"});
    await navigator.serviceWorker.ready;
    const subscription = await worker.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: this.dataset.key});
    const {endpoint, keys} = subscription.toJSON();
    try {
      await post(this.dataset.subscribe, {endpoint, p256dh: keys.p256dh, auth: keys.auth});
    } catch (error) {
      await subscription.unsubscribe();
      throw error;
    }
    return subscription;
  }

  async #stop(subscription) {
    await post(this.dataset.unsubscribe, {endpoint: subscription.endpoint});
    await subscription.unsubscribe();
    return null;
  }

  #paint(subscription) {
    this.#button.setAttribute("aria-pressed", String(Boolean(subscription)));
    this.#button.querySelector("span").textContent = subscription ? "Do not tell me here" : "Tell me here";
    this.querySelector("[data-words]").textContent = subscription
      ? "Messages reach you here while Pinboard is closed." : "Messages can reach you here while Pinboard is closed.";
  }
}

customElements.define("push-switch", PushSwitch);
