"""Boards and their sections: making, changing, deleting."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from pinboard.people.models import Person
from pinboard.pins.models import Board, Save, Section
from pinboard.pins.saving import set_secrecy, settle_visibility

# Words that stand behind /@name/ for something else than a board.
TAKEN_SLUGS = {"follow", "unfollow", "block", "unblock"}


def make_board(*, owner: Person, name: str, about: str = "", is_secret: bool = False) -> Board:
    """Make a board; its address is its name, with a number where the name is taken."""
    wanted = _slug(name)
    for attempt in range(1, 1000):
        slug = wanted if attempt == 1 and wanted not in TAKEN_SLUGS else f"{wanted}-{attempt + 1}"
        try:
            with transaction.atomic():
                return Board.objects.create(
                    owner=owner, name=name, slug=slug, about=about, is_secret=is_secret
                )
        except IntegrityError:
            continue
    raise AssertionError("a thousand boards of one name")


@transaction.atomic
def change_board(*, board: Board, name: str, about: str, is_secret: bool) -> None:
    """Change words and secrecy; the address stays, so that links keep leading here."""
    board.name, board.about = name, about
    board.save(update_fields=["name", "about"])
    if board.is_secret != is_secret:
        set_secrecy(board=board, is_secret=is_secret)


@transaction.atomic
def delete_board(*, board: Board) -> None:
    """Delete a board with its saves. Its owner's pins stay theirs, private if saved nowhere."""
    pins = list(Save.objects.filter(board=board).values_list("pin_id", flat=True))
    board.delete()
    settle_visibility(pins)


def add_section(*, board: Board, name: str) -> Section:
    """The section of that name, made when there is none."""
    position = board.sections.count()
    section, _ = Section.objects.get_or_create(
        board=board, slug=_slug(name), defaults={"name": name, "position": position}
    )
    return section


def _slug(name: str) -> str:
    return slugify(name, allow_unicode=False)[:70] or "board"
