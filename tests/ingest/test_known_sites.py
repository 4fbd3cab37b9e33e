"""Recipe sites that the recipe-scrapers library knows: asked late, lazily, without a network."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time

import pytest
from recipe_scrapers import SCRAPERS

from pinboard.ingest.document import Document
from pinboard.ingest.page import read_page
from pinboard.ingest.readers import known
from pinboard.ingest.reading import Reading
from tests.conftest import ROOT

URL = "https://www.grouprecipes.com/143623/onions.html"
#: After the site's own markup; the words are ours.
PAGE = """<html><title>Onions in the oven</title><h1>Onions</h1>
<div class="details"><li class="servings">Servings 4</li></div>
<strong class="cooktime"><span class="value-title" title="PT40M"></span></strong>
<div class="ingredients"><ul><li><a class="to_list" rel="4 onions">x</a></li>
<li><a class="to_list" rel="2 tbsp oil">x</a></li></ul></div>
<ul class="instructions"><li>Halve the onions.</li><li>Roast them.</li></ul>
"""


def test_the_list_of_known_sites_is_the_librarys() -> None:
    assert sorted(SCRAPERS) == known.SITES.read_text(encoding="utf-8").split()


def test_the_sites_with_lists_of_their_own_are_the_librarys() -> None:
    own = sorted(name for name, scraper in SCRAPERS.items() if "ingredients" in vars(scraper))
    assert own == known.LISTS.read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        *((URL, True), ("https://grouprecipes.com/", True), ("https://m.allrecipes.com/x", True)),
        *(("https://grouprecipes.com.evil.example/", False), ("https://example.com/", False)),
    ],
)
def test_a_site_is_known_by_its_name(url: str, is_known: bool) -> None:
    assert known.is_known(url) is is_known


def test_gaps_are_filled_from_a_known_site(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the library reached for the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    block = {
        "@type": "Recipe",
        "name": "Roasted onions",
        "recipeIngredient": ["onions", "oil", "x"],
    }
    page = PAGE + f'<script type="application/ld+json">{json.dumps(block)}</script>'
    reading = read_page(page.encode(), url=URL)
    assert reading.title == "Roasted onions"
    assert reading.origins["title"] == "jsonld"
    assert reading.recipe.ingredients == ("4 onions", "2 tbsp oil")  # those had no amounts
    assert reading.recipe.steps == ("Halve the onions.", "Roast them.")
    assert (reading.recipe.total_minutes, reading.recipe.servings) == (40, 4)
    assert reading.origins["recipe.ingredients"] == "known"


def _data(*listed: str, total: str = "PT40M") -> str:
    block = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": "Roasted onions",
        "recipeIngredient": listed,
        "recipeInstructions": ["Halve.", "Roast."],
        "totalTime": total,
    }
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def test_the_list_people_see_counts_where_the_data_says_something_else() -> None:
    shown = PAGE.replace('rel="4 onions">x<', 'rel="4 onions">4 onions<')
    shown = shown.replace('rel="2 tbsp oil">x<', 'rel="2 tbsp oil">2 tbsp oil<')
    reading = read_page((shown + _data("4 onion(s)", "29.6 ml oil")).encode(), url=URL)
    assert reading.recipe.ingredients == ("4 onions", "2 tbsp oil")
    assert reading.origins["recipe.ingredients"] == "known"
    hidden = read_page((PAGE + _data("4 onion(s)", "29.6 ml oil")).encode(), url=URL)
    assert hidden.recipe.ingredients == ("4 onion(s)", "29.6 ml oil")  # neither is shown
    assert hidden.origins["recipe.ingredients"] == "jsonld"


def test_the_library_sees_the_pages_data() -> None:
    url = "https://cookieandkate.com/onions/"  # whose scraper reads nothing but that
    document = Document.parse(
        f"<html><body><h1>Onions</h1>{_data('4 onions', '2 tbsp oil')}</body></html>".encode(),
        url=url,
    )
    assert known.read(document).recipe.ingredients == ("4 onions", "2 tbsp oil")


def test_what_is_whole_is_not_asked_for_again() -> None:
    page = "<ul><li>4 onions</li><li>2 tbsp oil</li></ul>" + _data("4 onions", "2 tbsp oil")
    code = (
        "import sys; from pinboard.ingest.page import read_page;"
        f"assert read_page({page.encode()!r}, url={URL!r}).recipe.total_minutes == 40;"
        "assert not {'recipe_scrapers', 'extruct', 'bs4', 'lxml'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_newspaper_that_also_has_recipes_is_not_asked_about_its_news() -> None:
    page = "<title>Ferries return</title><meta property='og:type' content='article'><p>Recipes</p>"
    code = (
        "import sys; from pinboard.ingest.page import read_page;"
        f"read_page({page.encode()!r}, url='https://www.theguardian.com/world/ferries');"
        "assert 'recipe_scrapers' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("body", [b"", b"<", b"\0" * 50, b"<div>" * 5_000, PAGE.encode()[:90]])
def test_the_library_may_stumble(body: bytes) -> None:
    assert isinstance(read_page(body, url=URL), Reading)


def _hostile(name: str) -> bytes:
    parts = {
        "many": "<div class='ingredients'>1 cup ingredients</div>" * 60_000,
        "deep": ("<div class='ingredients'>" * 300 + "ingredients" + "</div>" * 300) * 60,
        "scripts": "<script>" + "var ingredients = " + "[{" * 100_000 + "</script>",
    }
    return f"<title>Recipe</title><body><h1>Recipe</h1>{parts[name]}".encode()


@pytest.mark.parametrize("name", ["many", "deep", "scripts"])
@pytest.mark.parametrize("host", ["177milkstreet.com", "eggs.ca", "www.thermomix-almeria.es"])
def test_a_hostile_page_on_a_known_site_is_soon_over(name: str, host: str) -> None:
    body = _hostile(name)
    read_page(body, url=f"https://{host}/recipe")  # the import is not the page's fault
    begun = time.process_time()
    read_page(body, url=f"https://{host}/recipe")
    assert time.process_time() - begun < 3.0  # usually under 1.5; other tests share the cores


def test_the_library_is_ended_when_it_dawdles(monkeypatch: pytest.MonkeyPatch) -> None:
    def dawdle(*_: object, **__: object) -> None:
        while True:
            with contextlib.suppress(Exception):  # scrapers catch anything, but not this
                sum(range(1000))

    monkeypatch.setattr(known, "_PROCESSOR_SECONDS", 0.2)
    monkeypatch.setattr("recipe_scrapers.scrape_html", dawdle)
    begun = time.process_time()
    assert read_page(PAGE.encode(), url=URL).title == "Onions in the oven"
    assert time.process_time() - begun < 1.0


def test_in_a_thread_nothing_is_ended_and_nothing_breaks() -> None:
    found: list[Reading] = []
    thread = threading.Thread(target=lambda: found.append(read_page(PAGE.encode(), url=URL)))
    thread.start()
    thread.join()
    assert found[0].recipe.ingredients == ("4 onions", "2 tbsp oil")
