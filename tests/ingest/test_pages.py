"""Saved pages and what they say. To add one: save it under tests/pages with its sidecar.

The pages are written by us after what shops, recipe sites, newspapers and travel, film and video
sites really send: the systems' habits are theirs, the words are ours. `pinboard.quality.pages`
says what a sidecar is, and measures the same pages.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pinboard.ingest.page import read_page
from pinboard.ingest.reading import Movie, Place, Product, Reading, Recipe, Video
from pinboard.quality.pages import SAVED, Case, cases, measure, report, value_at

CASES = list(cases())
NAMES = [f"{case.name}-{case.url[-12:]}" for case in CASES]


def read_saved(name: str, url: str) -> Reading:
    return read_page((SAVED / f"{name}.html").read_bytes(), url=url)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_saved_page_is_read_as_expected(case: Case) -> None:
    stored = read_page(case.body, url=case.url).to_json()
    for path, said in case.says.items():
        assert value_at(stored, path) == said, path


def test_there_are_many_saved_pages_of_every_kind() -> None:
    kinds = [case.says["kind"] for case in CASES]
    assert len(kinds) >= 60
    assert set(kinds) == {"plain", "product", "recipe", "article", "place", "movie"}


def test_every_saved_page_has_its_sidecar() -> None:
    assert {path.stem for path in SAVED.glob("*.html")} == {p.stem for p in SAVED.glob("*.json")}


def test_the_measurement_tells_what_was_missed_and_what_was_made_up(tmp_path: Path) -> None:
    page = '<title>Lamp</title><meta property="og:type" content="product">'
    (tmp_path / "lamp.html").write_text(page + '<meta property="og:price:amount" content="24">')
    says = {"kind": "product", "title": "Lamp", "product.price": None, "product.brand": "Fable"}
    sidecar = [{"url": "https://shop.example/lamp", "says": says}]
    (tmp_path / "lamp.json").write_text(json.dumps(sidecar))
    measured = measure(cases(tmp_path))
    lines = list(report(measured))
    assert "| product |         title |     1 |    100.0% | 100.0% |" in lines
    assert "| product | product.brand |     1 |         - |   0.0% |".replace(" ", "") in [
        line.replace(" ", "") for line in lines
    ]
    assert len(measured.wrong) == 2
    assert any(line.startswith("Processor time a page: p50") for line in lines)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_reading_survives_being_stored(case: Case) -> None:
    reading = read_page(case.body, url=case.url)
    assert Reading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_every_field_of_a_reading_survives_being_stored() -> None:
    reading = Reading(
        product=Product(price="24.00", highest_price="48.00", variants=("Oak", "Ash")),
        recipe=Recipe(diets=("vegan", "gluten free")),
        place=Place(hours=("Mo-Fr 09:00-18:00", "Sa 10:00-14:00")),
        movie=Movie(cast=("Amara Okoye", "Jo Lind")),
        video=Video("https://player.example/embed/7", "Player", 12),
    )
    assert Reading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


@pytest.mark.parametrize("address", ["http://player.example/7", "javascript:alert(1)", "//x", ""])
def test_a_stored_video_is_played_over_https_only(address: str) -> None:
    stored = {"video": {"embed_url": address, "provider": "Player", "minutes": 3}}
    assert Reading.from_json(stored).video == Video()


def test_a_picture_knows_its_size_words_and_origin() -> None:
    picture = read_saved("product-microdata", "https://www.northloom.example/").pictures[0]
    assert (picture.width, picture.height) == (900, 1100)
    assert picture.alt == "Duvet cover in sand"
    assert picture.found_in == "microdata"


@pytest.mark.parametrize(
    "stored",
    [
        *(None, [], "x", 7, {"kind": "spaceship", "title": 5, "rating": {"value": True}}),
        {"pictures": [{"width": 3}, 7, None, "x"], "recipe": [], "place": {"latitude": "x"}},
        {"product": {"availability": "perhaps", "price": 24}, "origins": [], "unknown": {"a": 1}},
    ],
)
def test_what_was_stored_wrongly_reads_as_unknown(stored: object) -> None:
    assert Reading.from_json(stored) == Reading()
