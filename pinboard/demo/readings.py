"""The rich data of the demo's pins in the shape that reading a page would have given."""

from __future__ import annotations

from pinboard.demo.world import model
from pinboard.ingest.reading import Place, Product, Rating, Reading, Recipe


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
            previous_price=facts.previous_price,
            availability=facts.availability,
            brand=facts.brand,
        ),
        recipe=Recipe(
            ingredients=facts.ingredients,
            steps=facts.steps,
            total_minutes=facts.minutes,
            servings=facts.servings,
        ),
        place=Place(address=facts.address, latitude=facts.latitude, longitude=facts.longitude),
    )
