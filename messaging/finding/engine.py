"""Asking the index: SQLite's FTS5 or PostgreSQL's full text, behind one function.

Answers ids only. What of that a person may see is decided outside, by the messages' one door.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

_SQLITE = """
SELECT rowid FROM messaging_words_fts
WHERE messaging_words_fts MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s
"""
_POSTGRESQL = """
SELECT message_id FROM messaging_messagewords
WHERE lexemes @@ %s::tsquery AND message_id < %s ORDER BY message_id DESC LIMIT %s
"""


def matching(
    words: Sequence[str], *, conversations: Sequence[int], below: int, limit: int
) -> list[int]:
    """Ids of messages of these conversations in which each word begins a word, newest first.

    words: folded, at least one. conversations: ids, at least one. below: an id, exclusive.
    """
    if connection.vendor == "postgresql":
        sql, wanted = _POSTGRESQL, as_tsquery(words, conversations)
    else:
        sql, wanted = _SQLITE, as_match(words, conversations)
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, below, limit])
        return [row[0] for row in cursor.fetchall()]


def as_match(words: Sequence[str], conversations: Sequence[int]) -> str:
    """As an FTS5 expression. A folded word is letters and digits; quoted, it is no syntax."""
    within = " OR ".join(f'"{pk}"' for pk in conversations)
    said = " AND ".join(f'"{word}" *' for word in words)
    return f"{{conversation_id}} : ({within}) AND {{words}} : ({said})"


def as_tsquery(words: Sequence[str], conversations: Sequence[int]) -> str:
    """As a tsquery. The underscore tells a conversation from a word: no word has one."""
    within = " | ".join(f"'_{pk}'" for pk in conversations)
    said = " & ".join(f"'{word}':*" for word in words)
    return f"({within}) & {said}"
