"""Links taken apart: what we take, what we refuse, what we leave off."""

from __future__ import annotations

import pytest

from pinboard.ingest.errors import FetchRefused
from pinboard.ingest.links import absolute, is_same_site, parse_link, without_tracking


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://example.com", "https://example.com/"),
        ("example.com/lamp", "https://example.com/lamp"),
        ("  //example.com/lamp ", "https://example.com/lamp"),
        ("HTTP://EXAMPLE.com:80/Lamp", "http://example.com/Lamp"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://example.com:443/x?y=ü#part", "https://example.com/x?y=%C3%BC"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://１２７.0.0.1/", "https://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("example.com:8080/x", "https://example.com:8080/x"),
    ],
)
def test_a_link_is_written_one_way(written: str, url: str) -> None:
    assert parse_link(written).url == url


@pytest.mark.parametrize(
    "written",
    [
        *("", "   ", "not a link at all", "https://", "https:///path", "http://exa mple.com"),
        *("ftp://example.com/x", "file:///etc/passwd", "gopher://example.com/", "data:text/html,x"),
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "mailto:a@b.c", "ws://example.com"),
        *("https://user@example.com/", "https://user:pw@example.com/", "https://a@b@c/"),
        *("https://example.com\\@127.0.0.1/", "https://example.com/\r\nHost: x", "http://a\tb/"),
        *("http://exa%6dple.com/", "http://[fe80::1%25eth0]/", "http://-a.com/", "http://a..b/"),
        *("http://example.com:99999/", "http://example.com:x/", "http://[::1", "http://1.2.3.4.5/"),
        "https://example.com/" + "a" * 3000,
    ],
)
def test_what_is_ambiguous_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        parse_link(written)
    assert caught.value.message.endswith(".")
    assert caught.value.code == "fetch_refused"


@pytest.mark.parametrize(
    "reference",
    [
        *(
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "java\tscript:alert(1)",
            "\x01javascript:x",
        ),
        *("data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a/b", "mailto:a@b"),
        *("http://user:pw@example.com/", "", "   ", None, 7, ["x"], "http://["),
        "https://example.com/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_dropped(reference: object) -> None:
    assert absolute("https://example.com/a/b", reference) == ""


def test_a_reference_becomes_absolute() -> None:
    base = "https://example.com/a/b"
    assert absolute(base, "../c d.jpg") == "https://example.com/c%20d.jpg"
    assert absolute(base, "//cdn.example/x.jpg#top") == "https://cdn.example/x.jpg"
    assert absolute(base, "?page=2") == "https://example.com/a/b?page=2"


def test_tracking_goes_and_the_rest_stays_as_written() -> None:
    assert (
        without_tracking("https://a.example/x?utm_source=i&colour=red&fbclid=1&UTM_Medium=x")
        == "https://a.example/x?colour=red"
    )
    assert without_tracking("https://a.example/x?gclid=1") == "https://a.example/x"
    assert without_tracking("https://a.example/x?b=%7E&a") == "https://a.example/x?b=%7E&a"


def test_a_site_is_itself_with_and_without_www() -> None:
    assert is_same_site("https://www.a.example/", "https://m.a.example/x")
    assert is_same_site("https://shop.a.example/", "https://a.example/x")
    assert not is_same_site("https://nota.example/", "https://a.example/x")
