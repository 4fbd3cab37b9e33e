"""Everything a tab can hear: a noun and a past-tense verb each, and who it is meant for.

A message's event carries its number and its HTML, rendered once for all members; every other
event carries ids, and the tab asks for the rest through the ordinary door.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. type: the word the browser switches on."""

    type: ClassVar[str]

    def as_frame(self) -> str:
        """One JSON object in ASCII, so that its length in characters is its length in bytes."""
        return json.dumps({"type": self.type, **asdict(self)}, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Event):
    """A message joined a conversation. Audience: its members.

    number: the conversation's counter after this change, which is also the message's place.
    after: the counter before it; a tab whose last number differs asks for what it missed
    instead of applying this.
    """

    type: ClassVar[str] = "message.posted"
    conversation: int
    number: int
    html: str
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageChanged(Event):
    """A pin of one message was judged or decided on. Audience: the members who see the message.

    number: the counter after this change. place: the number the message was born with.
    """

    type: ClassVar[str] = "message.changed"
    conversation: int
    number: int
    place: int
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationChanged(Event):
    """One change touched several messages. Audience: the members who see any of them.

    number: the counter after this change; a tab that knows less asks for what came after.
    """

    type: ClassVar[str] = "conversation.changed"
    conversation: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRead(Event):
    """Somebody read up to a number. Audience: the reader's own tabs."""

    type: ClassVar[str] = "conversation.read"
    conversation: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead(Event):
    """Somebody read up to a number and lets others know. Audience: the other members."""

    type: ClassVar[str] = "message.read"
    conversation: int
    person: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChanged(Event):
    """A person joined, left, accepted, was blocked or not any more. Audience: the members and
    that person. Or only that person: what it is to them changed (muted, put away).
    """

    type: ClassVar[str] = "membership.changed"
    conversation: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingChanged(Event):
    """A line of the shopping list was ticked, or its recipes changed. Audience: the members."""

    type: ClassVar[str] = "shopping.changed"
    conversation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(Event):
    """A notification was added. Audience: the person it is for."""

    type: ClassVar[str] = "notification.added"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSettled(Event):
    """The page behind a pasted link has been read, or could not be. Audience: the paster."""

    type: ClassVar[str] = "draft.settled"
    draft: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing(Event):
    """Somebody is writing. Audience: the other members. Never stored; shown six seconds."""

    type: ClassVar[str] = "typing.shown"
    conversation: int
    person: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat(Event):
    """The line is alive; ask what you missed. Audience: every tab, every 20 seconds.

    Silence means reconnect. A hint may be lost without anybody knowing (its process died between
    the commit and the event), so a tab somebody looks at asks at every beat.
    """

    type: ClassVar[str] = "beat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Event):
    """Events were lost or withheld. Audience: every such tab; it asks what it missed."""

    type: ClassVar[str] = "gap"
