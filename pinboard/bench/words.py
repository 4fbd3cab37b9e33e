"""The words of the data set: titles, readings and messages, chosen by a seeded dice."""

from __future__ import annotations

from random import Random
from typing import Final

from pinboard.ingest.reading import Movie, Place, Product, Rating, Reading, Recipe

NAMES: Final = [
    "Ada",
    "Alma",
    "Amir",
    "Bea",
    "Cem",
    "Cleo",
    "Dana",
    "Elif",
    "Enzo",
    "Fay",
    "Gus",
    "Hana",
    "Ida",
    "Ivo",
    "Jada",
    "Kai",
    "Lena",
    "Lio",
    "Mara",
    "Milo",
    "Nia",
    "Noor",
    "Omar",
    "Pia",
    "Quinn",
    "Rosa",
    "Sami",
    "Tess",
    "Uma",
    "Vera",
    "Wim",
    "Xenia",
    "Yara",
    "Zoe",
]
DISHES: Final = [
    "pasta",
    "soup",
    "salad",
    "curry",
    "bread",
    "tart",
    "risotto",
    "stew",
    "pancakes",
    "noodles",
]
TASTES: Final = [
    "lemon",
    "basil",
    "tomato",
    "garlic",
    "mushroom",
    "spinach",
    "pumpkin",
    "ginger",
    "coconut",
    "miso",
    "walnut",
    "saffron",
    "fennel",
    "chickpea",
    "leek",
    "ricotta",
    "chilli",
    "parsley",
]
THINGS: Final = [
    "lamp",
    "chair",
    "shelf",
    "rug",
    "vase",
    "desk",
    "sofa",
    "bowl",
    "blanket",
    "mirror",
    "stool",
    "clock",
]
LOOKS: Final = [
    "oak",
    "linen",
    "brass",
    "green",
    "blue",
    "ceramic",
    "woven",
    "small",
    "round",
    "striped",
    "walnut",
    "paper",
]
PLACES: Final = [
    "Lisbon",
    "Porto",
    "Ghent",
    "Oslo",
    "Kyoto",
    "Bologna",
    "Seville",
    "Tallinn",
    "Lyon",
    "Cork",
]
SPOTS: Final = [
    "garden",
    "bakery",
    "museum",
    "hotel",
    "bookshop",
    "bridge",
    "market",
    "terrace",
    "harbour",
]
TOPICS: Final = "small kitchens|slow travel|dyeing wool|balcony gardens|mending|film photography"
SITES: Final = tuple(f"{name.lower()}-{thing}.example" for name in NAMES for thing in THINGS)
BOARDS: Final = [
    "Dinner",
    "Weeknight pasta",
    "Living room",
    "Trips",
    "Summer in Lisbon",
    "Gifts",
    "Bake this",
    "Someday",
    "Small flat",
    "Film nights",
]
SAID: Final = [
    "What about this one?",
    "I like it, but is it not too much for a weekday?",
    "Yes!",
    "We have most of this at home already.",
    "Saturday then. I bring the bread.",
    "Look at the second picture.",
    "No, we tried that last year and nobody was happy.",
    "Could you ask Tess?",
]


def draw(dice: Random) -> tuple[str, str, Reading | None]:
    """A pin's title, its description and, for three of four, what its page says."""
    kind = dice.choice(("recipe", "recipe", "product", "place", "article", "movie", "", ""))
    if kind == "recipe":
        return _recipe(dice)
    if kind == "product":
        return _product(dice)
    if kind == "place":
        return _place(dice)
    topic = dice.choice(TOPICS.split("|"))
    title = f"{dice.choice(('On', 'Notes on', 'A year of'))} {topic}"
    author = f"{dice.choice(NAMES)} {dice.choice(NAMES)}"
    if kind == "article":
        stamp = f"2026-{dice.randint(1, 9):02}-{dice.randint(10, 28)}"
        found = Reading(kind="article", title=title, author=author, published=stamp)
        return title, f"Long, and worth it: {topic}.", found
    if kind == "movie":
        film = Movie(director=author, minutes=dice.randint(70, 190))
        return title, "", Reading(kind="movie", title=title, movie=film)
    return f"{dice.choice(LOOKS)} {dice.choice(THINGS)}".capitalize(), "", None


def _recipe(dice: Random) -> tuple[str, str, Reading]:
    tastes = dice.sample(TASTES, 8)
    dish = dice.choice(DISHES)
    title = f"{tastes[0].capitalize()} {tastes[1]} {dish}"
    recipe = Recipe(
        ingredients=tuple(f"{dice.randint(1, 9) * 50} g {taste}" for taste in tastes),
        steps=tuple(
            f"Chop the {taste}, warm it gently with a little oil and salt, and stir it in."
            for taste in tastes
        ),
        total_minutes=dice.randint(3, 20) * 5,
        servings=dice.choice((2, 4, 6)),
        cuisine=dice.choice(("Italian", "Turkish", "Japanese", "Portuguese")),
        category="Main dish",
    )
    rating = Rating(value=dice.randint(30, 50) / 10, count=dice.randint(3, 900))
    found = Reading(
        kind="recipe",
        title=title,
        description=f"A {dish} with {tastes[2]} for every day.",
        rating=rating,
        recipe=recipe,
    )
    return title, f"With {tastes[2]} and {tastes[3]}.", found


def _product(dice: Random) -> tuple[str, str, Reading]:
    title = f"{dice.choice(LOOKS)} {dice.choice(LOOKS)} {dice.choice(THINGS)}".capitalize()
    product = Product(
        price=f"{dice.randint(9, 400)}.{dice.choice(('00', '50', '90'))}",
        currency=dice.choice(("EUR", "USD")),
        availability=dice.choice(("in_stock", "in_stock", "out_of_stock")),
        brand=dice.choice(NAMES),
    )
    return title, "", Reading(kind="product", title=title, product=product)


def _place(dice: Random) -> tuple[str, str, Reading]:
    town, spot = dice.choice(PLACES), dice.choice(SPOTS)
    title = f"The {dice.choice(LOOKS)} {spot} in {town}"
    place = Place(address=f"Main street {dice.randint(1, 99)}, {town}, Europe")
    return title, f"A {spot} to come back to.", Reading(kind="place", title=title, place=place)
