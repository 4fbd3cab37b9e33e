"""How well saved pages are read: the measurement behind `manage.py quality --part readings`.

A page is a file "lamp.html" with "lamp.json" beside it: a list of cases, each with the page's
"url" and what it "says": values by the path of a field in a stored reading ("product.price"),
null for a field that must stay unknown. What a sidecar does not mention is not judged.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pinboard.bench.report import table
from pinboard.ingest.page import read_page

#: The pages we wrote; `manage.py quality --pages` takes another folder of the same shape.
SAVED = Path(__file__).resolve().parent.parent.parent / "tests" / "pages"
#: A page is read so often, and the quickest counts: other processes are not its fault.
_TIMES = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A saved page at one address, and what it says there."""

    name: str
    url: str
    body: bytes
    says: Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Of one field: how often it was expected, found, and found right."""

    expected: int = 0
    found: int = 0
    right: int = 0


@dataclass(slots=True)
class Measured:
    """What reading all cases gave. scores: by kind and field; seconds: of processor time a page."""

    scores: dict[tuple[str, str], Score] = field(default_factory=lambda: defaultdict(Score))
    seconds: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def cases(folder: Path = SAVED) -> Iterator[Case]:
    """All cases of a folder, and with ours the pages that are too big to keep."""
    for path in sorted(folder.glob("*.html")):
        body = path.read_bytes()
        for one in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")):
            yield Case(path.stem, one["url"], body, one["says"])
    if folder == SAVED:
        yield from _big()


def _big() -> Iterator[Case]:
    """Three megabytes, the recipe at the end; and many small tags before a product."""
    block = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": "Slow bread",
        "totalTime": "PT20H",
        "recipeIngredient": ["500 g flour", "350 g water"],
        "recipeInstructions": ["Wait.", "Bake."],
    }
    comment = "<div class='comment'><p>Made this twice, the second time with rye.</p></div>\n"
    script = "<script>window.state = " + json.dumps({"words": "x" * 400_000}) + "</script>"
    ld = f'<script type="application/ld+json">{json.dumps(block)}</script>'
    page = f"<title>Slow bread</title>{script}<h1>Slow bread</h1>{comment * 33_000}{ld}"
    says = {"kind": "recipe", "title": "Slow bread", "recipe.total_minutes": 1200}
    says |= {"recipe.ingredients": block["recipeIngredient"]}
    yield Case("three-megabytes", "https://slow.example/bread", page.encode(), says)
    offer = {"@type": "Offer", "price": "12.50", "priceCurrency": "EUR"}
    ld = json.dumps({"@type": "Product", "name": "Peg", "offers": offer})
    page = "<title>Peg</title>" + "<i></i>" * 110_000
    page += f'<script type="application/ld+json">{ld}</script>'
    says = {"kind": "product", "product.price": "12.50", "product.currency": "EUR"}
    yield Case("many-tags", "https://pegs.example/peg", page.encode(), says)


def measure(found: Iterable[Case]) -> Measured:
    """Read every case and compare."""
    measured = Measured()
    for case in found:
        stored = _read(case, measured)
        kind = str(case.says.get("kind", ""))
        for path, said in case.says.items():
            score = measured.scores[kind, path]
            mine = value_at(stored, path)
            score.expected += said is not None
            score.found += mine is not None
            score.right += mine is not None and mine == said
            if mine != said:
                measured.wrong.append(f"{case.name}: {path} is {mine!r}, not {said!r}")
    return measured


def _read(case: Case, measured: Measured) -> dict[str, Any]:
    quickest = 1e9
    stored: dict[str, Any] = {}
    for _ in range(_TIMES):
        begun = time.process_time()
        reading = read_page(case.body, url=case.url)
        quickest = min(quickest, time.process_time() - begun)
        stored = reading.to_json()
    measured.seconds.append((quickest, case.name))
    return stored


def value_at(stored: Mapping[str, Any], path: str) -> Any:
    """What a stored reading has there; None for what it does not know. Pictures as addresses."""
    if path == "pictures":
        return [picture["url"] for picture in stored.get("pictures", [])] or None
    if path.startswith("origins."):
        return stored.get("origins", {}).get(path.removeprefix("origins."))
    value: Any = stored
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def report(measured: Measured) -> Iterator[str]:
    """Tables in Markdown: right type, each field by kind, and the time a page takes."""
    kinds = dict.fromkeys(sorted(kind for kind, _ in measured.scores))
    rows = []
    for kind in kinds:
        one = measured.scores[kind, "kind"]
        rows.append([kind, str(one.expected), f"{one.right / one.expected:.1%}"])
    whole = [score for (_, path), score in measured.scores.items() if path == "kind"]
    total = sum(score.expected for score in whole)
    rows.append(["all", str(total), f"{sum(score.right for score in whole) / total:.1%}"])
    yield from table(["type", "pages", "right type"], rows)
    yield ""
    yield from table(["type", "field", "pages", "precision", "recall"], _fields(measured))
    yield ""
    seconds = sorted(taken for taken, _ in measured.seconds)
    slowest, name = max(measured.seconds)
    half, most = (seconds[min(len(seconds) - 1, int(len(seconds) * q))] for q in (0.5, 0.95))
    yield (
        f"Processor time a page: p50 {half * 1000:.0f} ms, p95 {most * 1000:.0f} ms,"
        f" worst {slowest * 1000:.0f} ms ({name})."
    )


def _fields(measured: Measured) -> Sequence[Sequence[str]]:
    rows = []
    for (kind, path), score in sorted(measured.scores.items()):
        if path != "kind" and (score.expected or score.found):
            precision = f"{score.right / score.found:.1%}" if score.found else "-"
            recall = f"{score.right / score.expected:.1%}" if score.expected else "-"
            rows.append([kind, path, str(score.expected), precision, recall])
    return rows
