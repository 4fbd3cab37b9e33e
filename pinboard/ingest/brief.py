"""An end to Python code of others that takes too long, from inside the process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """The time is over. No Exception, so that no "except Exception" on its way keeps it."""


@contextmanager
def at_most(processor_seconds: float) -> Iterator[None]:
    """Raise TooLong in the block when it has used so much of a processor.

    Works where a child of the sandbox works, in the main thread; in another thread nothing ends
    the block. Code in C is ended when it returns to Python.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, processor_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong
