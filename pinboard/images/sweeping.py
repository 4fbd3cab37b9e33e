"""Taking away what nothing refers to: rows nobody uses, files no row vouches for.

Careful on purpose. What refers to a picture is asked of Django's own list of related objects, so
a room that adds a foreign key is heard without a word; a row is deleted without cascades, so a
reference we failed to see stops the deletion in the database instead of being taken along.
(A reference that is no foreign key, such as an id in JSON, is not seen. Do not make one.)

A day's round: the keys are divided into 256 shards by their first two digits, and each run takes
the few whose turn it is, so that no run lists the whole storage.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q
from django.utils import timezone

from pinboard.images.filing import remove
from pinboard.images.models import Picture, PictureQuerySet, Upload, folder_of

# Somebody may upload in the morning and write the pin in the evening.
ROW_PATIENCE = timedelta(hours=24)
# Between writing a file and the row that names it lie seconds. A round takes 12 hours, so no
# orphan is older than a day.
FILE_PATIENCE = timedelta(hours=12)
SWEEP_MINUTES = 30
_SHARDS = [f"{number:02x}" for number in range(256)]
_SHARDS_A_RUN = 11


def unreferenced() -> PictureQuerySet:
    """Pictures to which nothing refers but the fact that somebody uploaded them."""
    nobody = Q()
    for relation in _references():
        holder = relation.related_model._base_manager
        nobody &= ~Q(Exists(holder.filter(**{relation.field.name: OuterRef("pk")})))
    return PictureQuerySet(Picture).filter(nobody)


def _references() -> list[ForeignObjectRel]:
    """Every foreign key to Picture in the house but Upload's; many-to-many through their rows."""
    return [
        relation
        for relation in Picture._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and (relation.one_to_many or relation.one_to_one)
        and relation.related_model is not Upload
    ]


def sweep(now: datetime | None = None) -> None:
    """One run: rows first, then files, of the shards whose turn it is."""
    now = now or timezone.now()
    for shard in shards_of(now):
        sweep_rows(shard, before=now - ROW_PATIENCE)
        sweep_files(shard, before=now - FILE_PATIENCE)


def shards_of(now: datetime) -> list[str]:
    """The shards of one run: every one comes round within FILE_PATIENCE."""
    run = int(now.timestamp()) // (SWEEP_MINUTES * 60)
    start = run * _SHARDS_A_RUN
    return [_SHARDS[(start + step) % len(_SHARDS)] for step in range(_SHARDS_A_RUN)]


def sweep_rows(shard: str, *, before: datetime) -> None:
    """Delete unreferenced pictures of a shard that nobody stored since."""
    old = unreferenced().filter(last_stored__lt=before, key__gte=shard, key__lt=shard + "g")
    for picture_id in list(old.values_list("pk", flat=True)):
        _delete(picture_id, Q(last_stored__lt=before))


def remove_if_unused(picture_id: int) -> None:
    """Delete a picture at once if nothing refers to it and nobody else uploaded it."""
    _delete(picture_id, ~Q(Exists(Upload.objects.filter(picture=OuterRef("pk")))))


def _delete(picture_id: int, condition: Q) -> None:
    """Delete row and files if the row is still unreferenced and meets the condition."""
    try:
        with transaction.atomic():
            rows = unreferenced().filter(condition, pk=picture_id).select_for_update(of=("self",))
            picture = rows.first()
            if picture is None:
                return
            Upload.objects.filter(picture=picture).delete()
            # Without cascades: a reference made this instant, or one we cannot see, is an
            # IntegrityError here and not somebody's pin.
            gone = Picture.objects.filter(pk=picture.pk)
            gone._raw_delete(using=gone.db)
            transaction.on_commit(partial(remove, picture.files))
    except IntegrityError:
        return


def sweep_files(shard: str, *, before: datetime) -> None:
    """Delete files of a shard that no row vouches for and that are older than before."""
    folder = folder_of(shard)
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    # Listed first and asked second: a file whose row came in between is vouched for.
    rows = Picture.objects.filter(key__gte=shard, key__lt=shard + "g")
    vouched = {name for picture in rows.iterator() for name in picture.files}
    for name in names:
        path = f"{folder}/{name}"
        if path not in vouched and default_storage.get_modified_time(path) < before:
            remove([path])
