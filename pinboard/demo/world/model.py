"""What the demo world is made of. Frozen, plain and without Django.

A pin is named by its title, which is unique; pictures by (interest, index), as
`pinboard.demo.art.paint` takes them. Times are minutes before the moment the world is built.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["plain", "product", "recipe", "article", "place", "movie"]
Availability = Literal["", "in_stock", "out_of_stock", "preorder"]
Answer = Literal["yes", "maybe", "no", "question"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The rich data of a pin; empty values are unknown, as in `pinboard.ingest.reading`.

    price, highest_price, previous_price: decimal strings; currency: ISO 4217; rating: 0 to 5;
    published: ISO date.
    """

    kind: Kind = "plain"
    price: str = ""
    currency: str = ""
    highest_price: str = ""
    previous_price: str = ""
    availability: Availability = ""
    brand: str = ""
    variants: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    minutes: int = 0
    prep_minutes: int = 0
    cook_minutes: int = 0
    servings: int = 0
    diets: tuple[str, ...] = ()
    rating: float = 0.0
    votes: int = 0
    author: str = ""
    published: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    hours: tuple[str, ...] = ()
    price_range: str = ""
    director: str = ""
    cast: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """maker: a username. site: the name shown; url: absolute, under .example.

    ago_minutes: when it was made; older than every save of it and every mention.
    """

    interest: str
    index: int
    maker: str
    title: str
    description: str
    alt: str
    site: str
    url: str
    facts: Facts
    ago_minutes: int


@dataclass(frozen=True, slots=True)
class Person:
    """team: the people who run a brand; empty for a person."""

    username: str
    name: str
    about: str
    is_brand: bool = False
    team: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Save:
    """saver: the board's owner or a collaborator. section: a section of the board, or ""."""

    pin: str
    saver: str
    section: str
    note: str
    ago_minutes: int


@dataclass(frozen=True, slots=True)
class Board:
    """Saves are in the order of the board, the first at the top."""

    owner: str
    name: str
    about: str
    is_secret: bool
    collaborators: tuple[str, ...]
    sections: tuple[str, ...]
    saves: tuple[Save, ...]


@dataclass(frozen=True, slots=True)
class Message:
    author: str
    text: str
    pins: tuple[str, ...]
    ago_minutes: int


@dataclass(frozen=True, slots=True)
class Verdict:
    person: str
    answer: Answer
    pin: str


@dataclass(frozen=True, slots=True)
class Decision:
    pin: str
    person: str
    reason: str
    ago_minutes: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages oldest first. unread: who has read all but the last message.

    shopping: titles of recipes, for how many. had: who has what of the list.
    """

    key: str
    title: str
    people: tuple[str, ...]
    messages: tuple[Message, ...]
    verdicts: tuple[Verdict, ...]
    decision: Decision | None
    shopping: tuple[tuple[str, int], ...]
    had: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """follows: (who, whom). favourites: (who, pin). Pins are in the order they came to be."""

    people: tuple[Person, ...]
    pins: tuple[Pin, ...]
    boards: tuple[Board, ...]
    follows: tuple[tuple[str, str], ...]
    favourites: tuple[tuple[str, str], ...]
    conversations: tuple[Conversation, ...]
