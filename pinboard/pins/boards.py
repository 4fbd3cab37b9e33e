"""Boards and their sections: making, changing, deleting."""

from __future__ import annotations

from itertools import chain, count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from pinboard.people.models import Person
from pinboard.pins.models import Board, Save, Section
from pinboard.pins.saving import hold_board, hold_pins, set_secrecy, settle_visibility
from pinboard.pins.signals import board_deleting

# Words that stand behind /@name/ for something else than a board.
TAKEN_SLUGS = {"follow", "unfollow", "block", "unblock"}


def make_board(*, owner: Person, name: str, about: str = "", is_secret: bool = False) -> Board:
    """Make a board; its address is its name, with a number where the name is taken."""
    wanted = _slug(name)
    while True:
        slug = free_slug(owner, wanted)
        try:
            with transaction.atomic():
                return Board.objects.create(
                    owner=owner, name=name, slug=slug, about=about, is_secret=is_secret
                )
        except IntegrityError:
            # Somebody with two windows was quicker; that slug is taken the next time we look.
            if not Board.objects.filter(owner=owner, slug=slug).exists():
                raise


@transaction.atomic
def change_board(*, board: Board, name: str, about: str, is_secret: bool) -> None:
    """Change words and secrecy; the address stays, so that links keep leading here."""
    set_secrecy(board=board, is_secret=is_secret)
    board.name, board.about = name, about
    board.save(update_fields=["name", "about"])


@transaction.atomic
def delete_board(*, board: Board) -> None:
    """Delete a board with its saves. Its owner's pins stay theirs, private if saved nowhere."""
    # Conversations are locked before boards, here as in posting.
    board_deleting.send(Board, board_id=board.pk)
    hold_board(board)
    pins = hold_pins(Save.objects.filter(board=board).values("pin"))
    board.delete()
    settle_visibility([pin.pk for pin in pins])


def add_section(*, board: Board, name: str) -> Section:
    """The section of that name, made when there is none."""
    position = board.sections.count()
    section, _ = Section.objects.get_or_create(
        board=board, slug=_slug(name), defaults={"name": name, "position": position}
    )
    return section


def free_slug(owner: Person, wanted: str) -> str:
    """wanted, or wanted-2, wanted-3, ... if it is taken."""
    alike = Board.objects.filter(owner=owner, slug__startswith=wanted)
    taken = {*TAKEN_SLUGS, *alike.values_list("slug", flat=True)}
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(slug for slug in chain([wanted], numbered) if slug not in taken)


def _slug(name: str) -> str:
    return slugify(name, allow_unicode=False)[:70] or "board"
