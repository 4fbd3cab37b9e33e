"""For the sandbox's nursery alone: importing this imports and compiles all that reading needs.

The recipe library alone takes 0.7 s to import, and as much again as the page itself to compile its
expressions when it is first used. Here it reads a page of ours once; the children inherit that.
"""

from __future__ import annotations

from pinboard.ingest.page import read_page

#: A site whose list of ingredients the library reads by CSS.
_URL = "https://www.eggs.ca/recipes/warm"
_PAGE = b"""<!doctype html><html lang="en"><head><title>Eggs recipe</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Recipe",
"name": "Eggs", "recipeIngredient": ["2 eggs"], "author": {"name": "A"}}</script></head>
<body><h1>Eggs</h1><div class="ingredients"><ul><li>2 eggs</li><li>1 tsp salt</li></ul></div>
<div class="price">24,00 EUR</div><time datetime="2026-11-24">now</time></body></html>"""

read_page(_PAGE, url=_URL)
