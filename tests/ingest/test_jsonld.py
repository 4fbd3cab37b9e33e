"""JSON-LD as people break it in templates, and what it meant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pinboard.ingest.readers.jsonld import parse_block


@pytest.mark.parametrize(
    ("block", "meant"),
    [
        ('{"a":1,}', [{"a": 1}]),
        ('{"a":"x"\n "b":"y"}', [{"a": "x", "b": "y"}]),
        ('{"a": 89,95, "b": 2}', [{"a": "89,95", "b": 2}]),
        ('{"price": 1.299,00}', [{"price": "1.299,00"}]),
        ('{"a": , "b": 1}', [{"a": None, "b": 1}]),
        ('{"a":undefined,"b":[1,2,],}', [{"a": None, "b": [1, 2]}]),
        ('{a:1,b:"x"}', [{"a": 1, "b": "x"}]),
        (
            '{"name":"He said "hello", she said","sku":"1"}',
            [{"name": 'He said "hello", she said', "sku": "1"}],
        ),
        ('{"name":"12" Lamp","sku":"1"}', [{"name": '12" Lamp', "sku": "1"}]),
        ("{“a”:“b”}", [{"a": "b"}]),
        ('{<br />\n"a":"b",<br />\n"c":"d"<br />\n}', [{"a": "b", "c": "d"}]),
        ('{"a":{"b":[{"c":"d","e":"f', [{"a": {"b": [{"c": "d", "e": "f"}]}}]),
        ('{"a":"b","c', [{"a": "b"}]),
        ('{"a":"b","c":', [{"a": "b", "c": None}]),
        ('{"a":"b"', [{"a": "b"}]),
        ("{&quot;a&quot;:&quot;b &amp; c&quot;}", [{"a": "b & c"}]),
        ('"{\\"a\\":1}"', [{"a": 1}]),
        ('{"a":1}{"b":2}', [{"a": 1}, {"b": 2}]),
        ('{"a":"x\\\'y"} // end', [{"a": "x'y"}]),
        ('/* c */{"a":"http://x.y/z"}', [{"a": "http://x.y/z"}]),
        ('{"a":"x",\n\n}', [{"a": "x"}]),
        ('[{"a":1}{"b":2}]', [[{"a": 1}, {"b": 2}]]),
        ('{"price": 1,299.00, "c": "d"}', [{"price": "1,299.00", "c": "d"}]),
        ('{"a": 012}', [{"a": "012"}]),
        ('{"a":"b" , , "c":"d"}', [{"a": "b", "c": "d"}]),
        ('{"a": "tab\there\nnew"}', [{"a": "tab\there\nnew"}]),
        ('{"a":"x"};', [{"a": "x"}]),
        ('{"a":1, "b": [1,2,3]}', [{"a": 1, "b": [1, 2, 3]}]),
        ('{"@type":"Recipe","t":"PT30M"}}', [{"@type": "Recipe", "t": "PT30M"}]),
        ('{"a":"50\' "quoted"","b":"c"}', [{"a": '50\' "quoted"', "b": "c"}]),
        (
            '{"url":"x","d":"Line one\n"Line two" end","z":1}',
            [{"url": "x", "d": 'Line one\n"Line two" end', "z": 1}],
        ),
    ],
)
def test_a_broken_block_is_mended(block: str, meant: list[Any]) -> None:
    assert parse_block(block) == meant


def test_mending_leaves_sound_json_as_it_is() -> None:
    sound = {"a": ["x, y", 'with "quotes": and {marks}', -1.5e3, None, True, {"b": []}], "ü": "\\"}
    assert parse_block(json.dumps(sound, indent=2)) == [sound]
    assert parse_block(json.dumps(sound) + ",}") == [sound]


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_block_that_breaks_off_gives_what_was_whole(cut: int) -> None:
    whole = json.dumps(
        {
            "@type": "Recipe",
            "name": "Soup",
            "recipeIngredient": ["1 leek", "salt"],
            "recipeInstructions": [{"@type": "HowToStep", "text": "Cook."}],
        }
    )
    for found in parse_block(whole[:cut]):
        assert isinstance(found, dict)
        assert found.get("@type", "Recipe").startswith("R") or cut < 20
