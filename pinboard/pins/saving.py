"""Making pins and placing them: the deeds of the heart.

One pin, many saves: saving never copies a pin. A pin is public while a save of it lies on a
public board; only its maker's saves can make a private pin public.

Whoever changes saves holds the board first, then the pins by number, and only then looks: two
deeds at once would each count the other's save, and a form may have read its board long ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.images.models import Picture
from pinboard.images.storing import release_picture
from pinboard.people.models import Person
from pinboard.pins.freshness.correcting import as_corrected
from pinboard.pins.freshness.schedule import expect
from pinboard.pins.models import Board, BoardCollaborator, Favourite, Pin, Save, Section, Source
from pinboard.pins.signals import pin_changed, pin_deleting

# Sent with save= after somebody placed a pin on a board; notifications listen.
pin_saved = Signal()


@transaction.atomic
def make_pin(
    *,
    owner: Person,
    picture: Picture,
    board: Board,
    title: str = "",
    description: str = "",
    alt: str = "",
    source: Source | None = None,
    note: str = "",
    section: Section | None = None,
) -> Pin:
    """Make a pin and place it on one of its owner's boards."""
    source = as_corrected(source, by=owner.pk)
    pin = Pin.objects.create(
        maker=owner, picture=picture, source=source, title=title, description=description, alt=alt
    )
    save_to_board(actor=owner, pin=pin, board=board, note=note, section=section)
    return pin


def make_private_pin(
    *,
    owner: Person,
    picture: Picture,
    source: Source | None = None,
    title: str = "",
    description: str = "",
    alt: str = "",
) -> Pin:
    """A pin on no board: seen by its maker, and wherever it is shared. In a transaction."""
    source = as_corrected(source, by=owner.pk)
    pin = Pin.objects.create(
        maker=owner, picture=picture, source=source, title=title, description=description, alt=alt
    )
    expect(source)
    pin_changed.send(Pin, pin_ids=[pin.pk])
    return pin


@transaction.atomic
def save_to_board(
    *,
    actor: Person,
    pin: Pin,
    board: Board,
    note: str | None = None,
    section: Section | None = None,
) -> Save:
    """Place a pin on a board, or change note and section where it lies there already.

    note, section: None leaves what was said before. What somebody else placed on a shared board
    stays theirs, with their words.
    Raises PinboardError "not_your_board", "board_gone", "pin_gone", and "private_pin" when
    somebody who did not make a private pin would show it to others by this.
    """
    held = _hold_to_save(board, actor)
    locked = next(iter(hold_pins([pin.pk])), None)
    if locked is None:
        raise PinboardError("This pin is gone.", code="pin_gone", status=404)
    if _shown_to_others(held, actor, [locked]):
        raise PinboardError(
            "This pin is private. You can save it to a secret board of your own."
            if held.is_secret
            else "This pin is private. You can save it to a secret board.",
            code="private_pin",
            status=403,
        )
    words = {"note": note, "section": section}
    said = {name: value for name, value in words.items() if value is not None}
    save, is_new = Save.objects.get_or_create(
        pin=locked, board=held, defaults={"saver": actor, "is_public": not held.is_secret, **said}
    )
    if said and not is_new and save.saver_id == actor.pk:
        for name, value in said.items():
            setattr(save, name, value)
        save.save(update_fields=list(said))
    _remember_use(held, actor)
    settle_visibility([pin.pk])
    if is_new:
        expect(pin.source)
        pin_saved.send(Save, save=save)
    return save


@dataclass(frozen=True, slots=True)
class Gathered:
    """placed: pins that were not on the board before. left_out: private pins of others."""

    placed: list[int]
    left_out: int


@transaction.atomic
def save_all_to_board(*, actor: Person, pins: Sequence[int], board: Board) -> Gathered:
    """Place many pins at once, the first of them topmost; what lies there already stays.

    pins: ids, fetched through visible_to. Raises PinboardError "not_your_board", "board_gone".
    """
    held = _hold_to_save(board, actor)
    locked = {pin.pk: pin for pin in hold_pins(pins)}
    there = set(Save.objects.filter(board=held, pin__in=pins).values_list("pin_id", flat=True))
    fresh = [locked[pk] for pk in reversed(pins) if pk in locked and pk not in there]
    private = _shown_to_others(held, actor, fresh)
    saves = Save.objects.bulk_create(
        Save(pin=pin, board=held, saver=actor, is_public=not held.is_secret)
        for pin in fresh
        if pin.pk not in private
    )
    _remember_use(held, actor)
    placed = [save.pin_id for save in saves]
    settle_visibility(placed)
    for save in saves:
        pin_saved.send(Save, save=save)
    return Gathered(placed, left_out=len(private))


def unsave(*, actor: Person, pin: Pin, board: Board) -> None:
    """Take a pin from a board. The pin stays with its maker even when it lies nowhere."""
    unsave_all(actor=actor, pins=[pin.pk], board=board)


@transaction.atomic
def unsave_all(*, actor: Person, pins: Sequence[int], board: Board) -> None:
    """Take pins from a board: its owner any, a collaborator those they placed themselves."""
    held = _hold_to_save(board, actor)
    hold_pins(pins)
    there = Save.objects.filter(pin__in=pins, board=held)
    mine = there if held.owner_id == actor.pk else there.filter(saver=actor)
    if len(pins) == 1 and there.exists() and not mine.exists():
        raise PinboardError(
            "Only who placed this pin here, or the owner of the board, can take it away.",
            code="not_your_save",
            status=403,
        )
    mine.delete()
    settle_visibility(pins)


@transaction.atomic
def set_secrecy(*, board: Board, is_secret: bool) -> None:
    """Make a board secret or public, and with it whatever lies only there.

    A pin that somebody else made and that is private stays out of sight: a board that holds
    one cannot become public.
    """
    held = hold_board(board)
    if held.is_secret == is_secret:
        board.is_secret = is_secret
        return
    pins = hold_pins(Save.objects.filter(board=held).values("pin"))
    foreign = any(not pin.is_public and pin.maker_id != held.owner_id for pin in pins)
    if foreign and not is_secret:
        raise PinboardError(
            "This board holds private pins of other people, so it has to stay secret.",
            code="private_pins_on_board",
            status=409,
        )
    board.is_secret = is_secret
    board.save(update_fields=["is_secret"])
    Save.objects.filter(board=board).update(is_public=not is_secret)
    settle_visibility([pin.pk for pin in pins])


@transaction.atomic
def change_pin(*, pin: Pin, title: str, description: str, alt: str) -> None:
    pin.title, pin.description, pin.alt = title, description, alt
    pin.changed = timezone.now()
    pin.save(update_fields=["title", "description", "alt", "changed"])
    pin_changed.send(Pin, pin_ids=[pin.pk])


@transaction.atomic
def delete_pin(*, pin: Pin) -> None:
    """The pin and every save of it, everywhere, are gone."""
    pin_id = pin.pk
    # Conversations are locked before pins, here as in posting.
    pin_deleting.send(Pin, pin_id=pin_id)
    hold_pins([pin_id])
    pin.delete()
    release_picture(pin.picture_id, owner_id=pin.maker_id)
    pin_changed.send(Pin, pin_ids=[pin_id])


def favourite(*, actor: Person, pin: Pin) -> None:
    Favourite.objects.get_or_create(person=actor, pin=pin)


def unfavourite(*, actor: Person, pin: Pin) -> None:
    Favourite.objects.filter(person=actor, pin=pin).delete()


def _hold_to_save(board: Board, actor: Person) -> Board:
    """The board, held, if the actor may save to it at this moment."""
    held = hold_board(board)
    edited = BoardCollaborator.objects.filter(
        board=held, person=actor, role=BoardCollaborator.Role.EDITOR
    )
    if held.owner_id != actor.pk and not edited.exists():
        raise PinboardError(
            "Only the owner of a board and its collaborators can save to it.",
            code="not_your_board",
            status=403,
        )
    return held


def _shown_to_others(board: Board, actor: Person, pins: Sequence[Pin]) -> set[int]:
    """Private pins that somebody would see by their being here, which is their maker's to do.

    The people of a secret board are its owner and collaborators.
    """
    foreign = {pin.pk for pin in pins if not pin.is_public and pin.maker_id != actor.pk}
    if not foreign or not board.is_secret:
        return foreign
    people = Person.objects.filter(Q(collaborations__board=board) | Q(pk=board.owner_id))
    hidden: set[int] = set()
    for person in people.exclude(pk=actor.pk).distinct():
        seen = Pin.objects.visible_to(person).filter(pk__in=foreign)
        hidden |= foreign - set(seen.values_list("pk", flat=True))
    return hidden


def _remember_use(board: Board, actor: Person) -> None:
    """Everybody is offered the board first which they used last themselves."""
    if board.owner_id == actor.pk:
        Board.objects.filter(pk=board.pk).update(used=timezone.now())
    else:
        BoardCollaborator.objects.filter(board=board, person=actor).update(used=timezone.now())


def hold_board(board: Board) -> Board:
    """The board as it is now, until the transaction ends. Raises PinboardError "board_gone"."""
    held = Board.objects.select_for_update().filter(pk=board.pk).first()
    if held is None:
        raise PinboardError("This board is gone. Choose another.", code="board_gone", status=409)
    return held


def hold_pins(pins: Iterable[int] | QuerySet[Save, Any]) -> list[Pin]:
    """These pins as they are now, until the transaction ends; those that are gone are left out.

    Always by number, so that two who hold several pins never wait for each other.
    """
    held = Pin.objects.select_for_update().filter(pk__in=pins).order_by("pk")
    return list(held.only("is_public", "maker"))


def settle_visibility(pin_ids: Iterable[int]) -> None:
    """Bring is_public and save_count of these pins in line with the saves that exist now.

    The caller holds the pins (hold_pins) since before it changed their saves.
    """
    ids = list(pin_ids)
    public_saves = Save.objects.filter(pin=OuterRef("pk"), is_public=True)
    counted = public_saves.order_by().values("pin").annotate(n=Count("pk")).values("n")
    Pin.objects.filter(pk__in=ids).update(
        is_public=Exists(public_saves), save_count=Coalesce(Subquery(counted), 0)
    )
    pin_changed.send(Pin, pin_ids=ids)
