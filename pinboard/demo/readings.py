"""The rich data of the demo's pins in the shape that reading a page would have given."""

from __future__ import annotations

from pinboard.demo.world import model
from pinboard.ingest.reading import Movie, Place, Product, Rating, Reading, Recipe


def reading_of(pin: model.Pin) -> Reading:
    facts = pin.facts
    return Reading(
        kind=facts.kind,
        title=pin.title,
        description=pin.description,
        site_name=pin.site,
        canonical_url=pin.url,
        author=facts.author,
        published=facts.published,
        rating=Rating(value=facts.rating, count=facts.votes),
        product=Product(
            price=facts.price,
            currency=facts.currency,
            highest_price=facts.highest_price,
            previous_price=facts.previous_price,
            availability=facts.availability,
            brand=facts.brand,
            variants=facts.variants,
        ),
        recipe=_recipe(facts) if facts.kind == "recipe" else Recipe(),
        place=_place(facts) if facts.kind == "place" else Place(),
        movie=_movie(facts) if facts.kind == "movie" else Movie(),
    )


def _recipe(facts: model.Facts) -> Recipe:
    return Recipe(
        ingredients=facts.ingredients,
        steps=facts.steps,
        total_minutes=facts.minutes,
        prep_minutes=facts.prep_minutes,
        cook_minutes=facts.cook_minutes,
        servings=facts.servings,
        diets=facts.diets,
    )


def _place(facts: model.Facts) -> Place:
    return Place(
        address=facts.address,
        latitude=facts.latitude,
        longitude=facts.longitude,
        phone=facts.phone,
        hours=facts.hours,
        price_range=facts.price_range,
    )


def _movie(facts: model.Facts) -> Movie:
    return Movie(director=facts.director, minutes=facts.minutes, cast=facts.cast)
