"""Run one function on hostile bytes in a child process, under limits.

A picture decoder or an HTML parser may crash, loop, or eat all memory when somebody wants it to.
In here it takes only its own child along: ``run`` starts a child for one call, gives it so many
seconds and so much memory, and hands back what the function returned.

    renditions = sandbox.run(make_renditions, original, seconds=10)

How it works. The first call starts a *nursery*: a small, single-threaded Python process that
imports the modules of the functions it is asked for and forks one warm child per call (about a
millisecond, where a new interpreter with Pillow takes 200). What a module lists as
``CHILDREN_MAY_IMPORT`` it imports behind the first child, once for all others. Standard library
only:

    web process ──control socket: one byte and one descriptor per call──▶ nursery ──fork──▶ child
         └──────────── job socket: header, function and arguments ▶ ◀ outcome ────────────────┘

We do not use multiprocessing's fork server: in Python 3.11 it ignores ``sys.path`` when it
preloads, runs ``__main__`` again, keeps all children in one global set that threads race on, and
inherits the whole environment. The nursery gets no descriptor but its socket and no secret from
the environment. It ends, with its children, when the web process ends, however that happens:
the control socket closes.

The outcome comes from a process that may have been taken over, so it is unpickled by an
allow-list (``outcomes``): plain values, dataclasses, enums and PinboardErrors, nothing callable.
Begin with ``run`` below, then ``nursery`` (this side) and ``child`` (the other).
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import pickle
import threading
import time
from collections.abc import Callable
from typing import Literal, TypeVar, cast

from pinboard.errors import PinboardError
from pinboard.sandbox.nursery import Nursery
from pinboard.sandbox.outcomes import load_outcome
from pinboard.sandbox.wire import receive, send

__all__ = ["SandboxFailed", "run"]

logger = logging.getLogger(__name__)

T = TypeVar("T")

Lane = Literal["processor", "network"]

#: How many children may live at once. Decoding is bound by cores; a child that waits for a slow
#: web server costs next to nothing, and must not keep a picture from being decoded.
_LANES: dict[Lane, threading.BoundedSemaphore] = {
    "processor": threading.BoundedSemaphore(max(2, os.cpu_count() or 2)),
    "network": threading.BoundedSemaphore(16),
}

#: How long a call may wait for a place, and how long the clock may lag behind the child's alarm.
_PATIENCE_SECONDS = 30.0
_GRACE_SECONDS = 2.0

_SENTENCES = {
    "sandbox_time": "This took too long to read, so we stopped. Try a smaller or simpler one.",
    "sandbox_memory": "This needs more memory than we give to one file. Try a smaller one.",
    "sandbox_crash": "This could not be read: it looks damaged. Try another copy of it.",
    "sandbox_error": "This could not be read. Try another copy of it.",
}

_nursery = Nursery()
atexit.register(_nursery.stop)
os.register_at_fork(after_in_child=_nursery.forget)


class SandboxFailed(PinboardError):
    """The child crashed, ran out of time or memory, or raised something we did not expect.

    code: "sandbox_time", "sandbox_memory", "sandbox_crash", "sandbox_error" or "sandbox_busy".
    """

    code = "sandbox_crash"
    status = 422


def run(
    function: Callable[..., T],
    *args: object,
    seconds: float = 10.0,
    processor_seconds: float | None = None,
    memory_bytes: int = 1 << 30,
    lane: Lane = "processor",
) -> T:
    """Call ``function(*args)`` in a child process and return what it returns.

    function: importable by name (module level). Arguments and result travel by pickle; a result
        is made of plain values, dataclasses, enums, Decimal, and dates.
    seconds: what the child may take by the clock on the wall.
    processor_seconds: what it may take of a processor; None: as much. Give less where the wall's
        clock is generous because a busy machine, or a slow web server, is not the child's fault.
    memory_bytes: its address space, interpreter included (that is about 50 MB of it).
    lane: "network" for functions that mostly wait, so that they do not occupy a core's place.

    Raises what the function raised if that is a PinboardError, else SandboxFailed. May be called
    from any thread; never from an event loop, because it waits.
    """
    places = _LANES[lane]
    if not places.acquire(timeout=_PATIENCE_SECONDS):
        raise SandboxFailed(
            "Pinboard is very busy at the moment. Please try again in a minute.",
            code="sandbox_busy",
            status=503,
        )
    try:
        job = pickle.dumps((function, args), protocol=5)
        allowed = min(seconds, processor_seconds or seconds)
        outcome = _run_child(function.__module__, job, seconds, allowed, memory_bytes)
    finally:
        places.release()
    return cast(T, _unwrap(outcome, function))


def _run_child(
    module: str, job: bytes, seconds: float, processor_seconds: float, memory_bytes: int
) -> bytes | str:
    """Give one job to a new child; its outcome, or the code of the way it ended without one."""
    begun = time.monotonic()
    deadline = begun + seconds
    header = json.dumps([module, seconds, processor_seconds, memory_bytes]).encode()
    with _nursery.new_child(header) as channel:
        channel.settimeout(seconds + _GRACE_SECONDS)
        try:
            send(channel, job)
            return receive(channel, until=deadline + _GRACE_SECONDS)
        except (OSError, EOFError):
            # One of the child's own alarms ends it; the clock tells that from an early crash.
            has_had_time = time.monotonic() >= begun + processor_seconds - 0.05
            return "sandbox_time" if has_had_time else "sandbox_crash"


def _unwrap(outcome: bytes | str, function: Callable[..., object]) -> object:
    """The value in an outcome, or the error in it raised."""
    if isinstance(outcome, str):
        raise SandboxFailed(_SENTENCES[outcome], code=outcome)
    try:
        kind, value, *rest = load_outcome(outcome)
    except Exception as error:  # a forged pickle may raise anything
        logger.error("%s sent something that is not an outcome: %s", function.__name__, error)
        raise SandboxFailed(_SENTENCES["sandbox_crash"]) from error
    if kind == "value":
        return value
    if kind == "refused" and isinstance(value, type) and issubclass(value, PinboardError):
        args, state = rest
        refusal = value.__new__(value, *args)  # not __init__: subclasses choose their arguments
        refusal.__dict__.update(state)
        raise refusal
    code = "sandbox_memory" if kind == "memory" else "sandbox_error"
    if code == "sandbox_error":
        logger.error("%s failed in the sandbox:\n%s", function.__qualname__, value)
    raise SandboxFailed(_SENTENCES[code], code=code)
