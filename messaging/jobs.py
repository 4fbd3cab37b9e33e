"""Background work of the conversations."""

from __future__ import annotations

from messaging import boards, guests, missed, polling
from pinboard.jobs import job, periodic


@periodic(minutes=1)
def close_polls() -> None:
    """Polls whose deadline has passed and at which nobody looked since."""
    polling.close_due()


@job(retries=2)
def redraw_board(board_id: int) -> None:
    boards.redraw(board_id)


@job()
def push_missed(message_id: int) -> None:
    missed.push_about(message_id)


@periodic(minutes=15)
def write_letters() -> None:
    missed.write_letters()


@periodic(minutes=1)
def show_out_guests() -> None:
    """Guests whose link has ended; their sessions ended at that moment, by themselves."""
    guests.show_out_expired()
