"""What a push does in a browser: the worker shows it, and a press leads to the conversation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import visit
from tests.makers import make_conversation

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]

REGISTER = """async () => {
  await navigator.serviceWorker.register("/service-worker.js", {scope: "/"});
  await navigator.serviceWorker.ready;
}"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/");
  return (await worker.getNotifications()).map(({title, body, tag}) => ({title, body, tag}));
}"""


def registration_of(line: CDPSession, page: Page) -> str:
    """The browser's own number of the worker that the page has registered."""
    found: list[str] = []

    def hear(event: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"])

    line.on("ServiceWorker.workerRegistrationUpdated", hear)
    line.send("ServiceWorker.enable")
    page.evaluate(REGISTER)
    for _ in range(200):
        if found:
            break
        page.wait_for_timeout(50)
    return found[-1]


def test_a_push_is_shown_only_where_no_page_is_looked_at(
    open_window: OpenWindow, alice: Person, bob: Person, pinboard_server: str
):
    talk = make_conversation(alice, bob)
    page = open_window(alice, permissions=["notifications"])
    visit(page, "/")
    line = page.context.new_cdp_session(page)
    number = registration_of(line, page)
    body = {"title": "Bob", "body": "wrote to you", "url": f"/messages/{talk.pk}/"}

    def push(tag: str) -> None:
        data = json.dumps({**body, "tag": tag})
        message = {"origin": pinboard_server, "registrationId": number, "data": data}
        line.send("ServiceWorker.deliverPushMessage", message)

    page.bring_to_front()
    page.wait_for_function("document.visibilityState === 'visible' && document.hasFocus()")
    push("looked-at")
    line.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    page.context.new_page().bring_to_front()
    page.wait_for_function("!document.hasFocus()")
    push("away")
    page.wait_for_function(f"(async () => (await ({SHOWN})()).length)()")
    shown = {"title": "Bob", "body": "wrote to you", "tag": "away"}
    assert page.evaluate(SHOWN) == [shown]


def test_a_press_on_a_push_takes_no_page_away(open_window: OpenWindow, alice: Person, bob: Person):
    talk = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/create/")
    page.evaluate(REGISTER)
    worker = page.context.service_workers[0]
    # Only a real press may open and focus windows; what would be opened is noted instead.
    press = """async (url) => {
      const opened = [];
      clients.openWindow = async (url) => opened.push(url);
      WindowClient.prototype.focus = async () => {};
      await show(url);
      return opened;
    }"""
    assert worker.evaluate(press, f"/messages/{talk.pk}/") == [f"/messages/{talk.pk}/"]
    assert page.url.endswith("/create/"), "a form half filled in went with its page"
    assert worker.evaluate(press, "/create/") == []
