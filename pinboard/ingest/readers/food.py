"""Recipes: what goes in, what to do, how long it takes, and for how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pinboard.ingest import times, values
from pinboard.ingest.document import Document
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Recipe

MAX_INGREDIENTS = 150
MAX_STEPS = 100
_MAX_STEP_DEPTH = 4

#: "4", "Serves 4-6", "4 Portionen", "8 tacos"; but not "1 tray (20 pieces)" or "5 cups".
_SERVINGS = re.compile(
    r"\D{0,30}?(\d{1,3})(?:[.,]\d)?(?:\s*(?:[-–—/]|to|bis|à|a|or)\s*\d{1,3})?\s*(.*)", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"(?:\(|$)|serv|port|pers|people|guest|por[cç]|pess|gæst|osob|osób|порц|人|főre|adag|kişi"
    r"|annos|person|undefined|raciones|commensal",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"(?:cups?|table|tea|tbsp|tsp|ml|l|litres?|liters?|g|grams?|kg|oz|ounces?|lbs?|pounds?|pints?"
    r"|quarts?|gallons?|c|dl|cl|inch|cm|x|batch(?:es)?|jars?|%)(?:[^\w]|$|s?poon)",
    re.IGNORECASE,
)
#: Lines that say what the next ones are for.
_HEADING = re.compile(
    r"(?:for (?:the|serving|garnish)\b|für (?:den|die|das)\b|pour (?:le|la|les|l['’])\b"
    r"|para (?:el|la|los|las|o|a)\b|per (?:il|la|lo|l['’]|i|le|gli)\b|voor (?:de|het)\b"
    r"|till \w+en$)",
    re.IGNORECASE,
)
#: "For serving: parsley, rice" is something to buy for all that.
_LONGEST_HEADING_WORDS = 5
_AMOUNT_ONLY = re.compile(
    r"[\d\s/.,½⅓⅔¼¾⅛-]+(?:teaspoons?|tablespoons?|tsp|tbsp|cups?|g|kg|ml|oz|pounds?|lbs?)?\.?", re.I
)
_DECIMAL = re.compile(r"(?<![\d.,])(\d{0,3})\.(\d{3,})(?!\d)")
_FRACTIONS = {
    0.125: "⅛", 0.25: "¼", 0.333: "⅓", 0.375: "⅜", 0.5: "½", 0.625: "⅝", 0.667: "⅔", 0.75: "¾",
    0.875: "⅞", 0.2: "⅕", 0.167: "⅙",
}  # fmt: skip
_DIETS = {
    "diabetic": "diabetic", "glutenfree": "gluten free", "halal": "halal", "hindu": "hindu",
    "kosher": "kosher", "lowcalorie": "low calorie", "lowfat": "low fat",
    "lowlactose": "low lactose", "lowsalt": "low salt", "vegan": "vegan",
    "vegetarian": "vegetarian",
}  # fmt: skip


def recipe(graph: Graph, node: Node, _document: Document) -> Recipe:
    """Ingredients, steps and times. A missing total is the sum of its parts."""
    prep = times.minutes(graph.plain(node, "prepTime"))
    cook = times.minutes(graph.plain(node, "cookTime", "performTime"))
    yields = _yields(graph, node)
    written = graph.all(node, "recipeIngredient", "ingredients", "supply")
    return Recipe(
        ingredients=ingredients(_ingredient_lines(graph, written)),
        steps=tuple(_steps(graph, graph.all(node, "recipeInstructions", "step")))[:MAX_STEPS],
        total_minutes=times.minutes(graph.plain(node, "totalTime")) or prep + cook,
        prep_minutes=prep,
        cook_minutes=cook,
        servings=servings(yields),
        yields=yields,
        cuisine=", ".join(graph.texts(node, "recipeCuisine", limit=60)[:3]),
        category=", ".join(graph.texts(node, "recipeCategory", limit=60)[:3]),
        diets=_diets(graph, node),
    )


def servings(yields: str) -> int:
    """The number of people or pieces in "Serves 4", "8 tacos", "6 to 8 servings"; 0 if none."""
    match = _SERVINGS.match(yields)
    if match is None:
        return 0
    count, unit = int(match[1]), match[2]
    if _PEOPLE.match(unit) or re.match(r"\W*(?:serve|makes? |for |pour |für )", yields, re.I):
        return count
    if count == 1 or _MEASURES.match(unit):
        return 0
    return count


def ingredients(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines as one would put them on a list: headings and doubled brackets out, fractions in."""
    found: list[str] = []
    for line in lines:
        line = line.replace("\u2044", "/").strip("•●▢☐–- \t*")
        line = re.sub(r"\(\s*\((.*)\)\s*\)", r"(\1)", line)
        line = re.sub(r"\s+([,;)])", r"\1", re.sub(r"\(\s+", "(", line))
        line = _DECIMAL.sub(_as_fraction, line)
        if line and not _is_heading(line):
            found.append(line)
    return tuple(found[:MAX_INGREDIENTS])


def _is_heading(line: str) -> bool:
    if any(map(str.isdigit, line)):
        return False
    is_short = len(line.split()) <= _LONGEST_HEADING_WORDS and "," not in line
    return line.endswith(":") or (is_short and ":" not in line and bool(_HEADING.match(line)))


def _as_fraction(match: re.Match[str]) -> str:
    """0.33333334 is what a program made of ⅓."""
    rest = float("0." + match[2])
    nearest = min(_FRACTIONS, key=lambda part: abs(part - rest))
    if abs(nearest - rest) > 0.005 or len(match[1]) > 1:
        return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    whole = match[1].lstrip("0")
    return f"{whole} {_FRACTIONS[nearest]}" if whole else _FRACTIONS[nearest]


def _yields(graph: Graph, node: Node) -> str:
    """ "4 servings" rather than "4", where the page gives both."""
    found = graph.texts(node, "recipeYield", "yield", limit=60)
    for quantity in graph.nodes(node, "recipeYield", "yield"):
        found.append(graph.text(quantity, "value", limit=60))
    return max(found, key=lambda line: (not line.isdecimal(), len(line)), default="")


def _ingredient_lines(graph: Graph, written: list[Any]) -> Iterator[str]:
    only = written[0] if len(written) == 1 and isinstance(written[0], str) else ""
    if only.count(",") > 2 and len(values.lines(only)) == 1:
        written = re.split(r",\s+(?=[\d½⅓⅔¼¾])", only)
    for value in written:
        for one in _parts(value) if isinstance(value, str) else [value]:
            node = graph.node(one)
            name = graph.text_of(one, limit=300)
            if node and "name" in node:  # PropertyValue and the like: amount, unit, name
                amount = graph.text(node, "amount", "value", "quantity", limit=40)
                unit = graph.text(node, "unitText", "unit", "unitCode", limit=20)
                name = " ".join(part for part in (amount, unit, name) if part)
            yield name


def _parts(written: str) -> list[str]:
    """The lines in one entry of a list; an amount alone on its line belongs to the next."""
    parts: list[str] = []
    for line in values.lines(written):
        if parts and _AMOUNT_ONLY.fullmatch(parts[-1].strip()):
            line = f"{parts.pop()} {line}"
        parts.append(line)
    return parts


def _steps(graph: Graph, found: list[Any], depth: int = 0) -> Iterator[str]:
    """The steps in order, whether written as text, as a list, as HowToSteps or in sections."""
    for value in found:
        if isinstance(value, str):
            yield from steps(values.lines(value))
        elif isinstance(value, list) and depth < _MAX_STEP_DEPTH:
            yield from _steps(graph, value, depth + 1)
        elif isinstance(value, dict) and depth < _MAX_STEP_DEPTH:
            step_node = graph.node(value)
            inner = graph.all(step_node, "itemListElement", "steps")
            if inner and ("text" not in step_node or "howtosection" in types_of(step_node)):
                yield from _steps(graph, inner, depth + 1)
            else:
                told = graph.all(step_node, "text", "description", "name", "item")
                yield from _steps(graph, told, depth + 1)


def steps(lines: Iterable[str]) -> Iterator[str]:
    """Lines without the numbers people put before them."""
    for line in lines:
        step = values.text(line, limit=values.TEXT_LENGTH)
        step = re.sub(r"^(?:step\s*)?\d{1,2}\s*[.):]\s+(?=\S)", "", step, flags=re.IGNORECASE)
        if step and not re.fullmatch(r"(?:step\s*)?\d{1,2}[.):]?", step, re.IGNORECASE):
            yield step


def _diets(graph: Graph, node: Node) -> tuple[str, ...]:
    found: list[str] = []
    for line in graph.texts(node, "suitableForDiet", limit=200):
        for part in line.split(","):
            bare = re.sub(r"[^a-z]", "", part.rsplit("/", 1)[-1].lower())
            found.append(_DIETS.get(bare.removesuffix("diet"), ""))
    return tuple(dict.fromkeys(filter(None, found)))
