"""Recipes in plain HTML: microformats, plug-ins of before JSON-LD, and lists below a heading.

Only what looks like a recipe from both ends is one: several ingredients, and amounts in them or
steps below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pinboard.ingest import times, values
from pinboard.ingest.document import Document
from pinboard.ingest.readers import pantry
from pinboard.ingest.readers.food import ingredients, servings, steps
from pinboard.ingest.readers.places import is_aside, words_of
from pinboard.ingest.reading import Recipe

_MAX_ELEMENTS = 300

#: Plug-ins and microformats by name, then anything that calls itself ingredients.
_INGREDIENTS = (
    ".wprm-recipe-ingredient",
    ".tasty-recipes-ingredients li, .tasty-recipe-ingredients li",
    ".mv-create-ingredients li",
    ".zlrecipe-ingredients-list li, .zrdn-ingredient, #zlrecipe-ingredients-list li",
    ".ERSIngredients li, .easyrecipe .ingredient",
    ".jetpack-recipe-ingredients li",
    ".h-recipe .p-ingredient, .hrecipe .ingredient, .hRecipe .ingredient",
    ".wpurp-recipe-ingredient",
    '[itemprop="recipeIngredient"], [itemprop="ingredients"]',
    '[class*="ingredient" i] li, li[class*="ingredient" i], [id*="ingredient" i] li',
    '[class*="zutat" i] li, [id*="zutat" i] li, [class*="ingredient" i] tr, [class*="zutat" i] tr',
    '[class*="ingredient" i] p',
)
_STEPS = (
    ".wprm-recipe-instruction-text",
    ".tasty-recipes-instructions li, .tasty-recipe-instructions li",
    ".mv-create-instructions li",
    ".zlrecipe-instructions-list li, #zlrecipe-instructions-list li, .zrdn-element_instructions li",
    ".ERSInstructions li, .jetpack-recipe-directions li, .wpurp-recipe-instruction-text",
    ".h-recipe .e-instructions li, .hrecipe .instructions li, .hrecipe .instruction",
    '[itemprop="recipeInstructions"] li, [itemprop="recipeInstructions"] p',
    '[class*="instruction" i] li, [class*="direction" i] li, [class*="method" i] li',
    '[class*="preparation" i] li, [class*="recipe-step" i], [class*="zubereitung" i] li',
    '[class*="instruction" i] p, [class*="direction" i] p, [class*="method" i] p',
    '[class*="preparation" i] p, [class*="zubereitung" i] p',
)
_INGREDIENT_WORDS = re.compile(
    r"(?:the )?(?:ingredients?|zutaten(?:liste)?|ingr[ée]dients?|ingredientes|ingredienti"
    r"|ingrediënten"
    r"|ingredienser|składniki|ingrediencie|ingredience|suroviny|hozzávalók|ingrediente|malzemeler"
    r"|ингредиенты|інгредієнти|υλικά|sestavine|sastojci|ainekset|材料|用料|재료|המצרכים"
    r"|مقادير|what you(?:'|’)?ll need"
    r"|you will need)\b",
    re.IGNORECASE,
)
_STEP_WORDS = re.compile(
    r"(?:the )?(?:instructions?|directions?|method|preparation|steps|how to make"
    r"|zubereitung|anleitung"
    r"|préparation|étapes|preparación|elaboración|preparazione|procedimento|preparo|modo de"
    r"|bereiding"
    r"|bereidingswijze|werkwijze|tillagning|gör så här|fremgangsm[åa]de|slik gjør du|przygotowanie"
    r"|sposób|postup|příprava|elkészítés|preparare|yapılışı|приготовление|εκτέλεση|priprava"
    r"|ohje|作り方|做法|만드는)",
    re.IGNORECASE,
)
_TIME_WORDS = {
    "total": re.compile(
        r"(?:totale?|gesamt|ready in|overall|temps total|tiempo total|tempo totale)\W{0,3}"
        r"(?:time|zeit|bereitungszeit|tijd)?|klaar in|färdig på|time required",
        re.IGNORECASE,
    ),
    "prep": re.compile(
        r"prep(?:aration)?\b(?:\s?time)?|vorbereitung(?:szeit)?|arbeitszeit"
        r"|zubereitungszeit|préparation"
        r"|preparación|preparazione|preparo|voorbereiding|bereidingstijd|förberedelse"
        r"|active time|hands[- ]on",
        re.IGNORECASE,
    ),
    "cook": re.compile(
        r"(?:cook(?:ing)?|bak(?:e|ing))\b(?:\s?time)?|(?:koch|back|gar)zeit|cuisson|cocción|cottura"
        r"|cozimento|kooktijd|oventijd|baktid",
        re.IGNORECASE,
    ),
}
_DURATION = re.compile(
    r"\W{0,8}((?:(?:\d+\s?[-–]\s?)?[\d½¼¾.,]+\s?(?:hours?|hrs?|h|std|stunden?|heures?"
    r"|horas?|or[ae]|uur|tim\w*"
    r"|minutes?|mins?|min\w*|m|minuten)\b\.?\W{0,3}(?:and|und|et|y|e|en|og)?\s?){1,2})",
    re.IGNORECASE,
)
_YIELDS = re.compile(
    r"(?:serves|servings?|yields?|makes|portionen|für|pour|personnes|porciones|raciones"
    r"|porzioni|dosi per"
    r"|porções|porties|personen|portioner|personer|antal)\W{0,4}(\d{1,3})(?!\s?(?:min|h|g"
    r"|ml|kcal)\b)"
    r"|(\d{1,3})\s?(?:servings?|portionen|personen|personnes|porciones|raciones|persone"
    r"|porções|porties"
    r"|portioner|personer|people|порци)",
    re.IGNORECASE,
)
_RECIPE_WORDS = re.compile(
    r"reci?pe|rezept|recett|receta|receita|ricett|recept|opp?skrift|przepis|рецепт|resep|tarif",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"^\W{0,3}(?:\d|[½⅓⅔¼¾⅛])|^(?:a|an|one|two|half|pinch|handful|ein|eine|un|une)\b", re.I
)


def recipe(document: Document) -> Recipe:
    """What the page's own elements say about how to cook something; empty if it is no recipe."""
    tree = document.tree
    found = _named(tree, _INGREDIENTS, 2) or _below_heading(tree, _INGREDIENT_WORDS)
    if not found and _is_called_recipe(document):
        found = pantry.measured(tree)
    listed = ingredients(found)
    if len(listed) < 2:
        return Recipe()
    told = tuple(steps(_named(tree, _STEPS, 1) or _below_heading(tree, _STEP_WORDS)))
    measured = sum(bool(_AMOUNT.search(line)) for line in listed)
    if 3 * measured < len(listed) or (not told and measured < 3):
        return Recipe()
    words = _around(tree)
    spent = {name: _minutes(words, pattern) for name, pattern in _TIME_WORDS.items()}
    yields = _YIELDS.search(words)
    count = values.whole(yields[1] or yields[2]) if yields else 0
    return Recipe(
        ingredients=listed,
        steps=told[:100],
        total_minutes=spent["total"] or spent["prep"] + spent["cook"],
        prep_minutes=spent["prep"],
        cook_minutes=spent["cook"],
        servings=count if count <= 200 else 0,
        yields=str(count) if count and servings(str(count)) else "",
    )


def _is_called_recipe(document: Document) -> bool:
    title = document.tree.css_first("title")
    return bool(_RECIPE_WORDS.search(f"{document.url} {title.text() if title else ''}"))


def _named(tree: LexborHTMLParser, selectors: tuple[str, ...], fewest: int) -> list[str]:
    """The lines in the elements of the first of these names that are there often enough."""
    for selector in selectors:
        lines: dict[str, None] = {}
        for element in tree.css(selector)[:_MAX_ELEMENTS]:
            inside = element.css("li, script, form")[:2]
            if is_aside(element) or any(one.mem_id != element.mem_id for one in inside):
                continue
            line = _line(element)
            if 1 < len(line) < 1_500:
                lines[line] = None
        if len(lines) >= fewest:
            return list(lines)
    return []


def _below_heading(tree: LexborHTMLParser, words: re.Pattern[str]) -> list[str]:
    """The lists, or the lines, between a heading with one of these words and the next heading."""
    for heading in tree.css("h2, h3, h4, h5, strong, b, p, dt")[: 3 * _MAX_ELEMENTS]:
        title = heading.text()[:80].strip()
        if len(title) > 45 or not words.match(title) or is_aside(heading):
            continue
        start = heading
        for _ in range(3):  # a heading may sit alone in boxes
            lines = list(_until_heading(start))
            if len(lines) > 1:
                return lines
            if start.parent is None or start.parent.tag in ("body", "article", "main"):
                break
            start = start.parent
    return []


def _until_heading(heading: LexborNode) -> Iterator[str]:
    node = heading.next
    for _ in range(40):
        if node is None or node.tag in ("h1", "h2", "footer"):
            return
        if node.tag not in ("-text", "-comment", "script"):
            if node.tag in ("h3", "h4") and node.tag <= (heading.tag or ""):
                return
            title = node.text()[:45]
            if _STEP_WORDS.match(title.strip()) or _INGREDIENT_WORDS.match(title.strip()):
                return
            entries = node.css("li, tr")[:100]
            if entries:
                yield from (line for one in entries if (line := _line(one)))
            elif node.tag in ("p", "div", "span") and len(node.text()) < 3_000:
                yield from filter(None, (values.text(one) for one in values.lines(node.html or "")))
        node = node.next


def _line(element: LexborNode) -> str:
    line = values.text(element.text(separator=" "), limit=1_500)
    return re.sub(r"\s+([,.;:)])", r"\1", line)


def _around(tree: LexborHTMLParser) -> str:
    """The words of the recipe's own part of the page, where times and servings stand."""
    pieces = []
    for element in tree.css(
        '[class*="time" i], [class*="yield" i], [class*="serving" i], [class*="duration" i],'
        ' [class*="portion" i], [class*="recipe-meta" i], [class*="recipe-detail" i],'
        ' [class*="recipe-info" i], [class*="summary" i], dl, [class*="recipe" i] li'
    )[:120]:
        written = element.text(separator=" ")
        if len(written) < 600 and not is_aside(element):
            pieces.append(f"{words_of(element).replace('-', ' ').replace('_', ' ')[:80]} {written}")
    return " \n ".join(" ".join(one.split()) for one in pieces) or _article_words(tree)


def _article_words(tree: LexborHTMLParser) -> str:
    main = tree.css_first("article, main, body")
    return " ".join(main.text(separator=" ")[:20_000].split()) if main else ""


def _minutes(words: str, label: re.Pattern[str]) -> int:
    for match in label.finditer(words):
        if (found := _DURATION.match(words, match.end())) and (minutes := times.minutes(found[1])):
            return minutes
    return 0
