"""Background work on pictures."""

from __future__ import annotations

from pinboard.images import rendering, sweeping
from pinboard.jobs import job, periodic


@job(retries=3)
def make_renditions(picture_id: int) -> None:
    rendering.render(picture_id)


@job(retries=3)
def remove_if_unused(picture_id: int) -> None:
    sweeping.remove_if_unused(picture_id)


@periodic(minutes=1)
def restart_stalled() -> None:
    """Begin again what died with its process or failed too often."""
    for picture_id in rendering.stalled():
        make_renditions.enqueue(picture_id)


@periodic(minutes=sweeping.SWEEP_MINUTES)
def sweep() -> None:
    sweeping.sweep()
