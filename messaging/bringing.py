"""Pictures and links brought into a conversation from outside: pins, once the message is sent.

Until then they are drafts (pinboard/pins/drafting.py): seen by their bringer alone, forgotten
after a week. Sending makes each a private pin of the sender, which whoever sees the message
sees, until somebody saves it elsewhere; taking the message back takes it away again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from messaging.models import Message, MessagePin
from pinboard.errors import PinboardError
from pinboard.images.cards import CardPicture
from pinboard.images.storing import release_picture
from pinboard.people.models import Person
from pinboard.pins import drafting, saving
from pinboard.pins.models import Draft, DraftPicture, Pin, Save

# In forms, an offered picture stands among the pins as "o12".
MARK = "o"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the composer shows of a picture that waits to be sent; shaped like a card."""

    id: str
    title: str
    picture: CardPicture
    url: str = ""
    alt: str = ""
    draft: int = 0


def bring_files(
    *, actor: Person, files: Iterable[UploadedFile[Any]]
) -> tuple[list[Draft], list[drafting.Refusal]]:
    """Each file a draft of its own, so that each can be taken away by itself.

    Raises PinboardError "uploads_busy" when it is met with the first file.
    """
    drafts: list[Draft] = []
    refusals: list[drafting.Refusal] = []
    for file in files:
        draft, refused = drafting.draft_from_files(owner=actor, files=[file])
        drafts += [draft] if draft else []
        refusals += refused
    return drafts, refusals


def offers_of(drafts: Sequence[Draft]) -> list[Offer]:
    """What these drafts would send: of a page the best picture, of files all."""
    wanted: list[DraftPicture] = []
    for draft in drafts:
        offers = list(draft.offers.select_related("picture", "draft__source"))
        wanted += offers[:1] if draft.link else offers
    return [_offer(one) for one in wanted]


def visible_offers(actor: Person, ids: Sequence[int]) -> list[Offer]:
    """Those of these offered pictures that are the actor's, in the order of the ids."""
    found = {one.pk: one for one in _offers(actor, ids)}
    return [_offer(found[pk]) for pk in ids if pk in found]


def pins_of_offers(actor: Person, ids: Sequence[int]) -> list[int]:
    """Make the offered pictures pins of the actor; their drafts are done with. In a transaction.

    Raises PinboardError "offer_gone" when one was sent already, taken away or forgotten.
    """
    if not ids:
        return []
    mine = DraftPicture.objects.filter(pk__in=ids, draft__person=actor).values("draft")
    drafts = list(Draft.objects.select_for_update().filter(pk__in=mine).order_by("pk"))
    offers = {one.pk: one for one in _offers(actor, ids)}
    if len(offers) != len(ids):
        raise PinboardError(
            "A picture in this message is no longer there. Take it out, or add it again.",
            code="offer_gone",
        )
    pins = [_make_pin(actor, offers[pk]) for pk in ids]
    DraftPicture.objects.filter(pk__in=ids).delete()
    for draft in drafts:
        if draft.link or not draft.offers.exists():
            _forget(draft)
    return pins


@transaction.atomic
def take_away(*, actor: Person, draft_id: int) -> None:
    """The bringer wants it no more. What is gone already is no error."""
    draft = Draft.objects.select_for_update().filter(person=actor, pk=draft_id).first()
    if draft:
        _forget(draft)


def brought_by(message: Message) -> list[int]:
    """Pins that exist because of this message alone; ask before it is taken back."""
    brought = MessagePin.objects.filter(message=message, brought=True, pin__isnull=False)
    elsewhere = MessagePin.objects.exclude(message=message).values("pin")
    kept = Save.objects.values("pin")
    found = brought.exclude(pin__in=elsewhere.filter(pin__isnull=False)).exclude(pin__in=kept)
    return [pk for pk in found.values_list("pin_id", flat=True) if pk]


def forget_pins(pin_ids: Sequence[int]) -> None:
    """Delete pins that a message brought, once no message carries them; unless somebody saved one.

    Inside the transaction that takes the message back, after its pins were taken from it.
    """
    for pin in saving.hold_pins(pin_ids):
        if not (MessagePin.objects.filter(pin=pin).exists() or pin.saves.exists()):
            saving.delete_pin(pin=Pin.objects.get(pk=pin.pk))


def _offers(actor: Person, ids: Sequence[int]) -> list[DraftPicture]:
    mine = DraftPicture.objects.filter(
        pk__in=ids, draft__person=actor, draft__state=Draft.State.READY
    )
    return list(mine.select_related("picture", "draft__source"))


def _offer(one: DraftPicture) -> Offer:
    return Offer(
        id=f"{MARK}{one.pk}",
        title=_title(one) or "A picture",
        picture=one.picture.card_picture,
        alt=one.alt,
        draft=one.draft_id,
    )


def _title(one: DraftPicture) -> str:
    source = one.draft.source
    return str(source.reading.get("title", ""))[:200] if source else ""


def _make_pin(actor: Person, one: DraftPicture) -> int:
    source = one.draft.source
    about = str(source.reading.get("description", ""))[:2000] if source else ""
    pin = saving.make_private_pin(
        owner=actor,
        picture=one.picture,
        source=source,
        title=_title(one),
        description=about,
        alt=one.alt,
    )
    return pin.pk


def _forget(draft: Draft) -> None:
    """The draft, and the pictures nobody took."""
    left = list(draft.offers.values_list("picture", flat=True))
    owner = draft.person_id
    draft.delete()
    for picture in left:
        if not Pin.objects.filter(picture=picture, maker=owner).exists():
            release_picture(picture, owner_id=owner)
