"""The order of results, and what is asked for besides what was typed."""

from __future__ import annotations

import pytest

from pinboard.pins.saving import save_to_board
from search import results
from search.index.wanted import All, Any, Either, Phrase
from search.ranking import Said, scores
from search.relaxing import MOST_USES, relaxed
from search.roles import LIKE, THING
from search.synonyms import others
from search.things import with_thing
from tests.makers import make_board, make_pin


@pytest.fixture
def shelf(alice, bob):
    """Pins that have nothing to do with the question, so that words have a rarity."""
    for number in range(12):
        make_pin((alice, bob)[number % 2], ("Blue vase", "Lemon tart", "Wool rug")[number % 3])


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("sofa", "Green sofa", "Cover for a green sofa"),  # what it is, before what it is for
        ("coffee table", "Oak coffee table", "Coffee grinder, table top"),  # side by side
        ("table lamp", "Brass table lamp", "Lamp and table"),  # in this order
        ("sofa", "Sofa", "Sofa, vase, rug, chair, tart, shelf, lemon and wool for one price"),
        ("couch", "Green couch", "Green sofa"),  # as typed, before a synonym
        # The thing, before what goes with it.
        ("sofa", "Sofa with a grey cover", "Sofa cover in grey"),
        ("desk 48 inch", 'Oak desk 48"', "Oak desk 48 of them, an inch thick"),
    ],
)
def test_of_two_pins_with_all_words_the_better_one_comes_first(
    look, shelf, alice, typed, better, worse
):
    first, second = make_pin(alice, better), make_pin(alice, worse)
    assert look(q=typed).pins[:2] == [first.pk, second.pk]
    newer = make_pin(alice, better)
    assert set(look(q=typed).pins[:2]) == {first.pk, newer.pk}


@pytest.mark.parametrize(("many", "is_deep"), [(1, True), (1000, False)])
def test_of_words_that_stand_everywhere_more_are_put_in_order(
    look, shelf, alice, monkeypatch, many, is_deep
):
    """The thing says more than what goes with it; the engines' scores do not see that."""
    best = make_pin(alice, "Sofa with a cover in grey and a lamp")
    for _ in range(3):
        make_pin(alice, "Grey sofa cover")
    monkeypatch.setattr(results, "RANKED", 1)
    monkeypatch.setattr(results, "MANY", many)
    assert (look(q="sofa grey").pins[0] == best.pk) is is_deep


def test_a_rare_word_says_more_than_a_frequent_one(look, shelf, alice):
    rare = make_pin(alice, "Chenille")
    assert look(q="lemon chenille").pins[0] == rare.pk


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("head set", "White headset"),
        ("headset", "White head set"),
        ("nightstand", "White bedside table"),
        ("bedside table", "White nightstand"),
        ("aubergines", "White eggplant"),
        ("wicker chair", "White rattan chair"),
        ("hedset", "White headset"),
        ("t shirt", "White tshirt"),
        ("tshirts", "White T-Shirt"),
        ("womens boots", "White boots, women's"),
        ("childrens desk", "White desk for a child"),
    ],
)
def test_a_thing_is_found_by_its_other_names(look, shelf, alice, bob, typed, title):
    found = [make_pin(person, title).pk for person in (alice, bob)]
    assert set(look(q=typed).pins[:2]) == set(found)


@pytest.mark.parametrize(("letter", "other"), [("v neck", "round neck"), ("usb c", "usb a")])
def test_a_letter_may_be_what_matters(look, shelf, alice, bob, letter, other):
    for number in range(6):
        make_pin((alice, bob)[number % 2], f"Thing {number}, {other}")
    wanted = make_pin(alice, f"Thing with other words and a {letter.replace(' ', '-')}")
    assert look(q=f"thing {letter}").pins[0] == wanted.pk


def test_a_word_that_hardly_anybody_writes_is_also_read_as_a_frequent_one(look, alice, bob):
    for number in range(40):
        make_pin((alice, bob)[number % 2], "Velvet chair")
    slip = make_pin(alice, "Vlevet chair")
    page = look(q="vlevet chair")
    assert page.pins[0] == slip.pk
    assert len(page.pins) == 30
    assert "“vlevet” is rare here, so we also looked for “velvet”." in page.html


def test_a_word_that_people_use_is_not_read_as_another(look, alice, bob):
    for person in (alice, bob) * 2:
        make_pin(person, "Brown bread")
        make_pin(person, "Broad bean")
    assert len(look(q="bread").pins) == 4


def test_another_thing_of_that_kind_comes_before_another_thing_like_that(look, shelf, alice, bob):
    """Nobody has a grey leather sofa: a sofa is nearer to it than a grey leather chair."""
    chairs = [make_pin((alice, bob)[n % 2], f"Grey leather chair {n}").pk for n in range(6)]
    sofas = [make_pin((alice, bob)[n % 2], f"Brown sofa {n}").pk for n in range(6)]
    assert set(look(q="gray leather sofa").pins[:6]) == set(sofas)
    assert set(look(q="gray leather sofa").pins) >= set(chairs)
    assert set(look(q="gray sofa for leather lovers").pins[:6]) == set(sofas)


def test_titles_say_which_word_is_the_thing(look, shelf, alice, bob):
    """Grammar alone would take the last one."""
    for number in range(8):
        make_pin((alice, bob)[number % 2], f"Tofu stirfry {number}")
        make_pin((alice, bob)[number % 2], f"Tofu soup {number}")
        make_pin((alice, bob)[number % 2], f"Beef stirfry {number}")
    plum = make_pin(alice, "Plum stirfry with tofu and lemon in a wide bowl of rice")
    other = make_pin(alice, "Lemon tofu")
    found = look(q="stirfry lemon tofu").pins
    assert found[0] == plum.pk
    assert found.index(other.pk) > 0


@pytest.mark.parametrize(
    ("titles", "thing"),
    [
        ([" tofu stirfri "] * 6, "stirfri"),
        ([" stirfri tofu "] * 6, "tofu"),
        ([" tofu stirfri "] * 4, "tofu"),  # too few to tell
        ([" plain tofu "] * 6 + [" stirfri rice "] * 6, "tofu"),
    ],
)
def test_the_thing_is_what_titles_are_called(titles, thing):
    parts = [
        Any((Phrase(("stirfri",)),), matters=LIKE),
        Any((Phrase(("tofu",)),), matters=THING, is_thing=True),
    ]
    [found] = [one for one in with_thing(parts, titles) if one.is_thing]
    assert found.parts[0].stems == (thing,)
    assert found.matters == THING


def test_words_scattered_in_a_text_do_not_hide_what_is_called_nearly_so(look, shelf, alice, bob):
    everything = "Stands beside a yellow vase, an accent wall, or a chair in the hall."
    scattered = [
        make_pin((alice, bob)[n % 2], f"Box {n}", description=everything).pk for n in range(14)
    ]
    named = make_pin(alice, "Accent chair")
    page = look(q="yellow accent chair")
    assert page.pins[0] == named.pk
    assert set(scattered) <= set(page.pins)
    assert "Some of these pins have only a part of it." in page.html


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("10 ft cable", "Cable, 10ft"),
        ("32oz bottle", "Bottle 32 ounces"),
        ("18 x 18 cushion", "Cushion 18x18"),
        ("8 by 10 frame", 'Frame 8" x 10"'),
        ("5 drawer dresser", "Dresser, 5 drawers"),
        ("5x7 rug", "Rug 5' x 7'"),
        ("24 inch frame", "Frame 24x36"),
        ("72 inch shelf", "Shelf 72''"),
        ("5 pound flour", "Flour 5lbs"),
    ],
)
def test_a_measure_is_found_however_it_is_written(look, shelf, alice, typed, title):
    other = make_pin(alice, title.translate(str.maketrans("1234567", "9999999")))
    pin = make_pin(alice, title)
    page = look(q=typed)
    assert page.pins[0] == pin.pk
    assert other.pk not in page.pins or page.pins.index(other.pk) > 0


def test_a_near_miss_has_most_of_the_words_before_any_of_them(look, shelf, alice):
    most = make_pin(alice, "Green velvet chair")
    some = [make_pin(alice, f"Green bottle {number}").pk for number in range(20)]
    page = look(q="green velvet chair zeppelin")
    assert page.pins[0] == most.pk
    assert set(page.pins[1:21]) <= set(some)


def test_a_persons_own_words_take_part_in_their_order_alone(look, client, shelf, alice, bob):
    pins = [make_pin(bob, "Plain chair") for _ in range(3)]
    save_to_board(actor=alice, pin=pins[0], board=make_board(alice, "Attic", is_secret=True))
    client.force_login(alice)
    assert look(q="attic chair").pins[0] == pins[0].pk
    client.force_login(bob)
    assert set(look(q="attic chair").pins) == {pin.pk for pin in pins}
    part = Any((Phrase(("attic",)),))
    ours, theirs = Said(), Said()
    ours.add([pins[0].pk], person_id=alice.pk)
    theirs.add([pins[0].pk], person_id=bob.pk)
    found, missed = (scores(said.texts, [part], entries=20) for said in (ours, theirs))
    assert found[pins[0].pk] > missed[pins[0].pk] == 0


def part(word: str, uses: int) -> Any:
    return Any((Phrase((word,)),), uses=uses)


def test_less_is_asked_step_by_step():
    a, b, c = part("a", 30), part("b", MOST_USES), part("c", 0)
    assert list(relaxed((a, c))) == [[Any((*c.parts, *a.parts))]]
    # With b there would be more than are looked at, so it has to stand beside another one.
    assert list(relaxed((a, b, c))) == [
        [Any((*c.parts, *a.parts)), Either((All((c, a)), All((c, b)), All((a, b))))],
        [Any((*c.parts, *a.parts, *b.parts))],
    ]
    # Nobody knows c: b is asked for at once.
    assert list(relaxed((b, c))) == [[Any((*c.parts, *b.parts))]]
    assert list(relaxed((a, b))) == [[Any(a.parts)], [Any((*a.parts, *b.parts))]]


def test_synonyms_of_a_phrase_stand_for_all_of_it():
    found = list(others(["larg", "frypan"])) + list(others(["frame", "wall", "light"]))
    assert (range(1, 3), ("wall", "lamp")) in found
    # "light" inside it keeps to the phrase.
    assert not any(places == range(2, 3) for places, _ in found)
    assert (range(1), ("big",)) in found
