"""Background work of the pins."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pinboard.jobs import job, periodic
from pinboard.pins import drafting
from pinboard.pins.models import Draft


@job(is_awaited=True)
def read_draft(draft_id: int) -> None:
    draft = drafting.begin_reading(draft_id)
    if draft:
        drafting.read(draft)


@periodic(minutes=1)
def read_forgotten_drafts() -> None:
    """Start again what a killed worker left; forget drafts nobody came back to for a week."""
    now = timezone.now()
    forgotten = Draft.objects.filter(state=Draft.State.READING, retry_at__lte=now)
    for pk in forgotten.order_by("retry_at").values_list("pk", flat=True)[:20]:
        read_draft.enqueue(pk)
    Draft.objects.filter(created__lt=now - timedelta(days=7)).delete()
