"""The child of searching.py: `python -m pinboard.bench.asking '{"pins": …}'`.

Fills and indexes the folder that PINBOARD_DATA names, unless its note says that it is filled,
asks in this very process, and prints what it took as the last line, in JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final
from urllib.parse import quote

SEED: Final = 7
# Queries of one, two and three words each: those of the most frequent words, and drawn ones. Each
# is asked once: what the process remembers of a page would be measured otherwise.
FREQUENT, DRAWN = 12, 60
WARM_UP: Final = 8
BARE_SHOWN: Final = 30
BARE = {
    "sqlite": "SELECT rowid FROM search_public_fts WHERE search_public_fts MATCH %s"
    f" ORDER BY bm25(search_public_fts) LIMIT {BARE_SHOWN}",
    "postgresql": "SELECT pin_id FROM search_publicentry WHERE lexemes @@ %s::tsquery"
    f" ORDER BY ts_rank_cd(lexemes, %s::tsquery) DESC LIMIT {BARE_SHOWN}",
}


def ask(*, pins: int, note: str) -> dict[str, Any]:
    """{results, bare, suggestions: seconds of each, queries, filled, indexed: seconds, reader,
    session, pins: some of the reader's own, kept: what the bounds leave, see bounds.py}."""
    from django.test import Client

    from pinboard.bench.talk import sign_in
    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

    known = _filled(pins, Path(note))
    reader = Person.objects.order_by("pk")[0]
    session = sign_in([reader])[reader.pk]
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["pinboard_session"] = session
    queries = list(_queries(pins, Random(SEED)))
    for query in queries[:: max(1, len(queries) // WARM_UP)]:
        _results(client, query)
        _suggestions(client, query[:3])
    beginnings = list(dict.fromkeys(_beginnings(queries)))
    own = Pin.objects.filter(maker=reader, is_public=True).values_list("pk", flat=True)
    return {
        **known,
        "reader": reader.pk,
        "session": session,
        "pins": list(own[:20]),
        "results": _time([partial(_results, client, query) for query in queries]),
        "bare": _time([partial(_bare, query) for query in queries]),
        "suggestions": _time([partial(_suggestions, client, typed) for typed in beginnings]),
        "kept": list(_kept(queries)),
        "queries": max(_counted(client, query) for query in queries),
    }


def _filled(pins: int, note: Path) -> dict[str, float]:
    """Seconds that filling and indexing took. Raises RuntimeError for a folder filled otherwise."""
    from django.core.management import call_command

    from pinboard.bench import library
    from pinboard.bench.dataset import gather_statistics

    if note.exists():
        known: dict[str, float] = json.loads(note.read_text(encoding="utf-8"))
        if known.pop("size") != pins:
            raise RuntimeError(f"{note} tells of another data set. Empty its folder first.")
        return known
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    began = perf_counter()
    library.fill(pins=pins, dice=Random(SEED))
    filled = perf_counter()
    call_command("reindex", batch=2000, verbosity=0)
    gather_statistics()
    took = {"filled": filled - began, "indexed": perf_counter() - filled}
    note.write_text(json.dumps({"size": pins, **took}), encoding="utf-8")
    return took


def _queries(pins: int, dice: Random) -> Iterator[str]:
    """Of one to three words: the most frequent ones, and words that stand together in a title."""
    from pinboard.pins.models import Pin
    from search.models import Term

    words = Term.objects.filter(is_phrase=False, is_shared=True).order_by("-named")
    frequent = list(words.values_list("text", flat=True)[:FREQUENT])
    yield from frequent
    for count in (2, 3):
        yield from (" ".join(dice.sample(frequent, count)) for _ in range(FREQUENT))
    for count in (1, 2, 3):
        left = DRAWN
        while left:
            found = Pin.objects.filter(pk=dice.randint(1, pins), is_public=True).first()
            said = found.title.lower().split() if found else []
            if len(said) >= count:
                at = dice.randint(0, len(said) - count)
                yield " ".join(said[at : at + count])
                left -= 1


def _beginnings(queries: Sequence[str]) -> Iterator[str]:
    """What stands in the field while a query is typed: after one, two, three and five letters of
    its last word."""
    for query in queries:
        before, space, last = query.rpartition(" ")
        yield from (f"{before}{space}{last[:letters]}" for letters in (1, 2, 3, 5))


def _time(deeds: Sequence[Callable[[], object]]) -> list[float]:
    seconds = []
    for deed in deeds:
        began = perf_counter()
        deed()
        seconds.append(perf_counter() - began)
    return seconds


def _kept(queries: Sequence[str]) -> Iterator[float]:
    """Of the most frequent words, and of some drawn ones."""
    from pinboard.bench.bounds import kept_value

    frequent, drawn = queries[: 3 * FREQUENT], queries[3 * FREQUENT :]
    for query in (*frequent, *drawn[:: max(1, len(drawn) // FREQUENT)]):
        kept = kept_value(query)
        if kept is not None:
            yield kept


def _results(client: Any, query: str) -> None:
    _get(client, f"/search/?q={quote(query)}")


def _suggestions(client: Any, typed: str) -> None:
    _get(client, f"/search/suggest/?q={quote(typed)}")


def _get(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _bare(query: str) -> None:
    """The same words, all of them, ranked by the engine alone over everything."""
    from django.db import connection

    from search.text import stems

    quoted = [f'"{stem}"' if connection.vendor == "sqlite" else stem for stem in stems(query)]
    asked = (" AND " if connection.vendor == "sqlite" else " & ").join(quoted)
    sql = BARE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked] * sql.count("%s"))
        cursor.fetchall()


def _counted(client: Any, query: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        _results(client, query)
    return len(asked)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(ask(**json.loads(sys.argv[1]))))
