"""The web process's side: start the nursery, and ask it for children."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading

from pinboard.sandbox.wire import send

#: What a child needs of our environment: languages, libraries and certificates, no secrets.
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONUTF8"),
)
#: A child begins with no memory of its own, and the pixels of a photo are fetched page by page:
#: in pages of 2 MB all of its work takes a fifth less. glibc 2.35 and later; elsewhere nothing.
_MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


class Nursery:
    """One helper process, started when first needed; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None  # closing it ends the helper

    def new_child(self, header: bytes) -> socket.socket:
        """A channel to a child that is about to read a job from it."""
        ours, theirs = socket.socketpair()
        with theirs:
            send(ours, header)  # small, and before the descriptor: the nursery never waits for it
            with self._lock:
                try:
                    socket.send_fds(self._started(), [b"."], [theirs.fileno()])
                except OSError:  # the nursery was killed: one new one
                    self._stop()
                    socket.send_fds(self._started(), [b"."], [theirs.fileno()])
        return ours

    def _started(self) -> socket.socket:
        if self._control is not None:
            return self._control
        path = [entry or os.getcwd() for entry in sys.path]
        code = (
            "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
            "from pinboard.sandbox.child import serve; serve(int(sys.argv[2]))"
        )
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code, json.dumps(path), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_MEMORY
                | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,  # Ctrl-C in the terminal is for the web process
            )
        self._control = ours
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    def stop(self) -> None:
        """End the helper; the next call starts another."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """In a forked copy of the web process: the helper belongs to the original."""
        if self._control is not None:
            self._control.close()
        self._lock = threading.Lock()  # another thread may have held it while we were forked
        self._control = self._process = None
