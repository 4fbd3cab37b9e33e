"""Background work of the conversations."""

from __future__ import annotations

from messaging import boards, polling
from pinboard.jobs import job, periodic


@periodic(minutes=1)
def close_polls() -> None:
    """Polls whose deadline has passed and at which nobody looked since."""
    polling.close_due()


@job(retries=2)
def redraw_board(board_id: int) -> None:
    boards.redraw(board_id)
