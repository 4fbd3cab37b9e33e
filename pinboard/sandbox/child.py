"""The other side: the nursery's loop, and the life of a child."""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn

from pinboard.errors import PinboardError
from pinboard.sandbox.wire import receive, send

# People who browse go first. At 19 a child on a busy core would get a seventieth of it, and run
# into its time limit with an honest picture; at 10 it gets a tenth.
NICENESS = 10


def serve(control_fd: int) -> NoReturn:
    """The nursery: fork one child per descriptor until the control socket closes, then end all."""
    control = socket.socket(fileno=control_fd)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    while True:
        mark, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not mark:
            os.killpg(0, signal.SIGKILL)  # our session is ourselves and our children
        with (
            socket.socket(fileno=descriptors[0]) as channel,
            contextlib.suppress(OSError, EOFError),
        ):
            module, *limits = json.loads(receive(channel))
            with contextlib.suppress(Exception):  # the child will say what is wrong with it
                import_module(module)
            gc.freeze()  # the children share these pages
            if os.fork() == 0:
                control.close()
                _live(channel, *limits)
        _warm_up(module)


def _warm_up(module: str) -> None:
    """Import what children of a module may need, and it does not import itself: once for all.

    After the fork, because the first child should not wait for what it may not need.
    """
    for name in getattr(sys.modules.get(module), "CHILDREN_MAY_IMPORT", ()):
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # a child that needs it will say so
                import_module(name)


def _live(
    channel: socket.socket, seconds: float, processor_seconds: float, memory_bytes: int
) -> NoReturn:
    """A child's life: limits, one job, one outcome."""
    try:
        _limit(seconds, processor_seconds, memory_bytes)
        channel.settimeout(None)
        send(channel, _outcome_of(receive(channel)))
    finally:
        os._exit(0)


def _limit(seconds: float, processor_seconds: float, memory_bytes: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)  # the default of SIGALRM is to end the process
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, processor_seconds)  # finer than RLIMIT_CPU
    for kind, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, math.ceil(processor_seconds) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(kind, (lowered, lowered))
    with contextlib.suppress(OSError):
        os.nice(NICENESS - os.nice(0))  # the same, however nice the web process is


def _outcome_of(job: bytes) -> bytes:
    outcome: tuple[Any, ...]
    try:
        function, args = pickle.loads(job)  # from our own web process
        outcome = ("value", function(*args))
        return pickle.dumps(outcome, protocol=5)
    except PinboardError as refusal:
        outcome = ("refused", type(refusal), refusal.args, vars(refusal))
    except MemoryError:
        outcome = ("memory", "")
    except Exception:  # noqa: BLE001 - whatever it is, the parent tells it
        outcome = ("error", traceback.format_exc(limit=-20)[-8000:])
    return pickle.dumps(outcome, protocol=5)
