"""`manage.py start`: everything in one go, at an address it prints.

Database, static files and, in a new data folder, the demo world; then web, jobs and live updates
in one process. More web processes over the same data need Redis: `start --no-setup --port 8001`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from pinboard.demo.mode import PASSWORD, SIGN_INS, is_demo
from pinboard.errors import PinboardError
from pinboard.web.compressing import write_compressed

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ANYWHERE = {"0.0.0.0", "::", ""}


class Command(BaseCommand):
    help = "Start Pinboard: web, background jobs and live updates in one process."
    # Migrations, the one check that matters here, are applied below.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="where to listen (HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="its port (PORT)")
        parser.add_argument(
            "--empty",
            "--no-demo",
            action="store_true",
            dest="empty",
            help="no demo world: the first page makes the owner (PINBOARD_DEMO=0)",
        )
        parser.add_argument(
            "--no-setup",
            action="store_true",
            help="serve what is there: no migrations, static files or demo world",
        )

    def handle(self, *_: str, **options: Any) -> None:
        # Imported before anything else brings Twisted in; see there.
        server = importlib.import_module("pinboard.server")
        host, port = options["host"], options["port"]
        refuse_taken_port(host, port)
        with claimed(settings.DATA_DIR, shared=bool(settings.REDIS_URL)):
            if options["empty"]:
                settings.DEMO = False
            if not options["no_setup"]:
                with one_at_a_time(settings.DATA_DIR):
                    self.prepare()
            # Asked now: `ready` is called inside the event loop, where the database may not be.
            hint = sign_in_hint(host)
            connections.close_all()
            try:
                server.serve(host, port, ready=lambda at, on: self.greet(at, on, hint))
            except PinboardError as refused:
                raise CommandError(refused.message) from refused

    def prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if collect_static():
            self.stdout.write("Collected the static files.")
        if settings.DEMO and not get_user_model().objects.exists():
            self.stdout.write("A new data folder: drawing the demo world (once).")
            self.stdout.flush()
            demo = importlib.import_module("pinboard.demo.build")
            demo.build_world(self.stdout)

    def greet(self, host: str, port: int, hint: str) -> None:
        self.stdout.write(f"\nPinboard is open at {address_of(host, port)}")
        if hint:
            self.stdout.write(hint)
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()


def sign_in_hint(host: str) -> str:
    if is_demo():
        hint = f"Sign in as {', '.join(SIGN_INS)}; every password is: {PASSWORD}"
        if host not in LOOPBACK:
            hint += "\nWhoever reaches this address knows these passwords; use --empty in earnest."
        return hint
    if not get_user_model().objects.exists():
        return "Nobody lives here yet: the first page makes the owner's account."
    return ""


def address_of(host: str, port: int) -> str:
    if settings.ORIGIN:
        return str(settings.ORIGIN)
    name = "127.0.0.1" if host in ANYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CommandError(
                f"Port {port} may only be opened by root; choose one above 1023: --port 8000"
            ) from error
        except socket.gaierror as error:
            raise CommandError(f"There is no address called {host!r} on this machine.") from error
        except OSError:
            return False
    return True


def refuse_taken_port(host: str, port: int) -> None:
    """Say it before anything is prepared, and name a port that is free."""
    if not 0 <= port < 65536:
        raise CommandError(f"{port} is no port; choose one between 1 and 65535, or 0 for any.")
    if is_free(host, port):
        return
    other = next((n for n in range(port + 1, min(port + 100, 65536)) if is_free(host, n)), None)
    hint = f"\nTry: python3 manage.py start --port {other}" if other else ""
    raise CommandError(f"Port {port} at {host} is taken by another program.{hint}")


@contextlib.contextmanager
def claimed(folder: Path, *, shared: bool) -> Iterator[None]:
    """Hold the data folder while preparing and serving it.

    shared: several processes may (they hear each other through Redis). Without Redis live
    updates end at the edge of the process, so a second one would leave people waiting in vain;
    the server refuses it too, but by then its database would have been migrated under the first.
    """
    with (folder / "serving.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Another Pinboard already serves {folder}.\n"
                "Several processes over one data folder need Redis: set REDIS_URL for each.\n"
                "For a second, separate one choose another folder: PINBOARD_DATA=…"
            ) from None
        yield


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Of several processes that start at once, one prepares and the others wait."""
    with (folder / "preparing.lock").open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def static_fingerprint() -> str:
    """Changes whenever a static file comes, goes or is written."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> bool:
    """Bring the static files to STATIC_ROOT under hashed names; False if nothing changed."""
    mark = Path(settings.STATIC_ROOT) / "fingerprint.txt"
    fingerprint = static_fingerprint()
    with contextlib.suppress(OSError):
        if mark.read_text(encoding="utf-8") == fingerprint:
            return False
    call_command("collectstatic", verbosity=0, interactive=False)
    write_compressed(Path(settings.STATIC_ROOT))
    mark.write_text(fingerprint, encoding="utf-8")
    return True
