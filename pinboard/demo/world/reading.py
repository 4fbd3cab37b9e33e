"""From the tables (TOML beside this file) to the model."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pinboard.demo.world.model import (
    Board,
    Conversation,
    Decision,
    Facts,
    Message,
    Person,
    Pin,
    Save,
    Verdict,
    World,
)

HERE = Path(__file__).resolve().parent
INTERESTS = (
    "dinner",
    "baking",
    "weddings",
    "living_rooms",
    "ceramics",
    "textiles",
    "gardens",
    "travel",
    "posters",
    "type",
)
SPAN_MINUTES = 45 * 24 * 60  # saves spread over the last six weeks

Table = dict[str, Any]


def read(name: str) -> Table:
    """One table by its path below this folder."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _share(text: str) -> float:
    """A number from 0 to 1 that depends on the text alone: chance that never changes."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def facts(entry: Mapping[str, Any]) -> Facts:
    """The rich data of one pin's table."""
    if product := entry.get("product"):
        return _product(product)
    if recipe := entry.get("recipe"):
        return _recipe(entry, recipe)
    if article := entry.get("article"):
        return Facts(kind="article", author=article["author"], published=article["date"])
    if place := entry.get("place"):
        return _place(place)
    if movie := entry.get("movie"):
        return Facts(
            kind="movie",
            director=movie["director"],
            minutes=movie["minutes"],
            cast=_parts(movie["cast"]),
            rating=movie["rating"],
            votes=movie["votes"],
        )
    return Facts()


def _product(product: Table) -> Facts:
    return Facts(
        kind="product",
        price=product["price"],
        currency=product["currency"],
        highest_price=product.get("highest", ""),
        previous_price=product.get("was", ""),
        availability=product["stock"],
        brand=product["brand"],
        variants=_parts(product.get("variants", "")),
    )


def _recipe(entry: Mapping[str, Any], recipe: Table) -> Facts:
    return Facts(
        kind="recipe",
        ingredients=_parts(entry["ingredients"]),
        steps=_parts(entry["steps"]),
        minutes=recipe["minutes"],
        prep_minutes=recipe.get("prep", 0),
        cook_minutes=recipe.get("cook", 0),
        diets=_parts(recipe.get("diets", "")),
        servings=recipe["servings"],
        rating=recipe["rating"],
        votes=recipe["votes"],
    )


def _place(place: Table) -> Facts:
    latitude, longitude = place["at"]
    return Facts(
        kind="place",
        address=place["address"],
        latitude=latitude,
        longitude=longitude,
        phone=place.get("phone", ""),
        hours=_parts(place.get("hours", "")),
        price_range=place.get("range", ""),
    )


def _born(interest: str, index: int, title: str) -> int:
    """Minutes ago. Later pins of a table are older; the newest nine days, the oldest six weeks."""
    turn = (index + INTERESTS.index(interest) / len(INTERESTS)) / 33
    return round(SPAN_MINUTES * (0.25 + 0.73 * turn) + 600 * _share(title))


def pins() -> tuple[Pin, ...]:
    """All pins, the interests taking turns, so that a feed in this order is mixed."""
    sites = read("sites.toml")
    found: list[tuple[int, float, Pin]] = []
    for interest in INTERESTS:
        for index, entry in enumerate(read(f"pins/{interest}.toml")["pin"]):
            site = sites[entry["site"]]
            pin = Pin(
                interest=interest,
                index=index,
                maker=entry["by"],
                title=entry["title"],
                description=entry["about"],
                alt=entry["alt"],
                site=site["name"],
                url=f"https://{site['host']}/{site['folder']}/{slug(entry['title'])}",
                facts=facts(entry),
                ago_minutes=_born(interest, index, entry["title"]),
            )
            found.append((index, _share(pin.title), pin))
    return tuple(pin for _, _, pin in sorted(found, key=lambda each: each[:2]))


def people() -> tuple[Person, ...]:
    return tuple(
        Person(
            username=entry["username"],
            name=entry["name"],
            about=entry["about"],
            is_brand=entry.get("kind") == "brand",
            team=tuple(entry.get("team", ())),
        )
        for entry in read("people.toml")["person"]
    )


def _save(line: str, owner: str, board: str, made: Mapping[str, int]) -> Save:
    """One line of a board: "@saver title | section | why". made: minutes ago by title."""
    title, section, note = (part.strip() for part in line.split("|"))
    saver = owner
    if title.startswith("@"):
        saver, title = title[1:].split(" ", 1)
    share = _share(f"{board} {title} {saver}")
    return Save(title, saver, section, note, 20 + round(share * (made[title] - 60)))


def board(entry: Mapping[str, Any], everything: tuple[Pin, ...]) -> Board:
    """The written saves first, then the owner's own pins of the gathered interests."""
    owner, name = entry["owner"], entry["name"]
    made = {pin.title: pin.ago_minutes for pin in everything}
    saves = [_save(line, owner, name, made) for line in entry.get("saves", ())]
    taken = {save.pin for save in saves}
    for pin in everything:
        is_own = pin.maker == owner and pin.interest in entry.get("gather", ())
        if is_own and pin.title not in taken:
            saves.append(Save(pin.title, owner, "", "", pin.ago_minutes - 1))
    return Board(
        owner=owner,
        name=name,
        about=entry.get("about", ""),
        is_secret=entry.get("secret", False),
        collaborators=tuple(entry.get("with", ())),
        sections=tuple(entry.get("sections", ())),
        saves=tuple(saves),
    )


def _verdict(line: str) -> Verdict:
    person, answer, title = (part.strip() for part in line.split("|"))
    if answer not in ("yes", "maybe", "no", "question"):
        raise ValueError(f"no such verdict: {line}")
    return Verdict(person, answer, title)  # type: ignore[arg-type]  # checked just above


def _pairs(entry: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """Lines of two parts: "what | what of it"."""
    halves = (line.partition("|") for line in entry.get(name, ()))
    return [(one.strip(), other.strip()) for one, _, other in halves]


def conversation(entry: Mapping[str, Any]) -> Conversation:
    decided = entry.get("decision")
    return Conversation(
        key=entry["key"],
        title=entry["title"],
        people=tuple(entry["people"]),
        messages=tuple(
            Message(each["by"], each["text"], tuple(each.get("pins", ())), each["ago"])
            for each in entry["message"]
        ),
        verdicts=tuple(_verdict(line) for line in entry.get("verdicts", ())),
        decision=Decision(decided["pin"], decided["by"], decided["reason"], decided["ago"])
        if decided
        else None,
        shopping=tuple((title, int(number)) for title, number in _pairs(entry, "shopping")),
        had=tuple(_pairs(entry, "had")),
        unread=tuple(entry.get("unread", ())),
    )


def world() -> World:
    """The whole demo world."""
    everything = pins()
    tables = read("people.toml")["person"]
    boards = read("boards/people.toml")["board"] + read("boards/more.toml")["board"]
    return World(
        people=people(),
        pins=everything,
        boards=tuple(board(entry, everything) for entry in boards),
        follows=tuple((e["username"], whom) for e in tables for whom in e["follows"]),
        favourites=tuple((e["username"], title) for e in tables for title in e["favourites"]),
        conversations=tuple(
            conversation(entry) for entry in read("conversations.toml")["conversation"]
        ),
    )
