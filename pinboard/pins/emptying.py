"""What goes with an account that is deleted, and what stays with the others.

Boards nobody else keeps go. One that somebody else saves to goes on with whoever has done so
longest: it is as much theirs. What was placed there stays, as messages stay, in the name of the
board's owner and without the words that were the placer's; asked to take everything back, the
account takes its own pins from there too. Pins of its making that lie on no board and in no
message after that are deleted with their pictures; the others stay without their maker's name.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from pinboard.images.storing import release_picture
from pinboard.people.deleting import takes_away
from pinboard.people.models import Deletion, Person, blocked_ids
from pinboard.people.relations import hold_people
from pinboard.pins.boards import delete_board, free_slug
from pinboard.pins.collaborating import take_off
from pinboard.pins.kept import kept_elsewhere
from pinboard.pins.models import (
    Board,
    BoardCollaborator,
    Draft,
    DraftPicture,
    Favourite,
    Pin,
    Save,
    ShoppingTick,
    Source,
)
from pinboard.pins.saving import delete_pin, hold_board, hold_pins, settle_visibility


@takes_away(turn=1)
def part_boards(deletion: Deletion) -> None:
    person = deletion.person
    Favourite.objects.filter(person=person).delete()
    ShoppingTick.objects.filter(person=person).delete()
    for board in Board.objects.filter(owner=person).order_by("pk"):
        _pass_on_or_delete(board)
    shared = Board.objects.filter(saves__saver=person) | Board.objects.filter(
        collaborators__person=person
    )
    for board in shared.distinct().order_by("pk"):
        _let_go_of(board, person, takes_back=deletion.takes_back)


@takes_away(turn=3)
def delete_pins(deletion: Deletion) -> None:
    """After the conversations were left: a message that was taken back keeps no pin."""
    person = deletion.person
    _forget_drafts(person)
    lonely = Pin.objects.filter(~Exists(Save.objects.filter(pin=OuterRef("pk"))), maker=person)
    for pin in lonely.exclude(kept_elsewhere()).order_by("pk"):
        delete_pin(pin=pin)
        _forget_source(pin.source_id)


@transaction.atomic
def _pass_on_or_delete(board: Board) -> None:
    editors = BoardCollaborator.objects.filter(
        board=board, role=BoardCollaborator.Role.EDITOR, person__is_active=True
    )
    eldest = editors.select_related("person").order_by("pk").first()
    if eldest is None:
        delete_board(board=board)
        return
    heir = eldest.person
    # Nobody stays on a board of whom they blocked, and nobody is blocked meanwhile.
    hold_people([heir.pk, *board.collaborators.values_list("person_id", flat=True)])
    held = hold_board(board)
    held.owner, held.slug = heir, free_slug(heir, held.slug)
    eldest.delete()
    # With the name, so that messages that carry it and the search hear of the new address.
    held.save(update_fields=["owner", "slug", "name"])
    for row in held.collaborators.filter(person__in=blocked_ids(heir)).select_related("person"):
        take_off(held, row.person)


@transaction.atomic
def _let_go_of(board: Board, person: Person, *, takes_back: bool) -> None:
    """What they placed there is the owner's from now on, and none of their words."""
    held = hold_board(board)
    placed = Save.objects.filter(board=held, saver=person)
    pins = hold_pins(placed.values("pin"))
    if takes_back:
        placed.filter(pin__maker=person).delete()
    placed.update(note="", saver=held.owner_id)
    settle_visibility([pin.pk for pin in pins])
    take_off(held, person)


def _forget_drafts(person: Person) -> None:
    """With the pictures that were offered in them: no upload tells whose those were."""
    drafts = Draft.objects.filter(person=person)
    offers = DraftPicture.objects.filter(draft__in=drafts)
    offered = list(offers.values_list("picture", flat=True).distinct())
    sources = list(drafts.values_list("source", flat=True).distinct())
    with transaction.atomic():
        drafts.delete()
        for picture_id in offered:
            release_picture(picture_id, owner_id=person.pk)
    for source_id in sources:
        _forget_source(source_id)


def _forget_source(source_id: int | None) -> None:
    """The page that only their pins led to: which pages somebody read is theirs too."""
    source = Source.objects.filter(pk=source_id).first() if source_id else None
    if source is None:
        return
    unused = Source.objects.filter(pk=source.pk, pins=None, drafts=None, corrected=None)
    try:
        with transaction.atomic():
            unused.delete()
    except IntegrityError:  # somebody pinned from it in this moment
        return
    _forget_source(source.corrected_from_id)
