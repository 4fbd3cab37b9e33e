"""Whatever a page is made of, reading it is cheap and what comes out is inert: TRUST.md 66.

The limits here are processor seconds given by the sandbox, far above what is needed and far below
what a naive parser takes (three minutes for a megabyte of nested elements).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinboard import sandbox
from pinboard.ingest.document import Document
from pinboard.ingest.markup import MAX_DEPTH, tame
from pinboard.ingest.page import READERS, read_page
from pinboard.ingest.reading import Reading

URL = "https://shop.example/a/lamp"
MEGABYTE = 1 << 20
LD = b'<title>Lamp</title><script type="application/ld+json">'
PAGES = sorted((Path(__file__).resolve().parent.parent / "pages").glob("*.html"))


def numbered(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern.replace(b"#", b"%d" % number) for number in range(count))


HOSTILE = {
    "nested": b"<div>" * (MEGABYTE // 5),
    "attributes": b"<p " + numbered(b"a# ", 60_000) + b">",
    "attributes of html": numbered(b"<html a#=1>", 60_000),
    "unclosed quote": b'<a b="' * (MEGABYTE // 6),
    "unclosed comment": b"<!--" * (MEGABYTE // 4),
    "less than": b"<" * MEGABYTE,
    "reopened": numbered(b"<p><b id=#>x</p>", 50_000),
    "walls": b"<div><table><tr><td></div>" * 40_000,
    "misnested": b"<span><div></span></div>" * 40_000,
    "hidden in script": b"<script><!--<script></script><a b='</script>"
    + b"<div>" * 200_000
    + b"'>",
    "hidden in style": b"<svg><style>" + b"<g>" * 300_000,
    "hidden in select": b"<select><title><input>" + b"<div>" * 200_000,
    "hidden in a quote": b'<p "><div>' * 100_000,
    "tables": b"<table>x" * 100_000,
    "lists": b"<ul><li>" * 100_000,
    "entities": b"<title>" + b"&amp;" * 200_000,
    "nothing but zeros": b"\0" * MEGABYTE,
    "all bytes": bytes(range(256)) * 4_000,
    "ten megabytes": b"<p>word</p>" * MEGABYTE,
    "100,000 lists": LD + b"[" * 100_000 + b"</script>",
    "100,000 objects": LD + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"</script>",
    "spaces": LD + b"-->" + b" " * MEGABYTE + b"x</script>",
    "comments": LD + b"{" + b"/*" * (MEGABYTE // 2) + b"</script>",
    "stray quotes": LD + b'{"a":"' + b'" x' * (MEGABYTE // 3) + b'"}</script>',
    "long number": LD + b'{"@type":"Product","name":' + b"9" * 100_000 + b"}</script>",
    "no number": LD + b'{"@type":"Product","offers":{"price":NaN,"lowPrice":1e999}}</script>',
    "many nodes": LD + b'[{"@type":"Recipe","recipeIngredient":["<script>"]},' * 20_000,
    "circle": LD
    + b'[{"@id":"a","@type":"Recipe","name":"x","step":{"@id":"b"},"author":{"@id":"a"}},'
    b'{"@id":"b","@type":"HowToSection","itemListElement":[{"@id":"b"},{"@id":"a"}]}]</script>',
    "scopes": b"<div itemscope itemprop=a>" * 350 + b"<p itemprop=name>x" * 3_000,
    "same words again": b"<div itemscope><span itemprop=a>" * 190 + b"word " * 200_000,
    "srcset": b'<img srcset="' + b" " * MEGABYTE + b'"><img srcset="' + b"a, " * 300_000 + b'">',
    "pictures": b"<img src=/a.jpg>" * 60_000,
    "metas": b"<meta property=og:image content=/x.jpg>" * 30_000,
    "meta charset": b"<meta " * 100_000,
    "strange charset": b"<meta charset=unicode_escape><title>\\x41</title>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_little_time(name: str) -> None:
    reading = sandbox.run(read_hostile, name, seconds=6.0, memory_bytes=512 << 20)
    assert reading.title
    assert reading.canonical_url == URL


def read_hostile(name: str) -> Reading:
    return read_page(HOSTILE[name], url=URL)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_reader_stumbles_over_a_hostile_page(name: str) -> None:
    document = Document.parse(HOSTILE[name], url=URL)
    for read in READERS.values():
        read(document)


SNIPPETS = st.sampled_from(
    [
        *("<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<table>", "<td>", "</table>", "<svg>"),
        *("</svg>", "<select>", "<script>", "</script>", "<!--", "-->", "<title>", "</title>"),
        *(
            "<a href='",
            "'>",
            '"',
            "=",
            "<",
            ">",
            "/",
            "<template>",
            "</template>",
            "<li>",
            "<span>",
        ),
        *("</span>", "<![CDATA[", "]]>", '<p x=">', "<math>", "<style>", "</style>", "<button>"),
        *("<meta property=og:title content=x>", "<h1>x", "<form>", "<frameset>", "<option>", "x "),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SNIPPETS, max_size=60), st.integers(1, 12))
def test_a_tamed_document_is_never_deeper_than_it_may_be(parts: list[str], times: int) -> None:
    html = "".join(parts) * times * 10
    tree = Document.parse(html.encode(), url=URL).tree
    depth = deepest = 0
    node = tree.root
    while node is not None:
        deepest = max(deepest, depth)
        if node.child is not None:
            node, depth = node.child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    assert deepest <= 2 * MAX_DEPTH


@settings(max_examples=100, deadline=None)
@given(st.lists(SNIPPETS, max_size=40))
def test_taming_twice_changes_nothing_more(parts: list[str]) -> None:
    once = tame("".join(parts)).html
    assert tame(once).html == once


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_pages_with_torn_bytes_are_read_without_a_stumble(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(PAGES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 60))
        body[place : place + length] = data.draw(st.binary(max_size=20))
    document = Document.parse(bytes(body), url=URL)
    for read in READERS.values():
        assert is_inert(read(document))
    assert is_inert(read_page(bytes(body), url=URL))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["Recipe", "Product", "Movie", "Hotel", "PT1H", "24,90 €", "javascript:x"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            [
                *("@type", "@id", "@graph", "name", "offers", "price", "image", "author", "url"),
                *("recipeInstructions", "recipeIngredient", "itemListElement", "text", "geo"),
                *("aggregateRating", "ratingValue", "address", "mainEntity", "totalTime", "brand"),
                *("priceSpecification", "availability", "hasVariant", "recipeYield", "director"),
            ]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["Recipe", "Product", "Movie", "Article", "Hotel"]), JSON)
def test_json_of_any_shape_is_read_without_a_stumble(kind: str, value: object) -> None:
    node = {"@type": kind, **value} if isinstance(value, dict) else {"@type": kind, "name": value}
    node["@type"] = kind
    block = json.dumps(node).replace("</", "<\\/").encode()
    document = Document.parse(LD + block + b"</script>", url=URL)
    reading = READERS["jsonld"](document)
    assert reading.kind != "plain"
    assert is_inert(reading)


def is_inert(reading: Reading) -> bool:
    """No tags in any text, nothing but http(s) in any address, nothing of absurd length."""
    text = json.dumps(reading.to_json(), ensure_ascii=False)
    addresses = [picture.url for picture in reading.pictures] + [reading.canonical_url]
    return (
        re.search(r"<[/!?a-zA-Z]", text) is None
        and all(re.match(r"https?://[^\s<>\"'\\]+$", one) for one in addresses if one)
        and len(text) < 400_000
    )
