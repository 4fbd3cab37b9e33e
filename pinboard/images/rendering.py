"""The smaller sizes of a picture: made once, in the background, safe to run twice or die between.

Files are written first, under a token nobody else uses; one conditional update then makes the
row vouch for all of them at once. Whoever comes second finds the row ready and takes its own
files away again; who dies before the update leaves files that no row names, for the sweep.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from pinboard import sandbox
from pinboard.images import press
from pinboard.images.filing import read, remove, write
from pinboard.images.models import Picture, rendition_file

RENDER_SECONDS = 15.0
RENDER_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
# How long a fresh picture is left to its first job before the sweep begins another.
FIRST_PATIENCE = timedelta(minutes=1)
_LONGEST_PATIENCE = timedelta(days=1)


class RenditionsFailed(Exception):
    """Our own clean original could not be scaled: its file was damaged."""


def render(picture_id: int) -> None:
    """Make a picture's renditions unless it has them or is gone.

    Raises RenditionsFailed, FileNotFoundError, SandboxFailed and what the storage raises; the
    picture then stays fresh, shows its original, and is tried again later and later.
    """
    picture = Picture.objects.filter(pk=picture_id, state=Picture.State.FRESH).first()
    if picture is None:
        return
    # Said before the work, so that a picture that kills its worker is counted as well.
    Picture.objects.filter(pk=picture_id).update(
        attempts=F("attempts") + 1, retry_at=timezone.now() + _patience(picture.attempts + 1)
    )
    renditions = sandbox.run(
        press.make_renditions,
        read(picture.original_file),
        seconds=RENDER_SECONDS,
        memory_bytes=RENDER_MEMORY_BYTES,
    )
    if isinstance(renditions, press.Refused):
        raise RenditionsFailed(f"picture {picture_id}: {renditions.message}")
    keep(picture, renditions)


def keep(picture: Picture, renditions: tuple[press.Rendition, ...]) -> None:
    """Write the files, then let the row vouch for them if nobody was quicker."""
    token = secrets.token_hex(8)
    names = [rendition_file(picture.key, token, rendition.width) for rendition in renditions]
    try:
        for name, rendition in zip(names, renditions, strict=True):
            write(name, rendition.data)
        kept = Picture.objects.filter(pk=picture.pk, state=Picture.State.FRESH).update(
            renditions=[[rendition.width, rendition.height] for rendition in renditions],
            rendition_token=token,
            state=Picture.State.READY,
        )
    except Exception:
        remove(names)
        raise
    if not kept:
        remove(names)


def stalled() -> list[int]:
    """Take up to 100 pictures that stayed fresh too long; each is handed out once per patience."""
    now = timezone.now()
    waiting = Picture.objects.filter(state=Picture.State.FRESH, retry_at__lte=now)
    taken = []
    for picture_id, attempts, retry_at in waiting.order_by("retry_at").values_list(
        "pk", "attempts", "retry_at"
    )[:100]:
        same = Picture.objects.filter(pk=picture_id, retry_at=retry_at)
        if same.update(retry_at=now + _patience(attempts + 1)):
            taken.append(picture_id)
    return taken


def _patience(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most a day."""
    return min(FIRST_PATIENCE * (1 << min(attempts, 12)), _LONGEST_PATIENCE)
