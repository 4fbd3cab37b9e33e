"""Narrowing by facts: links that lead somewhere, kept in the address and in a shared search."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from messaging.models import Message
from pinboard.people.relations import follow
from pinboard.pins.narrowing import PriceBand, cut
from pinboard.pins.saving import save_to_board
from search.facts import colour_name, shape_of, site_of
from search.models import PinFacts
from tests.makers import make_board, make_conversation, make_picture, make_pin, make_source

CHOICE = re.compile(r'<a class="chip[^"]*" href="([^"]+)"( aria-current="true")?>([^<]+)')


def choices_on(html: str) -> dict[str, str]:
    return {unescape(label): unescape(url) for url, _, label in CHOICE.findall(html)}


def recipe(owner, title, minutes, **fields):
    reading = {"kind": "recipe", "recipe": {"total_minutes": minutes}}
    source = make_source(kind="recipe", reading=reading, url=f"https://www.cook.example/{title}")
    return make_pin(owner, title, source=source, **fields)


def product(owner, title, price, currency="EUR", **fields):
    reading = {"kind": "product", "product": {"price": price, "currency": currency}}
    source = make_source(kind="product", reading=reading, url=f"https://fable.example/{title}")
    return make_pin(owner, title, source=source, **fields)


@pytest.fixture
def lemons(alice, bob):
    """By name: four recipes and three products, all of lemons."""
    red, blue = make_picture(colour="#c03020", width=900, height=600), {"colour": "#2050c0"}
    return {
        "quick": recipe(alice, "Lemon pasta", 12),
        "slow": recipe(alice, "Lemon cake", 90, picture=red),
        "half": recipe(bob, "Lemon risotto", 25),
        "hour": recipe(bob, "Lemon tart", 45),
        "cheap": product(alice, "Lemon squeezer", "9.50"),
        "bowl": product(bob, "Lemon bowl", "30.00", picture=make_picture(**blue)),
        "lamp": product(bob, "Lemon lamp", "49.99", picture=make_picture(**blue)),
    }


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("type=recipe", "quick slow half hour"),
        ("type=product", "cheap bowl lamp"),
        ("type=recipe&minutes=30", "quick half"),
        ("minutes=60", "quick half hour"),
        ("price=EUR-25-50", "bowl lamp"),
        ("price=EUR-0-25", "cheap"),
        ("price=EUR-10-", "bowl lamp"),
        ("price=EUR-5-40", "cheap bowl"),
        ("site=cook.example", "quick slow half hour"),
        ("colour=red", "slow"),
        ("shape=wide", "slow"),
        ("colour=blue&price=EUR-25-50&type=product", "bowl lamp"),
        ("type=recipe&g=risotto", "half"),
    ],
)
def test_facts_narrow_and_go_together_with_words_and_guides(look, lemons, address, left):
    expected = {lemons[name].pk for name in left.split()}
    assert set(look(f"/search/?q=lemon&{address}").pins) == expected
    assert set(look(f"/search/?{address}").pins) == expected  # also without words


def test_bands_of_prices_are_cut_from_the_results(look, alice, bob):
    """Cheap things and dear ones have bands of their own, with about as many pins in each."""
    for number in range(16):
        person = (alice, bob)[number % 2]
        product(person, f"Clay cup {number}", f"{6 + 2 * number}.00")
        product(person, f"Oak sofa {number}", f"{700 + 150 * number}")
    cups, sofas = (choices_on(look(q=typed).html) for typed in ("cup", "sofa"))
    assert [label for label in cups if "€" in label] == [
        "Under €15",
        "€15 – €20",
        "€20 – €30",
        "€30 and more",
    ]
    assert [label for label in sofas if "€" in label] == [
        "Under €1,500",
        "€1,500 – €2,000",
        "€2,000 and more",
    ]
    assert len(look(cups["€15 – €20"]).pins) == 2
    assert "€1,500 – €2,000" in look(sofas["€1,500 – €2,000"]).html


def test_no_band_holds_everything_and_dear_currencies_have_steps_of_their_own():
    assert cut([], "EUR") == cut([20, 20], "EUR") == []
    assert [str(band) for band in cut([1, 2, 3], "EUR")] == []
    assert [str(band) for band in cut([4, 10, 20_000], "EUR")] == [
        "EUR-0-5",
        "EUR-5-10",
        "EUR-10-10000",
        "EUR-10000-",
    ]
    yen = cut([900, 1200, 5000, 90_000], "JPY")
    assert all(band.is_stepped for band in yen)
    assert yen[-1].low >= 5000
    fives = [str(band) for band in PriceBand("EUR", 10, 25).smallest()]
    assert fives == ["EUR-10-15", "EUR-15-20", "EUR-20-25"]
    assert str(list(PriceBand("EUR", 5000, None).smallest())[-1]) == "EUR-10000-"


def test_what_splits_the_results_is_there_to_choose(look, lemons):
    found = choices_on(look(q="lemon").html)
    assert found["Recipes"] == "/search/?q=lemon&type=recipe"
    assert found["Under 30 min"] == "/search/?q=lemon&minutes=30"
    assert found["Blue"] == "/search/?q=lemon&colour=blue"
    assert "Places" not in found  # leads nowhere
    assert [label for label in found if "€" in label] == ["€30 and more"]
    assert "Under €10" not in found  # to one pin only
    for url in found.values():
        assert 2 <= len(look(url).pins) < 7


def test_everyone_friends_and_mine_stand_beside_each_other(look, client, lemons, alice):
    client.force_login(alice)
    row = r'is-whose"><h2>From</h2>(.*?)</nav>'
    for chosen, label in (("", "Everyone"), ("friends", "Friends"), ("mine", "Mine")):
        address = f"/search/?q=lemon&from={chosen}" if chosen else "/search/?q=lemon"
        found = re.search(row, look(address).html, re.DOTALL)
        assert found
        assert re.findall(r'aria-current="true">(\w+)', found[1]) == [label]
        for other in ("Everyone", "Friends", "Mine"):
            assert f">{other}" in found[1]
    assert "From</h2>" not in Client().get("/search/?q=lemon").content.decode()


def test_what_was_chosen_stays_in_every_link_and_can_be_taken_away(look, lemons):
    page = look("/search/?q=lemon&type=recipe&minutes=60")
    assert 'href="/search/?q=lemon&amp;minutes=60"' in page.html
    assert 'href="/search/?q=lemon&amp;type=recipe"' in page.html
    assert 'href="/messages/new/?q=lemon&amp;type=recipe&amp;minutes=60"' in page.html
    for url in page.guides.values():
        assert parse_qs(urlsplit(url).query)["type"] == ["recipe"]


def test_facts_stay_on_the_next_page(look, alice):
    pins = {recipe(alice, f"Lemon cake {n}", 20).pk for n in range(35)}
    product(alice, "Lemon cake stand", "20.00")
    first = look("/search/?q=lemon&type=recipe")
    second = look(first.next_url)
    assert set(first.pins) | set(second.pins) == pins


def test_mine_friends_and_one_board(look, client: Client, alice, bob, charlie, lemons):
    client.force_login(alice)
    mine = {lemons[name].pk for name in ("quick", "slow", "cheap")}
    assert set(look("/search/?q=lemon&from=mine").pins) == mine
    board = make_board(alice, "Brunch", is_secret=True)
    for name in ("half", "hour"):
        save_to_board(actor=alice, pin=lemons[name], board=board)
    saved = {lemons["half"].pk, lemons["hour"].pk}
    assert set(look("/search/?q=lemon&from=mine").pins) == mine | saved
    assert set(look(f"/search/?q=lemon&on={board.pk}").pins) == saved
    assert look(f"/search/?from=mine&on={board.pk}").pins == sorted(saved, reverse=True)
    assert choices_on(look(q="lemon").html)["Brunch"] == f"/search/?q=lemon&on={board.pk}"
    follow(actor=alice, person=bob)
    bobs = {lemons[name].pk for name in ("half", "hour", "bowl", "lamp")}
    assert set(look("/search/?q=lemon&from=friends").pins) == bobs
    client.force_login(charlie)
    assert "Nothing" in look(f"/search/?q=lemon&on={board.pk}").html
    assert "Brunch" not in look(f"/search/?q=lemon&on={board.pk}").html


def test_somebody_elses_secret_board_is_as_good_as_none(look, client: Client, alice, bob, lemons):
    board = make_board(alice, "Brunch", is_secret=True)
    save_to_board(actor=alice, pin=lemons["half"], board=board)
    for person in (None, bob):
        if person:
            client.force_login(person)
        there = look(f"/search/?q=lemon&on={board.pk}")
        nowhere = look("/search/?q=lemon&on=999999")
        assert there.pins == nowhere.pins
        assert "A board that is not here" in there.html


def test_a_private_pin_shows_in_nobody_elses_choices(look, client: Client, alice, charlie, lemons):
    for number in range(3):
        source = make_source(
            kind="place", reading={"kind": "place"}, url=f"https://hideout.example/{number}"
        )
        make_pin(alice, f"Lemon grove {number}", is_public=False, source=source)
    client.force_login(alice)
    assert {"Places", "Shop"} <= set(choices_on(look(q="lemon").html))
    client.force_login(charlie)
    html = look(q="lemon").html
    assert "Places" not in choices_on(html)
    assert "hideout" not in html
    assert "hideout" not in look("/search/?q=lemon&type=place").html
    assert look("/search/?type=place").pins != []  # what is new instead
    assert "without it" in look("/search/?type=place").html


def test_where_nothing_passes_the_pins_without_the_fact_are_shown_and_that_is_said(look, lemons):
    page = look("/search/?q=lemon&type=movie")
    assert len(page.pins) == 7
    assert "these pins are without it" in page.html
    assert page.guides == {}


@pytest.mark.parametrize(
    "nonsense",
    ["type=x", "price=EUR-3-4", "price=%00", "minutes=-1", "minutes=٣٠", "colour=%F0%9F%98%80",
     "shape=", "from=everyone", "on=99999999999999999999", "site=" + "a" * 5000, "type=a&type=b",
     "site=%22%27%3B--", "from=mine"],
)  # fmt: skip
def test_facts_nobody_knows_are_passed_over(look, lemons, nonsense):
    assert len(look(f"/search/?q=lemon&{nonsense}").pins) == 7


def test_a_shared_search_keeps_its_facts(client: Client, alice, bob, lemons):
    client.force_login(alice)
    talk = make_conversation(alice, bob)
    answer = client.get("/messages/new/?q=lemon&type=recipe&minutes=30&from=mine")
    assert '<input type="hidden" name="minutes" value="30">' in answer.content.decode()
    sent = {"q": "lemon", "g": "pasta", "type": "recipe", "minutes": "30", "from": "mine"}
    client.post(f"/messages/{talk.pk}/post/", {**sent, "price": "x"})
    message = Message.objects.get(search__gt="")
    assert message.search == "q=lemon&g=pasta&type=recipe&minutes=30"
    html = client.get(f"/messages/{talk.pk}/").content.decode()
    assert '<span class="chip">Recipes</span><span class="chip">Under 30 min</span>' in html
    covers = client.get("/search/covers/?q=lemon&type=recipe&minutes=30").json()
    assert covers["facts"] == ["Recipes", "Under 30 min"]


def test_facts_follow_a_page_that_was_read_again(look, lemons):
    source = lemons["slow"].source
    source.reading = {"kind": "recipe", "recipe": {"total_minutes": 10}}
    source.save(update_fields=["reading"])
    assert lemons["slow"].pk in look("/search/?q=lemon&minutes=15").pins
    pk = lemons["quick"].pk
    lemons["quick"].delete()
    look()
    assert not PinFacts.objects.filter(pin_id=pk).exists()


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ffffff", "white"), ("#f4efe6", "white"), ("#000000", "black"), ("#808080", "grey"),
        ("#c62828", "red"), ("#ef8a1d", "orange"), ("#f2cf3b", "yellow"), ("#3c8d40", "green"),
        ("#1f8a8a", "teal"), ("#2456b8", "blue"), ("#6a2fa0", "purple"), ("#f08bb0", "pink"),
        ("#7a4a24", "brown"), ("#502838", "purple"), ("", ""), ("#zz", ""),
    ],
)  # fmt: skip
def test_colours_have_the_names_people_give_them(colour, name):
    assert colour_name(colour) == name


def test_shapes_and_sites():
    assert [shape_of(*size) for size in ((3, 4), (4, 3), (100, 105))] == ["tall", "wide", "square"]
    assert site_of("https://www.Shop.example:8000/a?b") == "shop.example"
    assert site_of("http://[::1") == ""


def test_a_chosen_source_is_called_as_it_was_when_it_was_chosen(look, alice):
    for number in range(4):
        source = make_source(url=f"https://cook.example/{number}", site_name="The Cook")
        make_pin(alice, f"Lemon pie {number}", source=source if number else None)
    page = look(q="lemon", site="cook.example")
    assert re.search(r'class="chain-word is-fact[^>]*><span>The Cook</span>', page.html)
    assert "Search: lemon, The Cook</h1>" in page.html
    assert "<span>shop.example</span>" in look(q="lemon", site="shop.example").html


@pytest.mark.parametrize("whose", ["mine", "friends"])
def test_to_a_visitor_nothing_is_called_theirs(client: Client, look, alice, whose):
    pin = make_pin(alice, "Lemon pie")
    address = {"q": "lemon", "from": whose}
    client.force_login(alice)
    assert "is-fact is-removable" in look(**address).html
    client.logout()
    page = look(**address)
    assert page.pins == [pin.pk]
    assert "is-fact" not in page.html
    assert "search-within" not in page.html
    assert f"from={whose}" not in page.html
