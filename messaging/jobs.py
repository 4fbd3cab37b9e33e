"""Background work of the conversations."""

from __future__ import annotations

import threading

from messaging import boards, freshness, guests, missed, polling
from pinboard.jobs import job, periodic


@periodic(minutes=1)
def close_polls() -> None:
    """Polls whose deadline has passed and at which nobody looked since."""
    polling.close_due()


@job(retries=2)
def redraw_board(board_id: int) -> None:
    boards.redraw(board_id)


@job(retries=2)
def redraw_source(source_id: int) -> None:
    freshness.redraw_source(source_id)


@periodic(minutes=20)
def tell_prices() -> None:
    """What got cheaper or is back, where it was shared; a line a day and conversation at most."""
    freshness.tell_prices()


# A push waits for somebody else's server: one at a time, so that other jobs find a worker free.
_pushing = threading.Lock()
BUSY_SECONDS = 2


@job(is_awaited=True)
def push_missed(message_id: int) -> None:
    if not _pushing.acquire(blocking=False):
        push_missed.enqueue_in(BUSY_SECONDS, message_id)
        return
    try:
        missed.push_about(message_id)
    finally:
        _pushing.release()


@periodic(minutes=15)
def write_letters() -> None:
    missed.write_letters()


@periodic(minutes=1)
def show_out_guests() -> None:
    """Guests whose link has ended; their sessions ended at that moment, by themselves."""
    guests.show_out_expired()
