"""The shelf: every pin of a conversation in one place, once, the newest share first.

A pin stands where it was shared last. Numbers of shares rise with the places of their messages
(both are handed out under the conversation's lock), so the key of a share is the key of a page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    FloatField,
    OuterRef,
    QuerySet,
    TextField,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from messaging.marks import marks_on
from messaging.models import Conversation, Decision, Member, Message, MessagePin, Verdict
from messaging.shelf_filters import Prices, ShelfFilter
from messaging.shown_pins import SharedPin, shared_pin
from pinboard.people.models import Person
from pinboard.pins.cards import CARD_FIELDS, marks_of
from pinboard.pins.read_times import oldest_price

SHELF_SIZE = 30
# Pins that are saved to a board at once.
MOST_SAVED = 500
# What a price must look like before an engine may read it as a number.
NUMBER = r"^[0-9]{1,9}([.][0-9]{1,6})?$"


@dataclass(frozen=True, slots=True)
class ShelfPin:
    """A pin with who shared it last, and when. message: that message's place."""

    shared: SharedPin
    sender_name: str
    sender_url: str
    time: datetime
    place: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to filter by: senders' ids, kinds of pins, and the prices of products."""

    senders: Sequence[int]
    kinds: Sequence[str]
    prices: Sequence[Prices]


def shares_of(
    conversation: Conversation, *, viewer: Person, wanted: ShelfFilter
) -> QuerySet[MessagePin]:
    """The last share of each pin that the viewer may see and that passes, newest first."""
    shares = _visible_shares(conversation, viewer)
    newer = MessagePin.objects.filter(
        conversation=conversation, pin=OuterRef("pin"), pk__gt=OuterRef("pk")
    )
    if wanted.sender:
        shares = shares.filter(message__sender=wanted.sender)
        newer = newer.filter(message__sender=wanted.sender)
    return _passing(shares, conversation, viewer, wanted).filter(~Exists(newer)).order_by("-pk")


def _visible_shares(conversation: Conversation, viewer: Person) -> QuerySet[MessagePin]:
    seen = Message.objects.visible_to(viewer).filter(conversation=conversation)
    return MessagePin.objects.filter(
        conversation=conversation, pin__isnull=False, message__in=seen.values("pk")
    )


def _passing(
    shares: QuerySet[MessagePin], conversation: Conversation, viewer: Person, wanted: ShelfFilter
) -> QuerySet[MessagePin]:
    of_pin = {"conversation": conversation, "pin": OuterRef("pin")}
    given = Verdict.objects.filter(**of_pin, number__gt=OuterRef("marks_after"))
    if wanted.verdict == "unanswered":
        shares = shares.filter(~Exists(given.filter(person=viewer)))
    elif wanted.verdict:
        shares = shares.filter(Exists(given.filter(value=wanted.verdict)))
    if wanted.state:
        decided = Exists(Decision.objects.filter(**of_pin))
        shares = shares.filter(decided if wanted.state == "decided" else ~decided)
    if wanted.kind == "plain":
        shares = shares.exclude(pin__source__kind__in=("recipe", *_OTHER_KINDS))
    elif wanted.kind:
        shares = shares.filter(pin__source__kind=wanted.kind)
    if band := wanted.price:
        between: dict[str, str | int] = {"currency": band.currency, "price__gte": band.low}
        if band.high is not None:
            between["price__lt"] = band.high
        shares = _with_price(shares).filter(**between)
    return shares


_OTHER_KINDS = ("product", "article", "place", "movie")


def _with_price(shares: QuerySet[MessagePin]) -> QuerySet[MessagePin]:
    """Products with their currency, and their price as a number where it is one and still holds."""
    product = KeyTransform("product", "pin__source__reading")
    number = When(price_text__regex=NUMBER, then=Cast("price_text", FloatField()))
    priced = shares.filter(pin__source__kind="product", pin__source__read_at__gt=oldest_price())
    return priced.annotate(
        # As text: what is compared with a part of JSON would be read as JSON itself.
        currency=Cast(KeyTextTransform("currency", product), TextField()),
        price_text=Cast(KeyTextTransform("price", product), TextField()),
        price=Case(number, output_field=FloatField()),
    )


def facets_of(conversation: Conversation, *, viewer: Person) -> Facets:
    """Three queries, whatever the size."""
    shares = _visible_shares(conversation, viewer).order_by()
    prices = (
        _with_price(shares)
        .filter(price__isnull=False)  # type: ignore[misc]  # annotated by _with_price
        .values("currency", "price")
        .annotate(n=Count("pin", distinct=True))
    )
    kinds = {kind or "plain" for (kind,) in shares.values_list("pin__source__kind").distinct()}
    return Facets(
        senders=list(shares.values_list("message__sender", flat=True).distinct()),
        kinds=sorted(kinds),
        prices=_by_currency(prices),
    )


def _by_currency(rows: Iterable[Mapping[str, Any]]) -> list[Prices]:
    """Each with what its pins cost; first the currency that most pins have."""
    pins: Counter[str] = Counter()
    amounts: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row["currency"]:
            pins[row["currency"]] += row["n"]
            amounts[row["currency"]].append(row["price"])
    return [Prices(currency, tuple(amounts[currency])) for currency, _ in pins.most_common()]


def show_shares(
    shares: Sequence[MessagePin], *, viewer: Person, members: Mapping[int, Member]
) -> list[ShelfPin]:
    """Shares of one conversation as the viewer sees them, marks and all. Two queries."""
    if not shares:
        return []
    conversation_id = shares[0].conversation_id
    marks = marks_on(conversation_id, [share.message_id for share in shares])
    pins = [share.pin_id for share in shares if share.pin_id]
    saved, favourites = marks_of(viewer, pins)
    shown = []
    for share in shares:
        one = shared_pin(share, marks, members, place=share.message.number)
        assert one.card is not None
        pk = one.card.id
        card = replace(one.card, saved=pk in saved, favourite=pk in favourites)
        sender = members[share.message.sender_id].person
        shown.append(
            ShelfPin(
                shared=replace(one, card=card),
                sender_name=sender.display_name,
                sender_url="" if sender.is_guest else sender.get_absolute_url(),
                time=share.message.created,
                place=share.message.number,
            )
        )
    return shown


def with_cards(shares: QuerySet[MessagePin]) -> QuerySet[MessagePin]:
    """What show_shares() needs of each, in the same query."""
    return shares.select_related("message", *(f"pin__{name}" for name in CARD_FIELDS))
