"""Saying something: the one write of a message, and telling its members afterwards."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils import timezone

from messaging.asking import Question, ask, refuse_choices
from messaging.boards import refuse_unseen_board
from messaging.bringing import pins_of_offers
from messaging.finding.keeping import index_new
from messaging.models import (
    MAX_PINS,
    MAX_TEXT,
    Conversation,
    Member,
    Message,
    MessagePin,
)
from messaging.numbers import next_number, with_lock
from messaging.quoting import refuse_unquotable
from messaging.requesting import heed_limits
from messaging.telling import tell_again, tell_message
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.models import Pin
from pinboard.web.prepared import Prepared


class Conflict(PinboardError):
    """The same client_id came with another body."""

    code = "client_id_reused"
    status = 409

    def __init__(self) -> None:
        super().__init__("Another message was already sent under this number. Please send again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a message says, checked. pins in the order in which they are shown.

    quote: the id of the message it answers. offers: pictures brought from outside, which become
    pins when it is sent (bringing.py). poll: a question over its pins.
    """

    text: str = ""
    pins: tuple[int, ...] = ()
    search: str = ""
    quote: int | None = None
    offers: tuple[int, ...] = ()
    board: int | None = None
    poll: Question | None = None

    @property
    def is_empty(self) -> bool:
        has_board = self.board is not None
        return not (self.text or self.pins or self.offers or self.search or has_board)

    @property
    def is_plain(self) -> bool:
        """Nothing but words."""
        carries = self.pins or self.offers or self.search or self.poll
        return not carries and self.board is None and self.quote is None

    @property
    def digest(self) -> str:
        """Of everything; what came later counts only when it is there, for retries of old."""
        body: list[object] = [self.text, list(self.pins), self.search]
        later = {
            "quote": self.quote,
            "offers": list(self.offers) or None,
            "board": self.board,
            "poll": [self.poll.text, self.poll.deadline] if self.poll else None,
        }
        if more := {name: value for name, value in later.items() if value is not None}:
            body.append(more)
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()


def tidy_text(text: str) -> str:
    """Raises PinboardError "too_long" with a sentence for the person."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > MAX_TEXT:
        raise PinboardError(
            f"This message is too long: {len(text):,} characters, and {MAX_TEXT:,} fit.",
            code="too_long",
        )
    return text


def words(
    *,
    text: str = "",
    pins: Sequence[int] = (),
    search: str = "",
    quote: int | None = None,
    offers: Sequence[int] = (),
    board: int | None = None,
    poll: Question | None = None,
) -> Words:
    """Tidy and check what is to be said. Raises PinboardError with a sentence for the person."""
    text = tidy_text(text)
    unique, brought = tuple(dict.fromkeys(pins)), tuple(dict.fromkeys(offers))
    if poll:
        refuse_choices(len(unique) + len(brought))
    if len(unique) + len(brought) > MAX_PINS:
        raise PinboardError(f"One message carries up to {MAX_PINS} pins.", code="too_many_pins")
    said = Words(
        text=text,
        pins=unique,
        search=search,
        quote=quote,
        offers=brought,
        board=board,
        poll=poll,
    )
    if said.is_empty:
        raise PinboardError("Write something, or add a pin.", code="empty")
    return said


def post_message(
    *,
    actor: Person,
    conversation_id: int,
    client_id: uuid.UUID,
    said: Words,
    accepts: bool = False,
) -> tuple[Message, bool]:
    """Say something. Returns the message and whether it is new.

    A retry with the same client_id returns the message of the first time, also when it was taken
    back since: it stays so. accepts: to somebody who was asked, answering is accepting. Raises
    NotAMember, Blocked, Conflict, QuoteGone, and PinboardError "pin_gone", "private_pin",
    "offer_gone", "board_gone" or "past_deadline".
    """
    with with_lock(conversation_id, actor=actor, accepts=accepts) as conversation:
        if earlier := _said_before(conversation, actor, client_id):
            if not earlier.removed and earlier.body_digest != said.digest:
                raise Conflict
            # Whoever tries again may have lost more than the answer: the process that said it
            # may have died before it told anybody.
            tell_again(earlier)
            return earlier, False
        heed_limits(conversation, actor=actor)
        refuse_unquotable(conversation, actor, said.quote)
        _refuse_unseen_pins(conversation, actor, said.pins)
        if said.board is not None:
            refuse_unseen_board(actor, said.board)
        message = _write(conversation, actor, client_id, said)
        Member.objects.filter(conversation=conversation, person=actor).update(read=message.number)
        index_new(message, is_plain=said.is_plain)
        tell_message(message, is_plain=said.is_plain)
    return message, True


def _said_before(
    conversation: Conversation, sender: Person, client_id: uuid.UUID
) -> Message | None:
    row = _WITH_CLIENT_ID.row(conversation=conversation.pk, sender=sender.pk, client_id=client_id)
    return Message.objects.get(pk=row[0]) if row else None


def _with_client_id(
    conversation: int, sender: int, client_id: uuid.UUID
) -> QuerySet[Message, tuple[int]]:
    said = Message.objects.filter(conversation=conversation, sender=sender, client_id=client_id)
    return said.values_list("pk")


_WITH_CLIENT_ID = Prepared(_with_client_id)


def write_line(
    conversation: Conversation,
    *,
    actor: Person,
    text: str,
    client_id: uuid.UUID | None = None,
    about: Message | None = None,
) -> Message:
    """A line about the conversation, inside with_lock: who joined, who left, what was decided.

    about: the message whose pins the line names; taken back, it takes the names along.
    """
    line = Words(text=text, quote=about.pk if about else None)
    message = _write(conversation, actor, client_id or uuid.uuid4(), line, kind=Message.Kind.LINE)
    tell_message(message, is_plain=True)
    return message


def _write(
    conversation: Conversation,
    sender: Person,
    client_id: uuid.UUID,
    said: Words,
    kind: str = Message.Kind.SAID,
) -> Message:
    number = next_number(conversation)
    conversation.active = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        sender=sender,
        client_id=client_id,
        body_digest=said.digest,
        number=number,
        changed=number,
        kind=kind,
        text=said.text,
        search=said.search,
        quote_id=said.quote,
        board_id=said.board,
    )
    if said.pins or said.offers:
        _carry(message, sender, said)
    return message


def _carry(message: Message, sender: Person, said: Words) -> None:
    """The message's pins, and the poll about them."""
    conversation = message.conversation
    brought = pins_of_offers(sender, said.offers)
    pins = [*said.pins, *brought]
    marks_after = _last_came(conversation)
    MessagePin.objects.bulk_create(
        MessagePin(
            message=message,
            conversation=conversation,
            pin_id=pin_id,
            position=position,
            brought=pin_id in brought,
            marks_after=marks_after,
        )
        for position, pin_id in enumerate(pins)
    )
    if said.poll:
        ask(message, said.poll, pins=pins)


def _last_came(conversation: Conversation) -> int:
    """The number after which everybody was there who is here now."""
    here = Member.objects.filter(conversation=conversation, left__isnull=True)
    return here.aggregate(since=Max("since"))["since"] or 0


def _refuse_unseen_pins(conversation: Conversation, actor: Person, ids: Sequence[int]) -> None:
    """A message carries only pins its sender sees; private ones only their maker brings along.

    Sharing widens who may see a pin. With a private pin that is its maker's to do; once it is
    part of a conversation, anybody there may show it again.
    """
    seen = Pin.objects.visible_to(actor).filter(pk__in=ids) if ids else Pin.objects.none()
    found = {pin.pk: pin for pin in seen}
    if len(found) != len(ids):
        raise PinboardError(
            "A pin in this message is gone. Take it out and send the rest.", code="pin_gone"
        )
    foreign = {pk for pk, pin in found.items() if not pin.is_public and pin.maker_id != actor.pk}
    if not foreign:
        return
    here = MessagePin.objects.filter(conversation=conversation, pin__in=foreign)
    if foreign - set(here.values_list("pin_id", flat=True)):
        raise PinboardError(
            "A pin in this message is private. Only the person who made it can share it further.",
            code="private_pin",
            status=403,
        )
