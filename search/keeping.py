"""Keeping the index right: from notes of what changed to entries that say what is true now.

A change of a pin leaves a Stale note in its own transaction (hearing.py). Shortly after the
commit catch_up() reads the notes and brings those pins' entries in line, in transactions of its
own, so that nobody's save waits for the index or fails with it. Running it twice changes
nothing; one runs at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from pinboard.jobs import Job
from pinboard.pins.models import BoardCollaborator, Pin, Save
from search import index
from search.entries import KEPT, MAX_BOARDS, Kept, Known, own_entry, public_entry
from search.models import OwnEntry, PinFacts, PublicEntry, Stale
from search.rows import chunks, replace_rows
from search.vocabulary import Changes

# Pins per transaction: few enough that other writers hardly wait.
BATCH = 50
# Own notes on public boards beyond MAX_BOARDS that are kept to be found, of one pin.
MAX_NOTES = 200


def note_stale(pin_ids: Iterable[int]) -> None:
    """Leave notes, part of the present transaction, and see to it that they are read after it."""
    from search.jobs import index_stale  # jobs call deeds; deeds enqueue them

    Stale.objects.bulk_create([Stale(pin_id=pin_id) for pin_id in pin_ids], batch_size=500)
    if not _already_waiting():
        transaction.on_commit(partial(_enqueue, index_stale))


def _enqueue(job: Job[[]]) -> None:
    job.enqueue()


def _already_waiting() -> bool:
    """Whether this transaction enqueues the job anyway: a deed may send a thousand signals."""
    return any(getattr(entry[1], "func", None) is _enqueue for entry in connection.run_on_commit)


def catch_up() -> int:
    """Index everything that is stale. Returns the number of pins."""
    done = 0
    while pins := _catch_up_some():
        done += pins
    return done


def _catch_up_some() -> int:
    if not Stale.objects.exists():
        return 0
    with transaction.atomic():
        index.engine().lock()
        # The newest first: whoever changed a pin just now does not wait for all the others.
        waiting = Stale.objects.order_by("-pk").values_list("pin_id", flat=True)[: BATCH * 4]
        pins = list(dict.fromkeys(waiting))[:BATCH]
        # Named before the pins are read: a note that comes later is about what we may not see.
        notes = list(Stale.objects.filter(pin_id__in=pins).values_list("pk", flat=True))
        _index(pins)
        for start in range(0, len(notes), 1000):
            Stale.objects.filter(pk__in=notes[start : start + 1000]).delete()
    return len(pins)


def index_pins(pin_ids: Sequence[int]) -> None:
    """Bring the entries of these pins in line with what is true now."""
    with transaction.atomic():
        index.engine().lock()
        _index(pin_ids)


def orphans() -> Iterator[list[int]]:
    """Pins that have entries but are gone, in batches."""
    for entries in (PublicEntry.objects, OwnEntry.objects, PinFacts.objects):
        gone = entries.exclude(pin_id__in=Pin.objects.values("pk"))
        ids = list(gone.values_list("pin_id", flat=True).distinct())
        yield from (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _index(pin_ids: Sequence[int]) -> None:
    pins = Pin.objects.select_related("source", "picture").in_bulk(list(pin_ids))
    saves: dict[int, list[Kept]] = defaultdict(list)
    for save in map(Kept._make, _saves_of(pin_ids)):
        saves[save.pin_id].append(save)
    together = _together(save for listed in saves.values() for save in listed)
    known = {pk: Known.of(pin) for pk, pin in pins.items()}
    public = []
    own = []
    for pk, pin in pins.items():
        seen = [save for save in saves[pk] if save.is_public]
        if pin.is_public:
            public.append(public_entry(known[pk], seen[:MAX_BOARDS], public_saves=len(seen)))
        for person, mine in _owners(pin, saves[pk], together):
            others = (save for save in seen if save not in mine)
            own.append(own_entry(known[pk], person, [*mine, *others]))
    _write_public(pin_ids, public)
    replace_rows(OwnEntry, pin_ids, own, key=("pin_id", "person_id"))
    replace_rows(PinFacts, pin_ids, [each.facts for each in known.values()], key=("pin_id",))


def _saves_of(pin_ids: Sequence[int]) -> QuerySet[Save, tuple[Any, ...]]:
    return Save.objects.filter(pin__in=pin_ids).order_by("pin", "pk").values_list(*KEPT)


def _owners(
    pin: Pin, saves: list[Kept], together: dict[int, set[int]]
) -> Iterator[tuple[int, list[Kept]]]:
    """Who may find this pin by words that others may not see, and the saves they know.

    together: by board, its owner and collaborators.
    """
    secret = {person for save in saves if not save.is_public for person in together[save.board_id]}
    if not pin.is_public:
        secret.add(pin.maker_id)
    # A pin kept by very many is public with the words of the first boards alone: whoever wrote a
    # note of their own still finds it by that.
    public = [save for save in saves if save.is_public]
    secret.update(save.saver for save in public[MAX_BOARDS:][:MAX_NOTES] if save.note)
    for person in sorted(secret):
        yield person, [save for save in saves if person in together[save.board_id]]


def _together(saves: Iterable[Kept]) -> dict[int, set[int]]:
    """By board of these saves, the people who see it while it is secret."""
    people = {save.board_id: {save.owner} for save in saves}
    for some in chunks(people):
        rows = BoardCollaborator.objects.filter(board__in=some)
        for board_id, person_id in rows.values_list("board_id", "person_id"):
            people[board_id].add(person_id)
    return people


def _write_public(pin_ids: Sequence[int], entries: list[PublicEntry]) -> None:
    """Put these in the place of all public entries of these pins, and count their words."""
    changes = Changes()
    # In the stored order, in which the engine takes them best.
    entries.sort(key=lambda entry: entry.place)
    for old, new in replace_rows(PublicEntry, pin_ids, entries, key=("pin_id",)):
        changes.take(old.terms if old else "")
        changes.give(new.terms if new else "")
    changes.apply()
