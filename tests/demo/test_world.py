"""The demo world's data: complete, consistent, and rich enough for what the product shows."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from pinboard.demo import art
from pinboard.demo.world import WORLD
from pinboard.demo.world.reading import INTERESTS, slug
from pinboard.ingest.reading import Reading

PINS = {pin.title: pin for pin in WORLD.pins}
PEOPLE = {person.username for person in WORLD.people}
PUBLIC = [board for board in WORLD.boards if not board.is_secret]


def test_there_are_at_least_three_hundred_pins_and_each_has_a_title_of_its_own():
    assert len(WORLD.pins) >= 300
    assert len(PINS) == len(WORLD.pins)


def test_every_pin_has_its_picture_and_every_picture_its_pin():
    assert INTERESTS == art.INTERESTS
    drawn = {(interest, index) for interest in INTERESTS for index in range(art.count(interest))}
    assert {(pin.interest, pin.index) for pin in WORLD.pins} == drawn


def test_texts_are_there_and_fit_what_a_pin_can_hold():
    for pin in WORLD.pins:
        assert 5 < len(pin.title) <= 100
        assert 0 < len(pin.description) <= 500
        assert 20 < len(pin.alt) <= 300
        assert pin.maker in PEOPLE


def test_every_source_is_an_address_of_its_own_under_the_reserved_name():
    addresses = Counter(pin.url for pin in WORLD.pins)
    assert max(addresses.values()) == 1
    for address in addresses:
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert parts.netloc.endswith(".example")


def test_most_pins_have_rich_data_that_holds_together():
    kinds = Counter(pin.facts.kind for pin in WORLD.pins)
    assert kinds["plain"] < len(WORLD.pins) // 10
    assert min(kinds[kind] for kind in ("product", "recipe", "article", "place")) >= 30
    for pin in WORLD.pins:
        facts = pin.facts
        if facts.kind == "product":
            assert re.fullmatch(r"\d+\.\d\d", facts.price)
            assert facts.currency == "EUR"
            assert facts.availability in ("in_stock", "out_of_stock", "preorder")
            assert not facts.previous_price or float(facts.previous_price) > float(facts.price)
        elif facts.kind == "recipe":
            assert len(facts.ingredients) >= 3
            assert len(facts.steps) >= 2
            assert facts.minutes > 0
            assert facts.servings > 0
            assert 0 < facts.rating <= 5
        elif facts.kind == "article":
            assert re.fullmatch(r"2025-\d\d-\d\d", facts.published)
        elif facts.kind == "place":
            assert facts.latitude is not None
            assert -90 <= facts.latitude <= 90
            assert facts.longitude is not None
            assert -180 <= facts.longitude <= 180


def test_there_is_some_of_everything_a_pin_can_show():
    facts = [pin.facts for pin in WORLD.pins]
    for name in ("highest_price", "variants", "diets", "prep_minutes", "phone", "hours", "cast"):
        assert sum(bool(getattr(each, name)) for each in facts) >= 3, name
    for each in facts:
        assert not each.highest_price or float(each.highest_price) > float(each.price)
        assert each.prep_minutes + each.cook_minutes in (0, each.minutes)


def test_the_kinds_are_those_a_reading_knows():
    for kind in {pin.facts.kind for pin in WORLD.pins}:
        assert Reading.from_json({"kind": kind}).kind == kind


def test_a_search_for_pasta_has_enough_to_narrow():
    found = [
        f"{pin.title} {pin.description}".lower()
        for pin in WORLD.pins
        if "pasta" in f"{pin.title} {pin.description}".lower()
    ]
    assert len(found) >= 12
    for word in ("lemon", "mushroom", "weeknight", "baked", "vegetarian", "tomato"):
        assert any(word in text for text in found), word


def test_people_and_brands_are_those_of_the_design():
    assert {person.username for person in WORLD.people if not person.is_brand} == {
        "ana", "ben", "chloe", "dev", "ema", "finn", "gia", "hugo",
    }  # fmt: skip
    brands = {person.username: person.team for person in WORLD.people if person.is_brand}
    assert brands == {"fable": ("gia",), "saltandrye": ("hugo",)}
    assert set(art.PORTRAITS) == PEOPLE


def test_boards_belong_to_everyone_and_name_what_exists():
    assert len(WORLD.boards) >= 25
    assert {board.owner for board in WORLD.boards} == PEOPLE
    assert sum(board.is_secret for board in WORLD.boards) >= 3
    assert any(board.sections for board in WORLD.boards)
    assert max(Counter((board.owner, slug(board.name)) for board in WORLD.boards).values()) == 1
    for board in WORLD.boards:
        assert {*board.collaborators} <= PEOPLE
        assert max(Counter(save.pin for save in board.saves).values()) == 1
        for save in board.saves:
            assert save.pin in PINS
            assert save.saver in {board.owner, *board.collaborators}
            assert save.section in {"", *board.sections}
            assert 0 < save.ago_minutes < PINS[save.pin].ago_minutes


def test_everyone_can_see_every_pin_because_it_lies_on_a_public_board():
    assert {save.pin for board in PUBLIC for save in board.saves} == set(PINS)


def test_public_boards_bring_pins_of_several_people_together():
    mixed = [board for board in PUBLIC if len({PINS[save.pin].maker for save in board.saves}) >= 3]
    assert len(mixed) >= 15
    assert sum(bool(save.note) for board in PUBLIC for save in board.saves) >= 80


def test_follows_and_favourites_name_what_exists_once():
    assert {*sum(WORLD.follows, ())} <= PEOPLE
    assert all(who != whom for who, whom in WORLD.follows)
    assert len(set(WORLD.follows)) == len(WORLD.follows)
    assert all(who in PEOPLE and pin in PINS for who, pin in WORLD.favourites)
    assert len(set(WORLD.favourites)) == len(WORLD.favourites)


@pytest.mark.parametrize("talk", WORLD.conversations, ids=lambda talk: talk.key)
def test_a_conversation_is_between_its_people_about_pins_they_shared(talk):
    assert {*talk.people} <= PEOPLE
    assert {message.author for message in talk.messages} <= {*talk.people}
    times = [message.ago_minutes for message in talk.messages]
    assert times == sorted(times, reverse=True)
    shared = {pin for message in talk.messages for pin in message.pins}
    for message in talk.messages:
        for pin in message.pins:
            assert message.ago_minutes < PINS[pin].ago_minutes
    assert {verdict.pin for verdict in talk.verdicts} <= shared
    assert {verdict.person for verdict in talk.verdicts} <= {*talk.people}
    marks = Counter((verdict.person, verdict.pin) for verdict in talk.verdicts)
    assert max(marks.values(), default=1) == 1
    if talk.decision:
        assert talk.decision.pin in shared
        assert talk.decision.person in talk.people
    assert talk.messages[-1].author not in talk.unread


def test_the_conversations_show_what_conversations_can_do():
    talks = WORLD.conversations
    assert len(talks) >= 6
    assert {len(talk.people) > 2 for talk in talks} == {True, False}
    assert {verdict.answer for talk in talks for verdict in talk.verdicts} == {
        "yes", "maybe", "no", "question",
    }  # fmt: skip
    assert any(talk.decision for talk in talks)
    assert {reader for talk in talks for reader in talk.unread} == {"ana", "ben"}
    asked = next(talk for talk in talks if "fable" in talk.people and len(talk.people) == 2)
    assert {message.author for message in asked.messages} == {"ben", "fable"}
