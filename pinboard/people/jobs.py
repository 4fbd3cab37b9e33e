"""Background work on accounts."""

from __future__ import annotations

from pinboard.jobs import job, periodic
from pinboard.people import deleting


@job(retries=2)
def empty_account(person_id: int) -> None:
    deleting.empty(person_id)


@periodic(minutes=1)
def empty_forgotten() -> None:
    """Go on with what a killed worker left, and look a second time where it is due."""
    for person_id in deleting.unfinished():
        deleting.empty(person_id)
    deleting.forget_former_names()
