"""The same pins in three bare engines: FTS5 with porter, PostgreSQL's full text, tantivy.

Each as its own documentation begins: the title, and everything else in one body, no weights, no
vocabulary. A person's words are joined by OR, which is what serves a bare engine best; where
AND is the engine's own default, that is measured too. No Django here.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Final

from pinboard.quality.corpus import Drawn

DEPTH: Final = 50
_WORD: Final = re.compile(r"\w+")
# From what was typed to places in the corpus, best first.
Asking = Callable[[str], list[int]]


def body(pin: Drawn) -> str:
    return "\n".join([pin.description, *pin.boards, *pin.facts])


@contextmanager
def rivals(pins: Sequence[Drawn], postgres: str) -> Iterator[dict[str, Asking]]:
    """By name. postgres: the address of a server with an empty database."""
    with ExitStack() as opened:
        sqlite = opened.enter_context(closing(_filled_sqlite(pins)))
        yield {
            "FTS5 BM25 (porter), any word": lambda typed: _ask_sqlite(sqlite, typed, " OR "),
            "FTS5 BM25 (porter), every word": lambda typed: _ask_sqlite(sqlite, typed, " "),
            **opened.enter_context(_postgres(pins, postgres)),
            "tantivy": _tantivy(pins),
        }


def _filled_sqlite(pins: Sequence[Drawn]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE pins USING fts5(title, body, tokenize='porter')")
    rows = ((place, pin.title, body(pin)) for place, pin in enumerate(pins))
    connection.executemany("INSERT INTO pins (rowid, title, body) VALUES (?, ?, ?)", rows)
    return connection


def _ask_sqlite(connection: sqlite3.Connection, typed: str, between: str) -> list[int]:
    match = between.join(f'"{word}"' for word in _WORD.findall(typed))
    sql = f"SELECT rowid FROM pins WHERE pins MATCH ? ORDER BY rank LIMIT {DEPTH}"
    return [place for (place,) in connection.execute(sql, [match])]


_ASK_POSTGRES: Final = f"""
SELECT place FROM quality_pins, CAST({{query}} AS tsquery) AS asked
WHERE words @@ asked ORDER BY ts_rank_cd(words, asked) DESC, place LIMIT {DEPTH}
"""
_EVERY: Final = "plainto_tsquery('english', %s)"
_ANY: Final = f"replace({_EVERY}::text, '&', '|')"


@contextmanager
def _postgres(pins: Sequence[Drawn], url: str) -> Iterator[dict[str, Asking]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE quality_pins (place int, words tsvector)")
        insert = "INSERT INTO quality_pins VALUES (%s, to_tsvector('english', %s))"
        rows = [(place, f"{pin.title}\n{body(pin)}") for place, pin in enumerate(pins)]
        connection.cursor().executemany(insert, rows)

        def ask(typed: str, how: str) -> list[int]:
            answer = connection.execute(_ASK_POSTGRES.format(query=how).encode(), [typed])
            return [place for (place,) in answer]

        yield {
            "PostgreSQL ts_rank_cd, any word": lambda typed: ask(typed, _ANY),
            "PostgreSQL ts_rank_cd, every word": lambda typed: ask(typed, _EVERY),
        }


def _tantivy(pins: Sequence[Drawn]) -> Asking:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("place", stored=True)
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for place, pin in enumerate(pins):
        writer.add_document(tantivy.Document(place=place, title=pin.title, body=body(pin)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(typed: str) -> list[int]:
        words = " ".join(_WORD.findall(typed))
        query = index.parse_query(words, ["title", "body"])
        found = searcher.search(query, DEPTH).hits
        return [searcher.doc(address)["place"][0] for _, address in found]

    return ask
