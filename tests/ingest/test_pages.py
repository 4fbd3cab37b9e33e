"""Saved pages and what they say. To add one: save it under tests/pages, add a line here.

The pages are written by us after what shops, recipe sites and newspapers really send: the
systems' habits are theirs, the words are ours.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pinboard.ingest.page import read_page
from pinboard.ingest.reading import Movie, Place, Product, Reading, Recipe, Video

PAGES = Path(__file__).resolve().parent.parent / "pages"

EXPECTED: dict[tuple[str, str], dict[str, Any]] = {
    ("recipe-graph", "https://weeknight-table.example/lemon-caper-spaghetti/?utm_source=x"): {
        "kind": "recipe",
        "title": "Lemon & Caper Spaghetti",
        "description": "A sharp, glossy spaghetti with lemon, capers and plenty of pepper.",
        "site_name": "Weeknight Table",
        "canonical_url": "https://weeknight-table.example/lemon-caper-spaghetti/",
        "author": "Nora Lind",
        "published": "2026-03-02T08:00:00+00:00",
        "rating": {"value": 4.86, "count": 132},
        "recipe.total_minutes": 25,
        "recipe.prep_minutes": 10,
        "recipe.servings": 4,
        "recipe.yields": "4 servings",
        "recipe.cuisine": "Italian",
        "recipe.ingredients": [
            *("400 g spaghetti", "2 lemons, zest and juice", "3 tbsp capers"),
            "80 g Parmesan, grated",
        ],
        "recipe.steps": [
            "Boil the pasta in well-salted water.",
            "Warm the lemon zest and capers in olive oil.",
            "Toss everything with a ladle of pasta water.",
        ],
        "pictures": [
            "https://weeknight-table.example/wp-content/uploads/lemon-caper-spaghetti.jpg",
            "https://weeknight-table.example/wp-content/uploads/lemon-caper-close.jpg",
            "https://weeknight-table.example/wp-content/uploads/lemon-steps.jpg",
        ],
    },
    ("recipe-sections", "https://backstube-huber.example/zwetschgenkuchen"): {
        "kind": "recipe",
        "author": "Resi Huber, Max Huber",
        "language": "de",
        "rating": {"value": 4.3, "count": 1204},
        "recipe.total_minutes": 75,
        "recipe.yields": "1 Blech (20 Stücke)",
        "recipe.servings": None,
        "recipe.ingredients": ["500 g Mehl", "1 Würfel Hefe", "1,5 kg Zwetschgen"],
        "recipe.steps": [
            *("Mehl und Hefe verkneten.", "Eine Stunde gehen lassen."),
            "Zwetschgen entsteinen und auflegen.",
        ],
        "pictures": ["https://bilder.backstube-huber.example/zwetschgenkuchen_gross.jpg"],
    },
    ("product-shop-json", "https://fable-co.example/products/halo-table-lamp"): {
        "kind": "product",
        "title": "Halo Table Lamp",
        "site_name": "Fable & Co",
        "canonical_url": "https://fable-co.example/products/halo-table-lamp",
        "product": {
            "price": "189.00",
            "currency": "GBP",
            "availability": "in_stock",
            "brand": "Fable & Co",
            "highest_price": "229.00",
            "variants": ["Large", "Small", "Halo - Sold out"],
        },
        "pictures": [
            "https://fable-co.example/cdn/shop/files/halo-1_1200x1200.jpg?v=169",
            "https://fable-co.example/cdn/shop/files/halo-2_1600x.jpg?v=170",
        ],
    },
    ("product-blog-shop", "https://tallermar.example/producto/jarron-azul/"): {
        "kind": "product",
        "title": "Jarrón de gres azul",
        "product": {
            "price": "38.50",
            "currency": "EUR",
            "previous_price": "45.00",
            "availability": "preorder",
        },
        "pictures": ["https://tallermar.example/wp-content/uploads/2026/05/jarron-azul.jpg"],
    },
    ("product-microdata", "https://www.northloom.example/linen-duvet-cover.html"): {
        "kind": "product",
        "title": "Linen Duvet Cover",
        "description": "Stone-washed European linen.",
        "site_name": "northloom.example",
        "rating": {"value": 4.4, "count": 57},
        "product": {
            "price": "149.50",
            "currency": "USD",
            "availability": "out_of_stock",
            "brand": "North Loom",
        },
        "origins.title": "microdata",
        "origins.product.price": "microdata",
        "origins.language": "html",
    },
    ("product-opengraph-only", "https://garnboden.example/plad-fjall?fbclid=abc"): {
        "kind": "product",
        "title": "Ullpläd Fjäll",
        "canonical_url": "https://garnboden.example/plad-fjall?farg=gra",
        "product": {
            "price": "999.00",
            "currency": "SEK",
            "previous_price": "1299.00",
            "availability": "in_stock",
            "brand": "Garnboden",
        },
        "pictures": ["https://garnboden.example/bilder/plad-fjall.webp"],
    },
    ("product-list", "https://sitwell.example/chairs"): {
        "kind": "plain",
        "title": "Chairs",
        "product": None,
        "pictures": ["https://sitwell.example/a.jpg", "https://sitwell.example/b.jpg"],
    },
    ("product-list", "https://sitwell.example/chairs/b"): {
        "kind": "product",
        "title": "Chair B",
        "product": {"price": "20.00", "currency": "EUR"},
    },
    ("escaped-jsonld", "https://mugs.example/speckled"): {
        "kind": "product",
        "title": "Speckled Mug",
        "product": {"price": "18.00", "currency": "USD", "highest_price": "24.00"},
    },
    ("store-around-product", "https://houtloods.example/eiken-kruk"): {
        "kind": "product",
        "title": "Eiken kruk",
        "product": {"price": "89.95", "currency": "EUR"},
        "place": None,
    },
    ("article-news", "https://www.gardeners-post.example/2026/may/12/front-gardens"): {
        "kind": "article",
        "title": "The quiet return of the front garden",
        "site_name": "The Gardener's Post",
        "author": "Ivy Marsh",
        "published": "2026-05-12T05:00:22+00:00",
        "article": {"section": "Gardens", "modified": "2026-05-13T09:12:00+00:00"},
        "origins.article.section": "opengraph",
        "pictures": [
            "https://i.gardeners-post.example/front.jpg?width=1200&s=abc",
            "https://i.gardeners-post.example/bench.jpg?width=1240",
        ],
    },
    ("opengraph-article", "https://leafandbrick.example/balconies"): {
        "kind": "article",
        "title": "Twelve small balconies",
        "author": "Tomás Vega",
        "published": "2026-06-01",
        "pictures": [
            "https://leafandbrick.example/balcony-1.jpg",
            "https://leafandbrick.example/balcony-2.jpg",
        ],
    },
    ("place-hotel", "https://casadofarol.example/"): {
        "kind": "place",
        "title": "Casa do Farol",
        "rating": {"value": 4.55, "count": 312},
        "place": {
            "address": "Rua do Farol 12, 4150-615 Porto, Portugal",
            "latitude": 41.1496,
            "longitude": -8.6753,
            "phone": "+351 22 000 0000",
            "price_range": "€€",
        },
    },
    ("movie", "https://filmhouse.example/the-salt-road"): {
        "kind": "movie",
        "title": "The Salt Road",
        "site_name": "Filmhouse",
        "published": "2025-09-04",
        "rating": {"value": 3.9, "count": 2418},
        "movie": {"director": "Amara Okoye", "minutes": 112},
    },
    ("broken-jsonld", "https://buns.example/cardamom"): {
        "kind": "recipe",
        "title": 'Grandma\'s "Real" Cardamom Buns',
        "description": "Two lines of text with a tab.",
        "recipe.servings": 16,
        "recipe.total_minutes": 150,
        "recipe.ingredients": ["500 g flour", "2 tsp cardamom"],
        "recipe.steps": ["Knead.", "Rest.", "Bake' for 12 minutes."],
        "pictures": ["https://buns.example/buns.jpg"],
    },
    ("japanese-shift-jis", "https://yamada.example/yunomi"): {
        "kind": "product",
        "title": "手びねりの湯呑み | 陶工房 山田",
        "product": {"price": "3200", "currency": "JPY"},
        "pictures": ["https://yamada.example/yunomi.jpg"],
    },
    ("latin1-undeclared", "https://lavande.example/creme"): {
        "kind": "plain",
        "title": "Crème brûlée à la lavande",
        "language": "fr",
        "pictures": ["https://lavande.example/creme.jpg"],
    },
    ("utf16", "https://dom.example/sofa"): {"kind": "plain", "title": "Żółta sofa – Dom"},
    ("no-pictures", "https://museum.example/hours"): {
        "kind": "plain",
        "title": "Opening hours",
        "site_name": "museum.example",
        "pictures": None,
    },
    ("hostile-markup", "https://www.lamp-house.example/lamp"): {
        "kind": "product",
        "title": "Nice lamp",
        "description": "Warm light gnp.exe",
        "site_name": "Lamp House",
        "canonical_url": "https://www.lamp-house.example/lamp",
        "product": {"price": "24.00", "currency": "EUR"},
        "rating": None,
        "pictures": ["https://lamp-house.example/lamp.jpg"],
    },
}


def read_saved(name: str, url: str) -> Reading:
    return read_page((PAGES / f"{name}.html").read_bytes(), url=url)


@pytest.mark.parametrize(("name", "url"), EXPECTED, ids=[f"{n}-{u[-12:]}" for n, u in EXPECTED])
def test_a_saved_page_is_read_as_expected(name: str, url: str) -> None:
    stored = read_saved(name, url).to_json()
    stored["pictures"] = [picture["url"] for picture in stored.get("pictures", [])] or None
    for path, expected in EXPECTED[name, url].items():
        part, _, field = path.partition(".")
        found = stored.get(part) if not field else stored.get(part, {}).get(field)
        assert found == expected, path


def test_every_saved_page_is_expected() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {name for name, _ in EXPECTED}


@pytest.mark.parametrize(("name", "url"), EXPECTED)
def test_a_reading_survives_being_stored(name: str, url: str) -> None:
    reading = read_saved(name, url)
    assert Reading.from_json(reading.to_json()) == reading


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
