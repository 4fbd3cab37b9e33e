"""What a word is."""

from __future__ import annotations

import pytest

from search.spelling import distance
from search.stem import stem
from search.text import stems, tidy, words
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
