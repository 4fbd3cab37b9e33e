"""Searching in a real browser: suggestions by keyboard, guides by mouse, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pinboard.images.models import Picture
from pinboard.pins.models import Pin
from pinboard.pins.saving import save_to_board
from search.keeping import catch_up
from tests.makers import make_board, make_conversation, make_pin, make_source, say


@pytest.fixture
def kitchen(transactional_db, alice, bob):
    for number in range(24):
        end = ("with olive oil", "with basil", "with mushrooms")[number % 3]
        make_pin((alice, bob)[number % 2], f"Pasta {end}")
    make_board(bob, "Pasta nights")
    catch_up()


def test_suggestions_are_chosen_with_the_keyboard(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/")
    field = page.get_by_role("combobox", name="Search").or_(
        page.get_by_role("searchbox", name="Search")
    )
    field.click()
    page.keyboard.type("pas")
    options = page.get_by_role("option")
    expect(options.first).to_have_text(re.compile("pasta"))
    expect(page.get_by_role("option", name="Pasta nights")).to_contain_text("Board · Bob")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "search-suggestion-0")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta$"))
    expect(page.locator("pin-card").first).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_guides_come_once_one_stops_typing(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").click()
    page.keyboard.type("pasta")
    guide = page.get_by_role("option", name=re.compile("pasta · olive oil"))
    expect(guide).to_contain_text("Guide")
    guide.click()
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta&g=olive\+oil$"))
    expect(page.locator("pin-card")).to_have_count(8)


def test_suggestions_stay_when_guides_are_refused(open_window, kitchen, alice):
    page = open_window(alice)
    page.route(re.compile("guides=1"), lambda route: route.fulfill(status=429))
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").click()
    with page.expect_response(re.compile("guides=1")):
        page.keyboard.type("pasta")
    expect(page.get_by_role("option", name="Pasta nights")).to_be_visible()
    page.wait_for_timeout(200)
    expect(page.get_by_role("option", name="Pasta nights")).to_be_visible()


@pytest.mark.parametrize("answer", [{"status": 429}, {"status": 500}, {"body": "<p>"}, None])
def test_without_suggestions_enter_still_searches(open_window, kitchen, alice, answer):
    page = open_window(alice)
    broken = (lambda route: route.fulfill(**answer)) if answer else (lambda route: route.abort())
    page.route(re.compile("/suggest/"), broken)
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").click()
    page.keyboard.type("pasta")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("pin-card").first).to_be_visible()


def test_who_types_on_searches_for_what_was_typed(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/")
    field = page.locator("[data-shell-search] [name=q]")
    field.click()
    page.keyboard.type("pas")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("ta basil")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta(\+|%20)basil$"))


def test_a_cleared_search_is_suggested_no_more(open_window, kitchen, alice):
    page = open_window(alice)
    with page.expect_response(re.compile("/history/keep/")):
        page.goto("/search/?q=pasta+basil")
    field = page.locator("[data-shell-search] [name=q]")
    recent = page.get_by_role("option", name=re.compile("You searched this"))
    field.click()
    with page.expect_response(re.compile("guides=1")):
        field.fill("pasta b")
    expect(recent).to_be_visible()
    page.evaluate("document.querySelector('.topbar-mark').focus()")
    page.evaluate("htmx.ajax('GET', '/search/history/', {target: '#page', select: '#page'})")
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_text("until you clear it")).to_be_visible()
    field.click()
    field.fill("pasta b")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(recent).to_be_hidden()


def test_any_word_of_the_chain_is_taken_away_and_brought_back(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/search/?q=olive+pasta&g=oil")
    page.locator(".chain-word", has_text="pasta").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=olive&g=oil$"))
    expect(page.locator(".chain-word")).to_have_count(2)
    page.go_back()
    expect(page.locator(".chain-word")).to_have_count(3)
    expect(page.locator("pin-card").first).to_contain_text("olive oil")


def test_escape_closes_and_enter_searches_for_what_was_typed(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").click()
    page.keyboard.type("pasta basil")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta(\+|%20)basil$"))
    expect(page.locator("pin-card").first).to_contain_text("basil")
    expect(page.get_by_text("After the first few")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_guides_narrow_and_are_taken_away_again(open_window, kitchen, alice, scripts):
    page = open_window(alice, java_script_enabled=scripts)
    page.goto("/search/?q=pasta")
    page.get_by_role("link", name="olive oil", exact=True).click()
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta&g=olive\+oil$"))
    expect(page.locator("pin-card")).to_have_count(8)
    page.get_by_role("link", name=re.compile("olive oil.*take away")).click()
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta$"))
    expect(page.locator("pin-card")).to_have_count(24)
    page.go_back()
    expect(page.locator("pin-card")).to_have_count(8)


def test_guides_wear_a_colour_without_scripts(open_window, kitchen, alice):
    Picture.objects.update(colour="#3366aa")
    page = open_window(alice, java_script_enabled=False)
    page.goto("/search/?q=pasta")
    paint = "getComputedStyle(document.querySelector('.guide')).backgroundColor"
    hue = float(page.evaluate(paint).rstrip(")").split()[-1])
    assert 240 < hue < 260, "blue"


@pytest.mark.parametrize("scripts", [True, False])
def test_facts_are_chosen_from_the_panel_and_taken_away_again(open_window, kitchen, alice, scripts):
    for number in range(3):
        make_pin(alice, f"Pasta bowl {number}", source=make_source(kind="product"))
    catch_up()
    page = open_window(alice, java_script_enabled=scripts)
    page.goto("/search/?q=pasta")
    expect(page.get_by_role("link", name="Products")).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("link", name="Products").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta&type=product$"))
    if scripts:  # several in a row
        expect(page.locator(".facts-panel")).to_be_visible()
        page.keyboard.press("Escape")
    expect(page.locator("pin-card")).to_have_count(3)
    page.locator(".chain-word", has_text="Products").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta$"))
    expect(page.locator("pin-card")).to_have_count(27)


def test_past_searches_wait_under_the_empty_field(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/search/?q=pasta")
    page.get_by_role("link", name="olive oil", exact=True).click()
    expect(page.locator("search-kept")).to_have_attribute("data-search", "?q=pasta&g=olive+oil")
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").click()
    recent = page.get_by_role("option", name=re.compile("pasta · olive oil"))
    expect(recent).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=pasta&g=olive\+oil$"))
    page.goto("/search/history/")
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_text("until you clear it")).to_be_visible()


def test_a_pin_of_a_search_for_a_conversation_goes_into_its_open_window(
    open_window, kitchen, alice, bob
):
    talk = make_conversation(alice, bob)
    say(talk, bob, pins=(Pin.objects.order_by("pk")[0],))
    page = open_window(alice)
    page.goto(f"/messages/{talk.pk}/")
    page.get_by_label("Add to the message").click()
    page.get_by_role("link", name="Find pins together").click()
    expect(page).to_have_url(re.compile(rf"/search/together/\?talk={talk.pk}&like=\d+$"))
    page.get_by_role("searchbox", name="Search for all of you").fill("basil")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=basil"))
    page.get_by_role("link", name=re.compile("^Share here")).first.click()
    window = page.locator(f'conversation-window[data-conversation="{talk.pk}"]')
    expect(window.locator(".composer-pin")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/search/together/"))


def test_the_tabs_keep_the_words_in_the_field(open_window, kitchen, alice):
    page = open_window(alice)
    page.goto("/search/?q=pasta")
    page.get_by_role("link", name="Boards", exact=True).click()
    expect(page.locator(".board-tile-name", has_text="Pasta nights")).to_be_visible()
    expect(page.locator("[data-shell-search] [name=q]")).to_have_value("pasta")
    page.get_by_role("link", name="People", exact=True).click()
    expect(page.get_by_text("Nobody of that name")).to_be_visible()


def test_a_search_goes_on_when_glances_at_its_end_are_told_together(open_window, kitchen, alice):
    for number in range(70):
        make_pin(alice, f"Pasta bake {number}")
    catch_up()
    page = open_window(alice)
    page.add_init_script("""
        const Native = IntersectionObserver; // on a busy machine
        window.IntersectionObserver = class extends Native {
          constructor(told, options) {
            super((seen, eye) => seen.at(-1).isIntersecting && told([{}, ...seen], eye), options);
          }
        };
    """)
    page.goto("/search/?q=pasta")
    for _ in range(10):
        page.keyboard.press("End")
        page.wait_for_timeout(150)
    expect(page.locator("pin-card")).to_have_count(94)


def test_the_row_of_what_is_loved_never_widens_the_page(open_window, kitchen, alice, bob):
    board = make_board(bob, "Loved")
    for pin in Pin.objects.filter(maker=alice)[:6]:
        save_to_board(actor=bob, pin=pin, board=board)
    page = open_window(alice, viewport={"width": 390, "height": 800})
    page.goto("/search/")
    expect(page.locator(".loved pin-card")).to_have_count(6)
    hidden = "insertAdjacentHTML('beforeend', '<s class=visually-hidden>was</s>')"
    page.locator(".loved li").last.evaluate(f"card => card.{hidden}")
    page.evaluate("scrollTo(300, 0)")
    assert page.evaluate("scrollX") == 0
