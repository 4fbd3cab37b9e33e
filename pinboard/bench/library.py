"""A library of very many pins, for the search: rows past the ORM, as quickly as an engine takes
them. The same dice every time.

Everybody has boards of their own interests and pins what belongs there; a few pins are saved by
very many, most by their maker alone. One board in twenty is secret. Pictures are shared between
pins and have no files: pages only name them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from pinboard.bench.dataset import make_people, make_pictures
from pinboard.bench.titles import FINISHES, Interest, Titles
from pinboard.people.models import Person
from pinboard.pins.models import Board, Pin, Save, Source

BATCH: Final = 5_000
PINS_PER_PERSON: Final = 100
BOARDS_PER_PERSON: Final = 6
PINS_PER_PICTURE: Final = 50
SECRET: Final = 0.05
WITH_SOURCE: Final = 0.5
# The tail of how often a pin is saved by others (Pareto); most are not.
TAIL: Final = 1.25
MOST_SAVES: Final = 400
DAYS: Final = 1_000
SITES: Final = 3_000
Row = tuple[Any, ...]


@dataclass(slots=True)
class Library:
    """people: the first is the reader. boards: by person's place, (board id, interest, secret)."""

    people: list[Person]
    boards: list[tuple[int, int, Interest, bool]] = field(default_factory=list)


def fill(*, pins: int, dice: Random) -> Library:
    """Fill an empty database."""
    titles = Titles(dice)
    library = Library(make_people(max(20, pins // PINS_PER_PERSON), start=1))
    _make_boards(library, titles)
    pictures = [one.pk for one in make_pictures(max(20, pins // PINS_PER_PICTURE), dice)]
    began = timezone.now() - timedelta(days=DAYS)
    step = timedelta(days=DAYS) / pins
    drawn = (
        _draw(number, began + step * number, library, titles, pictures)
        for number in range(1, pins + 1)
    )
    saves = 0
    while some := list(islice(drawn, BATCH)):
        listed = [row for each in some for row in each.saves]
        with transaction.atomic():
            write(Source, SOURCE, (each.source for each in some if each.source))
            write(Pin, PIN, (each.pin for each in some))
            write(Save, SAVE, ((saves + n, *row) for n, row in enumerate(listed, 1)))
        saves += len(listed)
    _count_on(Source, Pin, Save)
    return library


def _make_boards(library: Library, titles: Titles) -> None:
    made: list[tuple[Board, Interest]] = []
    for person in library.people:
        interests = [titles.interest(), titles.interest()]
        for number in range(BOARDS_PER_PERSON):
            about = titles.dice.choice(interests)
            name = titles.board(about)
            secret = titles.dice.random() < SECRET
            board = Board(owner=person, name=name, slug=f"board-{number}", is_secret=secret)
            made.append((board, about))
    Board.objects.bulk_create([board for board, _ in made], batch_size=1000)
    library.boards = [(one.pk, one.owner_id, about, one.is_secret) for one, about in made]


SOURCE: Final = ("id", "url", "url_digest", "site_name", "kind", "reading", "read_at")
PIN: Final = (
    "id", "maker_id", "picture_id", "source_id", "title", "description", "alt", "is_public",
    "save_count", "created", "changed",
)  # fmt: skip
SAVE: Final = ("id", "pin_id", "board_id", "saver_id", "is_public", "created")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of SOURCE, PIN and SAVE (without its id)."""

    source: Row | None
    pin: Row
    saves: list[Row]


def _draw(
    number: int, created: datetime, library: Library, titles: Titles, pictures: Sequence[int]
) -> Drawn:
    dice = titles.dice
    board, maker, about, secret = dice.choice(library.boards)
    title = titles.title(about)
    source = _source(number, title, about, dice) if dice.random() < WITH_SOURCE else None
    text = titles.title(about) if dice.random() < 0.4 else ""
    others = min(int(dice.paretovariate(TAIL)) - 1, MOST_SAVES, len(library.boards) // 4)
    on = {board: (maker, secret)}
    # Who saves it is interested in the same, mostly.
    for other, owner, theirs, hidden in dice.choices(library.boards, k=3 * others):
        if len(on) <= others and (theirs is about or dice.random() < 0.1):
            on.setdefault(other, (owner, hidden))
    public = not all(hidden for _, hidden in on.values())
    moment = _moment(created)
    pin = (
        number, maker, dice.choice(pictures), number if source else None, title, text,
        title.lower() if dice.random() < 0.2 else "", public, len(on), moment, moment,
    )  # fmt: skip
    saves = [(number, other, owner, not hidden, moment) for other, (owner, hidden) in on.items()]
    return Drawn(source, pin, saves)


def _source(number: int, title: str, about: Interest, dice: Random) -> Row:
    site = f"{about.words.words[dice.randrange(400)]}-{dice.randrange(SITES // 10)}.example"
    url = f"https://{site}/{number}"
    kind, reading = _reading(title, about, dice)
    name = site.removesuffix(".example").replace("-", " ").title()
    digest = hashlib.sha256(url.encode()).hexdigest()
    text = json.dumps({"kind": kind, "title": title, **reading})
    return number, url, digest, name, kind, text, _moment(datetime.now(UTC))


def _reading(title: str, about: Interest, dice: Random) -> tuple[str, dict[str, Any]]:
    if about.name == "food":
        listed = [f"{dice.randint(1, 9) * 50} g {about.words.draw(dice)}" for _ in range(6)]
        recipe = {"ingredients": listed, "total_minutes": dice.randint(2, 24) * 5}
        return "recipe", {"recipe": recipe}
    if about.name in {"rooms", "clothes", "tools", "children"}:
        price = f"{min(int(9 * dice.paretovariate(0.8)), 20_000)}.90"
        brand = about.words.words[-1 - dice.randrange(300)].title()
        finish = dice.choice(FINISHES)
        product = {"price": price, "currency": dice.choice(("EUR", "EUR", "USD")), "brand": brand}
        return "product", {"product": product, "description": f"{title} in {finish}"}
    if about.name == "travel":
        town = about.words.draw(dice).title()
        return "place", {"place": {"address": f"Main street {dice.randint(1, 99)}, {town}"}}
    return "article", {"article": {"section": about.name.capitalize()}}


def _moment(moment: datetime) -> Any:
    """As the engine keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def write(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows as the engine keeps them; every other column has its field's default."""
    columns = [each for each in model._meta.concrete_fields if each.column not in names]
    others = {each.column: each for each in columns}
    defaults = [each.get_db_prep_save(each.get_default(), connection) for each in columns]
    whole = ((*row, *defaults) for row in rows)
    listed = ", ".join(f'"{name}"' for name in (*names, *others))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in whole:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * (len(names) + len(others)))
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", list(whole))


def _count_on(*written: type[models.Model]) -> None:
    """What is made after these gets a number of its own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


def rows_in(*counted: type[models.Model]) -> Iterator[tuple[str, int]]:
    for model in counted:
        yield str(model._meta.verbose_name_plural), model._default_manager.count()
