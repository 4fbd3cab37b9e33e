"""Which pictures of a page are offered, and in what order: tables of markup as sites write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinboard.ingest.page import read_page
from pinboard.ingest.pictures import best_first
from pinboard.ingest.reading import PageImage
from pinboard.ingest.sizes import identity, named_width

PAGE = "https://www.shop.example/things/vase"
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def offered(markup: str) -> list[str]:
    reading = read_page(f"<!doctype html><title>x</title><body>{markup}".encode(), url=PAGE)
    return [picture.url.removeprefix("https://www.shop.example/") for picture in reading.pictures]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="/a.jpg">', ["a.jpg"]),
        ('<img src="/s.jpg" srcset="/m.jpg 600w, /l.jpg 1200w" sizes="50vw">', ["l.jpg"]),
        ('<img src="/s.jpg" srcset="/m.jpg 1x,/l.jpg 2x">', ["l.jpg"]),
        (f'<img src="{BLANK}" data-src="/late.jpg" class="lazyload">', ["late.jpg"]),
        (f'<img src="{BLANK}" data-srcset="/a-400.jpg 400w, /b.jpg 900w">', ["b.jpg"]),
        (f'<img class="lazy-loading" src="{BLANK}" data-lazy-src="/w.jpg">', ["w.jpg"]),
        ('<img src="/t.jpg" data-large_image="/zoom.jpg">', ["zoom.jpg"]),
        ('<img src="/t.jpg" data-pin-media="/tall.jpg">', ["tall.jpg"]),
        ('<img data-src="/p_{width}x.jpg" src="/p_10x.jpg">', ["p_1080x.jpg"]),
        (
            (
                '<picture><source srcset="/w.webp 1400w" type="image/webp">'
                '<source srcset="/n.jpg 700w">'
                '<img src="/n.jpg"></picture>'
            ),
            ["w.webp"],
        ),
        ('<noscript><img src="/ns.jpg" width="800" height="600"></noscript>', ["ns.jpg"]),
        ('<a href="/img/vase.jpg"><img src="/img/vase-150x150.jpg"></a>', ["img/vase.jpg"]),
        ('<a href="/wiki/File:Vase.jpg"><img src="/v.jpg"></a>', ["v.jpg"]),
        ('<video poster="/still.jpg"></video>', ["still.jpg"]),
        ('<div style="background-image:url(/bg.jpg)" data-bg="/bg.jpg"></div>', []),
    ],
)
def test_a_picture_is_found_in_its_largest_version(markup: str, expected: list[str]) -> None:
    assert offered(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/img/logo.png">',
        '<img src="/a.jpg" width="80" height="80">',
        '<img src="/photo.jpg" class="avatar">',
        '<img src="/sprite.png" width="900" height="900">',
        '<img src="https://www.facebook.com/tr?id=1" width="1" height="1">',
        '<img src="https://stats.wp.com/g.gif">',
        '<img src="/spacer.gif">',
        '<img src="/icon-cart.png">',
        '<img src="/drawing.svg">',
        '<img src="/own.jpg" data-pin-nopin="true">',
        '<img src="/own.jpg" nopin="nopin">',
        '<img src="/x.jpg" role="presentation">',
        '<footer><img src="/partners.jpg"></footer>',
        '<nav><img src="/menu.jpg"></nav>',
        '<header><img src="/top.jpg"></header>',
        '<img src="javascript:alert(1)">',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_decoration_is_left_out(markup: str) -> None:
    assert offered(markup) == []


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            (
                '<img src="/small.jpg" width="200" height="150">'
                '<img src="/large.jpg" width="1200" height="900">'
            ),
            ["large.jpg", "small.jpg"],
        ),
        (
            (
                '<img src="/stripe.jpg" width="1400" height="200">'
                '<img src="/square.jpg" width="500" height="500">'
            ),
            ["square.jpg", "stripe.jpg"],
        ),
        (
            '<div><img src="/beside.jpg"></div><main><figure><img src="/in.jpg"></figure></main>',
            ["in.jpg", "beside.jpg"],
        ),
        (
            (
                '<div class="related-posts"><img src="/other.jpg"></div>'
                '<article><header><img src="/main.jpg"></header></article>'
            ),
            ["main.jpg"],
        ),
        ('<aside><img src="/only.jpg"></aside>', ["only.jpg"]),
        ('<img src="/1.jpg"><img src="/2.jpg"><img src="/3.jpg">', ["1.jpg", "2.jpg", "3.jpg"]),
        (
            (
                '<meta property="og:image" content="/og.jpg">'
                '<img src="/huge.jpg" width="3000" height="2000">'
            ),
            ["og.jpg", "huge.jpg"],
        ),
        (
            (
                '<meta property="og:image" content="/vase-1200x630.jpg">'
                '<img src="/vase.jpg" alt="A vase">'
            ),
            ["vase.jpg"],
        ),
    ],
)
def test_the_best_comes_first_and_doubles_are_folded(markup: str, expected: list[str]) -> None:
    assert offered(markup) == expected


LINES = (Path(__file__).parent / "same_pictures.txt").read_text(encoding="utf-8").splitlines()
SAME = [tuple(line.split()) for line in LINES if not line.startswith("#")]
OTHER = [
    ("https://a.example/vase-1.jpg", "https://a.example/vase-2.jpg"),
    ("https://a.example/asset?id=7&w=300", "https://a.example/asset?id=8&w=300"),
    (
        "https://a.example/_next/image?url=%2Fa.jpg&w=640",
        "https://a.example/_next/image?url=%2Fb.jpg&w=640",
    ),
    ("https://live.example/12_ab.jpg", "https://live.example/12_cd.jpg"),
    ("https://a.example/IMG_1200.jpg", "https://a.example/IMG_1201.jpg"),
    ("https://a.example/2024/05/x.jpg", "https://a.example/2024/06/x.jpg"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_sizes_of_one_picture_are_one(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_pictures_stay_apart(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("url", "width"),
    [
        ("https://a.example/vase-300x200.jpg", 300),
        ("https://a.example/lamp_600x.jpg", 600),
        ("https://a.example/upload/w_450,h_300/x.jpg", 450),
        ("https://a.example/640px-Vase.jpg", 640),
        ("https://a.example/x?w=800&q=2", 800),
        ("https://a.example/s320/cake.jpg", 320),
        ("https://a.example/vase.jpg", 0),
    ],
)
def test_an_address_tells_its_width(url: str, width: int) -> None:
    assert named_width(url) == width


def test_of_several_sizes_the_largest_is_kept_at_the_place_of_the_first() -> None:
    urls = ["a-300x200.jpg", "b.jpg", "a-1024x683.jpg", "a-150x150.jpg"]
    found = best_first(PageImage(url=f"https://a.example/{name}") for name in urls)
    assert [one.url.rpartition("/")[2] for one in found] == ["a-1024x683.jpg", "b.jpg"]


def test_hostile_addresses_take_no_time() -> None:
    for url in ("https://a.example/" + "a_" * 900, "https://a.example/" + "/w_1,h_1" * 250):
        assert identity(url)
        named_width(url)
