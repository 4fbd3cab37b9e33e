"""Recipe sites that the recipe-scrapers library knows by name.

Their pages say in their own words what others say in schema.org. The library is asked only when
the readers before it left a gap, or tell of a list the page does not show, because it is dear:
importing it takes 0.7 seconds and 30 MB, in the sandbox's nursery and nowhere else, and it reads
the page with Python's own HTML parser. It gets the page's text and never an address to fetch.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pinboard.ingest import times, values
from pinboard.ingest.brief import TooLong, at_most
from pinboard.ingest.document import Document
from pinboard.ingest.links import site_of
from pinboard.ingest.readers.food import MAX_STEPS, ingredients, servings, steps
from pinboard.ingest.reading import Rating, Reading, Recipe

#: The hosts the pinned version knows; listed here so that others need not wait for its import.
SITES = Path(__file__).with_name("known_sites.txt")
#: The library's parser is quadratic in hostile markup, so it never gets the page as it came.
_MOST_CHARACTERS = 2 << 20
_MOST_SCRIPTS = 80
#: It takes some 20 microseconds for each. Recipes have a few thousand.
_MOST_TAGS = 40_000
#: What it may take of a processor in all, import left out; usually it takes 0.05.
_PROCESSOR_SECONDS = 1.2
#: Newspapers are known sites too; most of their pages are not about food.
_FOOD = re.compile(
    r"ingr[eé]di|zutat|hozzával|suroviny|sk[lł]adnik|材料|用料|食材|재료|ингредиент|інгредієнт|υλικά"
    r"|malzeme|sestavin|sastojci|מצרכים|مقادير|ainekset",
    re.IGNORECASE,
)


#: Those of them whose list of ingredients the library reads from what people see.
LISTS = Path(__file__).with_name("known_lists.txt")
#: Data that shows less of its list on the page than this says something else than the page.
_SHOWN = 0.8


@cache
def _sites() -> frozenset[str]:
    return frozenset(SITES.read_text(encoding="utf-8").split())


@cache
def _with_own_lists() -> frozenset[str]:
    return frozenset(LISTS.read_text(encoding="utf-8").split())


def is_known(url: str) -> bool:
    """Whether the library has a scraper for the site of this address."""
    return site_of(url) in _sites()


def is_whole(found: Iterable[Reading], document: Document) -> bool:
    """Whether what was found leaves nothing for the library to add, or to tell better."""
    recipes = [reading.recipe for reading in found if reading.kind == "recipe"]
    lists = [one.ingredients for one in recipes if one.ingredients]
    return (
        bool(lists)
        and not is_poor(lists[0])
        and (not _tells_lists(document) or _shown(lists[0], document) >= _SHOWN)
        and any(one.steps for one in recipes)
        and any(one.total_minutes for one in recipes)
    )


def is_poor(listed: tuple[str, ...]) -> bool:
    """Whether a list has lost its amounts, or all but one line: some keep them for eyes only."""
    measured = sum(bool(re.search(r"\d|[½⅓⅔¼¾⅛]", line)) for line in listed)
    return len(listed) == 1 or (len(listed) > 2 and 3 * measured < len(listed))


def is_better(mine: tuple[str, ...], other: tuple[str, ...], document: Document) -> bool:
    """Whether the library's list is what the page shows, and another is not, or is poor."""
    if is_poor(other):
        return True
    shown = _shown(mine, document) if 2 * len(mine) >= len(other) else 0.0
    return _SHOWN <= shown > _shown(other, document) < _SHOWN


def _tells_lists(document: Document) -> bool:
    return site_of(document.url) in _with_own_lists()


def _shown(listed: tuple[str, ...], document: Document) -> float:
    """The part of a list's lines that stand on the page as they are, punctuation aside."""
    body = document.tree.body
    words = _bare(body.text()) if body else ""
    return sum(_bare(line) in words for line in listed) / max(1, len(listed))


def _bare(written: str) -> str:
    return re.sub(r"\W+", "", written).lower()


def read(document: Document) -> Reading:
    """What the library finds on a page of a site it knows; nothing on others, or if it dawdles."""
    page = document.tree.html or ""
    if not is_known(document.url) or not _is_about_food(document) or page.count("<") > _MOST_TAGS:
        return Reading()
    _library()  # its import is not the page's fault
    with contextlib.suppress(TooLong), at_most(_PROCESSOR_SECONDS):
        reading = _scraped(page, document)
        if not reading.recipe.ingredients:  # some sites keep theirs in a script, which we leave out
            reading = _scraped(page, document, _scripts(document.source))
        return reading
    return Reading()


def _scripts(source: str) -> str:
    """The page's scripts with short tags, one behind the other: cheap for any parser."""
    pieces: list[str] = []
    position = 0
    while len(pieces) < _MOST_SCRIPTS and (begin := source.find("<script", position)) >= 0:
        end = source.find("</script", begin)
        if end < 0:
            break
        if ">" in source[begin : begin + 500] and end - begin < _MOST_CHARACTERS // 4:
            pieces.append(source[begin:end] + "</script>")
        position = end + 8
    return "".join(pieces)


def _is_about_food(document: Document) -> bool:
    named = re.search(r"rece[pti]|rezept|ricett|opp?skrift|przepis", document.url, re.IGNORECASE)
    return bool(named or _FOOD.search(document.source[:_MOST_CHARACTERS]))


def _library() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import recipe_scrapers  # dear, see above

        return recipe_scrapers


def _scraped(page: str, document: Document, scripts: str = "") -> Reading:
    blocks = "".join(
        f'<script type="application/ld+json">{block.replace("</", "")}</script>'
        for block in document.json_ld
    )
    # One of the library's parsers does not look behind the end of the body.
    page = page.removesuffix("</html>").removesuffix("</body>")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            url = f"https://{site_of(document.url)}/"
            scraper = _library().scrape_html(
                page + scripts + blocks, org_url=url, supported_only=True
            )
        except Exception:  # noqa: BLE001 - hundreds of scrapers, each with its own way to stumble
            return Reading()
        return _reading(scraper)


def _reading(scraper: Any) -> Reading:
    listed = ingredients(values.text(one) for one in _ask(scraper.ingredients, list))
    if not listed:
        return Reading()
    yields = values.text(_ask(scraper.yields, str), limit=60)
    prep, cook, total = (
        times.minutes(_ask(one, object))
        for one in (scraper.prep_time, scraper.cook_time, scraper.total_time)
    )
    stars = values.number(_ask(scraper.ratings, object))
    return Reading(
        kind="recipe",
        title=values.text(_ask(scraper.title, str), limit=values.TITLE_LENGTH),
        author=values.text(_ask(scraper.author, str), limit=100),
        rating=Rating(round(stars, 2)) if stars and 0 < stars <= 5 else Rating(),
        recipe=Recipe(
            ingredients=listed,
            steps=tuple(steps(_ask(scraper.instructions_list, list)))[:MAX_STEPS],
            total_minutes=total or prep + cook,
            prep_minutes=prep,
            cook_minutes=cook,
            servings=servings(yields),
            yields=yields,
        ),
    )


def _ask(question: Callable[[], Any], kind: type) -> Any:
    """One field; an empty one of this type where the site has none."""
    try:
        found = question()
    except Exception:  # noqa: BLE001 - hundreds of scrapers, each with its own way to stumble
        found = None
    return found if isinstance(found, kind) else kind()
