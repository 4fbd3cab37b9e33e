"""Correcting what was read: on one's own pins only, whatever the page says later."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.freshness.models import SourceChange
from pinboard.pins.models import Pin, Source
from search.models import Stale
from tests.makers import make_pin, make_source
from tests.pins.shops import Clock, Shop, page_of, pin_from, read_now

RECIPE = {
    "kind": "recipe",
    "title": "Lemon pasta",
    "author": "Nonna",
    "recipe": {"total_minutes": 15, "yields": "4 plates", "ingredients": ["1 lemon"]},
}


@pytest.fixture
def lamp(shop: Shop, clock: Clock, alice: Person) -> Pin:
    return pin_from(shop, alice)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fields(html: str) -> dict[str, str]:
    """What the form would send if nothing was changed."""
    form = html[html.index('class="sheet corrections"') :]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form))
    for name in re.findall(r'<input[^>]*name="([^"]+)"', form):
        sent.setdefault(name, "")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    texts = re.findall(r'<textarea name="([^"]+)".*?>\s*(.*?)</textarea>', form, re.DOTALL)
    return {**sent, **dict(texts)}


def send(pin: Pin, person: Person, **said: str) -> Any:
    client = signed_in(person)
    address = f"/pins/{pin.pk}/correct/"
    sent = fields(client.get(address).content.decode())
    return client.post(
        address, {**sent, **{name.replace("__", "-"): v for name, v in said.items()}}
    )


def card_of(pin: Pin) -> str:
    return Client().get(f"/pins/{pin.pk}/card/").content.decode()


def test_a_correction_shows_on_ones_own_pins_and_on_nobody_elses(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person
) -> None:
    theirs = pin_from(shop, bob)
    another = pin_from(shop, alice)
    Stale.objects.all().delete()
    answer = send(lamp, alice, product__price="24.50")
    assert answer.status_code == 302
    assert answer["Location"] == lamp.get_absolute_url()
    assert "€24.50" in card_of(lamp)
    assert "€24.50" in card_of(another)
    assert "€149.00" in card_of(theirs)
    assert set(Stale.objects.values_list("pin_id", flat=True)) == {lamp.pk, another.pk}
    later = pin_from(shop, alice)
    assert "€24.50" in card_of(later), "also on what one pins of it later"
    assert page_of(lamp).reading["product"]["price"] == "149.00"


def test_a_correction_survives_later_readings_and_the_rest_stays_true(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    send(lamp, alice, product__brand="Fable")
    shop.price = "120.00"
    read_now(clock)
    assert "€120.00" in card_of(lamp)
    assert "Fable" in Client().get(f"/pins/{lamp.pk}/").content.decode()
    assert SourceChange.objects.count() == 1
    send(lamp, alice, product__price="99.00")
    shop.price = "110.00"
    read_now(clock)
    assert "€99.00" in card_of(lamp)
    page = signed_in(alice).get(f"/pins/{lamp.pk}/correct/").content.decode()
    assert "€110.00" in page, "what the page says now stands beside it"


def test_what_was_read_stands_beside_and_can_be_taken_back(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    send(lamp, alice, product__price="99.00", product__brand="Fable", title="My lamp")
    lamp.refresh_from_db()
    assert lamp.title == "My lamp"
    client = signed_in(alice)
    page = client.get(f"/pins/{lamp.pk}/correct/").content.decode()
    assert 'value="99.00"' in page
    assert "€149.00" in page
    assert 'value="product.price"' in page
    assert "corrected by hand" in client.get(f"/pins/{lamp.pk}/").content.decode()
    client.post(f"/pins/{lamp.pk}/correct/", {"back": "product.price"})
    assert "€149.00" in card_of(lamp)
    assert Source.objects.count() == 2, "the brand is still corrected"
    client.post(f"/pins/{lamp.pk}/correct/", {"back": "all"})
    lamp.refresh_from_db()
    assert lamp.title == "Oak lamp"
    assert Source.objects.count() == 1
    assert lamp.source_id == page_of(lamp).pk
    assert "corrected by hand" not in client.get(f"/pins/{lamp.pk}/").content.decode()


def test_saying_what_the_page_says_is_no_correction(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    send(lamp, alice)
    assert Source.objects.count() == 1
    send(lamp, alice, product__price="99.00")
    send(lamp, alice, product__price="149.00")
    assert Source.objects.count() == 1


def test_an_emptied_field_is_left_out(shop: Shop, clock: Clock, lamp: Pin, alice: Person) -> None:
    send(lamp, alice, product__price="")
    assert "€" not in card_of(lamp)
    read_now(clock)
    assert "€" not in card_of(lamp)


def test_a_recipe_is_corrected_line_by_line(client: Client, alice: Person) -> None:
    pin = make_pin(alice, source=make_source(kind="recipe", reading=RECIPE))
    send(
        pin,
        alice,
        recipe__total_minutes="25",
        recipe__servings="6",
        recipe__ingredients="2 lemons\n\n400 g spaghetti ",
        author="Ana",
    )
    source = Pin.objects.select_related("source").get(pk=pin.pk).source
    assert source is not None
    assert source.reading["recipe"]["ingredients"] == ["2 lemons", "400 g spaghetti"]
    assert source.reading["recipe"]["servings"] == 6
    assert "yields" not in source.reading["recipe"], "4 plates is not 6 servings"
    assert source.reading["author"] == "Ana"
    assert source.reading["origins"]["author"] == "person"
    assert "25 min" in card_of(pin)


def test_what_was_taken_for_something_else_can_be_told_what_it_is(
    client: Client, alice: Person
) -> None:
    pin = make_pin(alice, source=make_source(reading={"kind": "plain", "title": "Pasta"}))
    answer = send(pin, alice, kind="recipe")
    assert answer["Location"] == f"/pins/{pin.pk}/correct/", "now its own facts can be said"
    send(pin, alice, recipe__total_minutes="20")
    assert "20 min" in card_of(pin)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("product__price", "cheap", "Enter a number"),
        ("product__price", "-1", "greater than or equal to 0"),
        ("product__currency", "euro", "Three capital letters"),
        ("product__availability", "perhaps", "Select a valid choice"),
        ("product__brand", "x" * 300, "at most 200 characters"),
        ("kind", "spaceship", "Select a valid choice"),
    ],
)
def test_nonsense_gets_a_sentence_and_changes_nothing(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, name: str, value: str, sentence: str
) -> None:
    answer = send(lamp, alice, **{name: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Source.objects.count() == 1


def test_hostile_words_stay_words(shop: Shop, clock: Clock, lamp: Pin, alice: Person) -> None:
    send(lamp, alice, product__brand="<script>alert(1)</script>")
    page = Client().get(f"/pins/{lamp.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_the_maker_corrects(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person
) -> None:
    client = signed_in(bob)
    for address in ("correct", "link"):
        assert client.get(f"/pins/{lamp.pk}/{address}/").status_code == 403
        assert client.post(f"/pins/{lamp.pk}/{address}/", {"back": "all"}).status_code == 403
    page = client.get(f"/pins/{lamp.pk}/").content.decode()
    assert "Correct what was read" not in page
    assert "Read again" in page


def test_a_pin_is_led_to_another_page_once_one_has_seen_what_it_says(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    lamp = pin_from(shop, alice)
    shop.status = "404 Not Found"
    read_now(clock)
    client = signed_in(alice)
    assert "Put another link" in client.get(f"/pins/{lamp.pk}/").content.decode()
    shop.status, shop.name, shop.price = "200 OK", "Ash lamp", "88.00"
    answer = client.post(f"/pins/{lamp.pk}/link/", {"link": shop.url("/ash")})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Ash lamp" in page
    assert "€88.00" in page
    assert "€149.00" not in page
    lamp.refresh_from_db()
    assert page_of(lamp).state == "gone", "nothing has changed yet"
    word = re.search(r'name="to" value="([^"]+)"', page)
    assert word
    other = make_pin(alice, "Other", source=make_source())
    assert client.post(f"/pins/{other.pk}/link/", {"to": word[1]}).status_code == 404
    assert client.post(f"/pins/{lamp.pk}/link/", {"to": "x"}).status_code == 404
    assert client.post(f"/pins/{lamp.pk}/link/", {"to": word[1]}).status_code == 302
    assert page_of(lamp).url == shop.url("/ash")
    assert "€88.00" in card_of(lamp)
    assert client.get(f"/pins/{lamp.pk}/visit/")["Location"] == shop.url("/ash")


def test_a_new_page_that_cannot_be_read_says_so(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    lamp = pin_from(shop, alice)
    shop.status = "404 Not Found"
    client = signed_in(alice)
    answer = client.post(f"/pins/{lamp.pk}/link/", {"link": shop.url("/nowhere")}, follow=True)
    page = answer.content.decode()
    assert "There is no page at this address any more." in page
    assert "Use it all the same" in page
    assert "€149.00" in card_of(lamp)
    refused = client.post(f"/pins/{lamp.pk}/link/", {"link": "javascript:alert(1)"})
    assert refused.status_code == 422


def test_what_nobody_touched_goes_on_following_the_page(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    """A yen's price came back with cents, and so as a correction; it was frozen from then on."""
    shop.price, shop.currency = "3200", "JPY"
    lamp = pin_from(shop, alice)
    address = f"/pins/{lamp.pk}/correct/"
    begun = fields(signed_in(alice).get(address).content.decode())
    shop.price = "3100"
    read_now(clock)
    signed_in(alice).post(address, {**begun, "product-brand": "Fable"})
    assert "¥3,100" in card_of(lamp)
    shop.price = "2900"
    read_now(clock)
    assert "¥2,900" in card_of(lamp)
    send(lamp, alice, product__brand="")
    send(lamp, alice, product__price="10")
    send(lamp, alice, product__price="2900.00")
    assert Source.objects.count() == 1, "2900.00 is what the page says"


def test_a_day_with_a_time_and_a_page_never_read_are_not_corrected_by_saving(
    client: Client, alice: Person
) -> None:
    article = {"kind": "article", "title": "Walls", "published": "2026-05-03T10:00:00+02:00"}
    pin = make_pin(alice, source=make_source(reading=article, kind="article"))
    send(pin, alice, author="Jane")
    source = Source.objects.get(corrected_from__isnull=False)
    assert source.corrections == {"author": "Jane"}
    unread = make_pin(alice, source=make_source(reading={}))
    send(unread, alice, title="Mine")
    unread.refresh_from_db()
    assert unread.title == "Mine"
    assert unread.source is not None
    assert unread.source.corrections is None, "it may turn out to be a lamp yet"


@pytest.mark.parametrize(
    ("kind", "path", "said", "shown"),
    [
        ("product", "product.variants", "Small\nLarge", "Large"),
        ("product", "rating.value", "3.5", "3.5 of 5"),
        ("recipe", "recipe.diets", "vegan\ngluten free", "Vegan, gluten free"),
        ("place", "place.hours", "Mo-Fr 09:00-18:00", "09:00-18:00"),
        ("place", "place.price_range", "€€", "€€"),
        ("movie", "movie.cast", "A. Actor\nB. Actress", "B. Actress"),
    ],
)
def test_whatever_a_pin_shows_can_be_corrected(
    client: Client, alice: Person, kind: str, path: str, said: str, shown: str
) -> None:
    reading = {"kind": kind, "title": "It", "rating": {"value": 4.25, "count": 30}}
    pin = make_pin(alice, source=make_source(reading=reading, kind=kind))
    assert send(pin, alice, **{path.replace(".", "__"): said}).status_code == 302
    page = client.get(f"/pins/{pin.pk}/").content.decode()
    assert shown in page
    assert ("from 30 votes" in page) == (path != "rating.value"), "the votes were for another"
    send(pin, alice, **{path.replace(".", "__"): ""})
    assert shown not in client.get(f"/pins/{pin.pk}/").content.decode()


def test_whoever_only_keeps_a_pin_is_offered_one_of_their_own_to_correct(
    shop: Shop, clock: Clock, lamp: Pin, bob: Person
) -> None:
    page = signed_in(bob).get(f"/pins/{lamp.pk}/").content.decode()
    assert "Pin it yourself to correct it" in page
    assert f'name="link" value="{page_of(lamp).url}"' in page
    assert "Pin it yourself" not in Client().get(f"/pins/{lamp.pk}/").content.decode()
