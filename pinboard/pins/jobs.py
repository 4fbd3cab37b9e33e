"""Background work of the pins."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pinboard.jobs import job, periodic
from pinboard.pins import drafting
from pinboard.pins.models import Draft


@job(retries=1)
def read_draft(draft_id: int) -> None:
    draft = Draft.objects.filter(pk=draft_id, state=Draft.State.READING).first()
    if draft:
        drafting.read(draft)


@periodic(minutes=1)
def read_forgotten_drafts() -> None:
    """Start again what a killed worker left; forget drafts nobody came back to for a week."""
    now = timezone.now()
    forgotten = Draft.objects.filter(
        state=Draft.State.READING, created__lt=now - timedelta(minutes=2)
    )
    for pk in forgotten.values_list("pk", flat=True)[:20]:
        read_draft.enqueue(pk)
    Draft.objects.filter(created__lt=now - timedelta(days=7)).delete()
