"""What a word is."""

from __future__ import annotations

import pytest

from search.naming import names
from search.roles import matters
from search.spelling import distance
from search.stem import stem
from search.text import segments, sides, stems, tidy, words
from search.vocabulary import shortened


# From the author's own vocabulary, https://tartarus.org/martin/PorterStemmer/voc.txt.
@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("ties", "tie"),
        ("cats", "cat"),
        ("agreed", "agre"),
        ("plastered", "plaster"),
        ("motoring", "motor"),
        ("sing", "sing"),
        ("conflated", "conflat"),
        ("troubling", "troubl"),
        ("sized", "size"),
        ("hopping", "hop"),
        ("falling", "fall"),
        ("hissing", "hiss"),
        ("filing", "file"),
        ("happy", "happi"),
        ("sky", "sky"),
        ("relational", "relat"),
        ("rationally", "ration"),
        ("digitizer", "digit"),
        ("vietnamization", "vietnam"),
        ("hopefulness", "hope"),
        ("formality", "formal"),
        ("electrical", "electr"),
        ("goodness", "good"),
        ("allowance", "allow"),
        ("adjustment", "adjust"),
        ("adoption", "adopt"),
        ("effective", "effect"),
        ("probate", "probat"),
        ("rate", "rate"),
        ("cease", "ceas"),
        ("controlling", "control"),
        ("rolling", "roll"),
        ("is", "is"),
        ("knives", "knife"),
        ("日", "日"),
        ("7up", "7up"),
    ],
)
def test_the_root_of_a_word(word, root):
    assert stem(word) == root


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Crème Brûlée", ["creme", "brulee"]),
        ("cafe\u0301", ["cafe"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("Smørrebrød, Œufs & Ærø", ["smorrebrod", "oeufs", "aero"]),
        ("Nonna’s oven; the cats' cushion", ["nonna", "oven", "the", "cats", "cushion"]),
        ("mid-century/modern_lamp", ["mid", "century", "modern", "lamp"]),
        ("日本 tea", ["日", "本", "tea"]),
        ("½ cup", ["1", "2", "cup"]),
        ("🍝!?", []),
    ],
)
def test_words_are_folded_to_what_everybody_types(text, folded):
    assert [word.folded for word in words(text)] == folded


def test_the_break_between_segments_is_never_a_word():
    assert stems("zqxzq ZQXZQ pie") == ["pie"]


def test_what_nobody_sees_is_left_out():
    assert tidy("  le\u200bmon\x00 \u202epie\n", longest=50) == "le mon pie"
    assert tidy("x" * 999, longest=50) == "x" * 50


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("lasagna", "lasagna", 0), ("lasanga", "lasagna", 1), ("lsagan", "lasagna", 2), ("", "ab", 2)],
)
def test_the_distance_of_two_spellings(one, other, apart):
    assert distance(one, other) == apart


def test_words_one_letter_apart_share_a_shortened_form():
    for wrong in ("lasagnia", "lsagna", "lazagna", "lasanga"):
        assert shortened(wrong) & shortened("lasagna")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Desk 48'' wide", "desk 48 inch wide"),
        ("desk 48in", "desk 48 inch"),
        ("desk 48\u2033", "desk 48 inch"),
        ("rug 5' x 8'", "rug 5x8 foot"),
        ("18 X 18", "18x18"),
        ("48 x 24 x 30 inch", "48x24x30 inch"),
        ("8 by 10", "8x10"),
        ("10ft", "10 foot"),
        ("3-in-1, 4 in 1", "3 in 1 4 in 1"),
        ("the 60's and 1950’s", "the 60 and 1950"),
        ("7up x 2", "7up x 2"),
    ],
)
def test_measures_have_one_way_of_writing(text, said):
    assert stems(text) == said.split()


def test_a_text_turns_at_commas_and_dashes_and_not_inside_a_word():
    assert segments("Lemon pasta, green salad - mid-century (1.5 l). Done") == [
        "Lemon pasta",
        " green salad",
        "mid-century ",
        "1.5 l",
        " Done",
    ]
    assert sides("18x24") == ["18", "24"]
    assert sides("box") == sides("x") == []


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("gray leather sofa", "sofa"),
        ("sofa gray leather", "sofa"),
        ("writing desk 48 inch", "desk"),
        ("lampshade for floor lamp", "lampshad"),
        ("wall art for living room", "art"),
        ("king bed clearance", "bed"),
        ("pasta with basil", "pasta"),
        ("blue", ""),
    ],
)
def test_the_thing_that_is_asked_for(typed, thing):
    roots = [root for root in stems(typed) if root not in {"for", "with"}]
    weights, place = matters(typed, roots, [True] * len(roots))
    assert (roots[place] if place >= 0 else "") == thing
    assert len(weights) == len(roots)
    if thing:
        assert max(weights) == weights[place]


def test_a_sentence_has_no_thing():
    roots = stems("laws obeyed constructing aeroelastic models heated aircraft")
    assert matters(" ".join(roots), roots, [True] * len(roots)) == ([1.0] * 7, -1)
    fewer, thing = matters(" ".join(roots[:5]), roots[:5], [True] * 5)
    assert thing == 4
    assert 1 < fewer[4] < 2


def test_a_word_that_nobody_knows_is_not_the_thing():
    assert matters("sofa zeppelin", ["sofa", "zeppelin"], [True, False])[1] == 0


@pytest.mark.parametrize(
    ("title", "things"),
    [
        ("Oak lounge chair with wool seat", {"chair", "loung chair"}),
        (
            "Homfa nightstand, 2 drawer bedside table, white",
            {"nightstand", "homfa nightstand", "tabl", "bedsid tabl"},
        ),
        ("Sofa gray", {"sofa"}),
        ("Blue", set()),
        ("With love", set()),
        ("", set()),
    ],
)
def test_what_a_title_calls_its_pin(title, things):
    stored = " zqxzq ".join(" ".join(stems(part)) for part in segments(title))
    assert set(names(stored)) == things
