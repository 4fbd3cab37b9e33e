"""The web app manifest as the browser reads it, and its share target as a browser posts it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from pinboard.pins.models import Draft, Pin
from tests.browser.conftest import choose_board, draw, visit
from tests.makers import make_board

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]

# Posts what is shared where and how the manifest says, as the share sheet does: a form of its own.
SHARE = """async (photos) => {
  const make = (tag, fields) => Object.assign(document.createElement(tag), fields);
  const manifest = await fetch(document.querySelector("[rel=manifest]").href);
  const {action, method, enctype, params} = (await manifest.json()).share_target;
  const form = make("form", {action, method, enctype, hidden: true});
  form.append(make("input", {name: params.title, value: "Two lamps"}));
  form.append(make("input", {name: params.text, value: "Seen today"}));
  const transfer = new DataTransfer();
  for (const [at, photo] of photos.entries()) {
    const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], `${at}.jpg`, {type: "image/jpeg"}));
  }
  const input = make("input", {type: "file", name: params.files[0].name, multiple: true});
  input.files = transfer.files;
  form.append(input);
  document.documentElement.append(form);
  form.submit();
}"""


def test_pictures_from_the_share_sheet_wait_for_their_person(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    make_board(alice, "Lamps")
    page = open_window(alice, viewport={"width": 390, "height": 844}, has_touch=True)
    visit(page, "/")
    photos = [base64.b64encode(draw(number, (600, 500))).decode() for number in (1, 5)]
    page.evaluate(SHARE, photos)
    expect(page.locator(".offer")).to_have_count(2)
    assert not Pin.objects.exists(), "a draft only"
    expect(page.get_by_label("Title").first).to_have_value("Two lamps")
    expect(page.get_by_label("Description").first).to_have_value("Seen today")
    page.locator("board-picker:defined").wait_for()
    choose_board(page, "Lamps")
    page.get_by_role("button", name="Pin it", exact=True).last.click()
    expect(page.locator("#page h1")).to_have_text("Lamps")
    assert Pin.objects.count() == 2
    assert Draft.objects.get().led_to == "/@alice/lamps/"


def test_the_browser_finds_nothing_wrong_with_the_manifest(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    page = open_window(alice)
    visit(page, "/")
    browser = page.context.new_cdp_session(page)
    manifest = browser.send("Page.getAppManifest")
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    for icon in page.evaluate("fetch('/manifest.webmanifest').then((a) => a.json())")["icons"]:
        assert page.request.get(icon["src"]).headers["content-type"] == "image/png"
    found = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []
