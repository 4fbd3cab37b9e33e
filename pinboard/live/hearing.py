"""The one word a tab may say: {"type": "typing", "conversation": id}.

The room that has conversations tells us with `on_typing` who may know of it; this room knows
no conversations.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import close_old_connections

from pinboard.live.events import Typing

MAX_FRAME_BYTES = 64 * 1024
# A tab says "typing" at most every other second; what comes quicker is not passed on.
TYPING_SECONDS = 2.0
BIGGEST_ID = 2**63 - 1


class Audience(NamedTuple):
    """Who hears that somebody is typing, and under which name. people: person ids."""

    people: Iterable[int]
    name: str


TypingHandler = Callable[[int, int], Audience | tuple[Iterable[int], str] | None]
_typing_handler: TypingHandler | None = None


def on_typing(handler: TypingHandler) -> TypingHandler:
    """Register handler(person_id, conversation_id) -> (people to tell, display name).

    It runs in a database thread and answers None (or nobody) for a conversation the person
    is not a member of. The typing person is left out of the audience in any case.
    """
    global _typing_handler
    _typing_handler = handler
    return handler


class Misheard(Exception):
    """A frame that no tab of ours sends: the socket is closed (4003)."""


def read_frame(text: str | None) -> int:
    """The conversation id of a typing frame. Raises Misheard for anything else."""
    if text is None or len(text) > MAX_FRAME_BYTES:
        raise Misheard("not a text frame")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Misheard("not JSON") from error
    if not isinstance(frame, dict) or frame.get("type") != "typing":
        raise Misheard("unknown word")
    conversation = frame.get("conversation")
    if type(conversation) is not int or not 0 < conversation <= BIGGEST_ID:
        raise Misheard("no conversation")
    return conversation


def typing_event(person: int, conversation: int) -> tuple[Typing, list[int]] | None:
    """What to tell whom when a person types; None for nobody. Runs in a database thread."""
    if _typing_handler is None:
        return None
    close_old_connections()
    try:
        answer = _typing_handler(person, conversation)
    finally:
        close_old_connections()
    if answer is None:
        return None
    audience, name = answer
    people = [other for other in audience if other != person]
    return (Typing(conversation=conversation, person=person, name=name), people) if people else None


@dataclass(slots=True)
class Bucket:
    """A token bucket: `burst` frames at once, `per_second` in the long run."""

    burst: float = 40.0
    per_second: float = 4.0
    _level: float = field(init=False)
    _seen: float = field(init=False)

    def __post_init__(self) -> None:
        self._level, self._seen = self.burst, time.monotonic()

    def take(self) -> bool:
        """Whether one more frame is within the limit."""
        now = time.monotonic()
        self._level = min(self.burst, self._level + (now - self._seen) * self.per_second)
        self._seen = now
        if self._level < 1:
            return False
        self._level -= 1
        return True
