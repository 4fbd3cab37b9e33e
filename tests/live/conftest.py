"""Real server processes, real sockets, a real Redis."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests import services

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
for name in ("alice", "bob", "charlie"):
    User.objects.create_user(name, password="pinboard")
"""


@dataclass
class Site:
    """One process of tests/live/site.py."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    environment: dict[str, str]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, method: str = "GET", body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """(status, headers with lower-case names, body) of one request on a line of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            said = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body=body, headers=said)
            answer = line.getresponse()
            return (
                answer.status,
                {k.lower(): v for k, v in answer.getheaders()},
                answer.read(),
            )
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> str:
        status, _, body = self.ask(path, **headers)
        assert status == 200, (status, body)
        return body.decode()

    def sign_in(self, name: str) -> str:
        """A Cookie header of a fresh session."""
        status, headers, _ = self.ask(f"/enter/?name={name}")
        assert status == 200
        return headers["set-cookie"].split(";")[0]

    def socket(self, cookie: str = "", **options: Any) -> Any:
        """The websockets client's connect(), as a page of ours would do it."""
        options.setdefault("origin", self.origin)
        path = options.pop("path", "/live/")
        extra = {"Cookie": cookie} if cookie else {}
        return connect(
            f"ws://127.0.0.1:{self.port}{path}",
            additional_headers=extra,
            compression=None,
            proxy=None,
            **options,
        )

    @asynccontextmanager
    async def tab(self, cookie: str, **options: Any) -> AsyncIterator[ClientConnection]:
        async with self.socket(cookie, **options) as tab:
            yield tab

    def elsewhere(self, code: str) -> None:
        """Run code in another process of the same site: a worker, a command."""
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment,
            check=True,
            timeout=60,
        )

    def stop(self) -> str:
        """End gracefully; returns everything the process wrote."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.log.read_text()


StartSite = Callable[..., Site]


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty site and three people: alice (1), bob (2), charlie (3)."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=site_environment(folder), check=True
    )
    static = folder / "static"
    static.mkdir()
    (static / "app.0123456789ab.js").write_text("export {};\n" * 200)
    (static / "big.bin").write_bytes(bytes(range(256)) * 4096)
    (folder / "big.bin").write_bytes(bytes(range(256)) * 400_000)
    return folder


def site_environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "DATABASE_URL"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.live.site",
        "PINBOARD_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        **more,
    }


@pytest.fixture(scope="session")
def launch(prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartSite]:
    """A function that starts a site: launch(pings=(1, 1), folder=..., REDIS_URL=...)."""
    started: list[Site] = []

    def start(*, pings: tuple[float, ...] = (), folder: Path | None = None, **more: str) -> Site:
        home = tmp_path_factory.mktemp("process")
        if folder is None:
            folder = home / "data"
            subprocess.run(["cp", "-r", str(prepared_folder), str(folder)], check=True)
        environment = site_environment(folder, **more)
        port_file, log = home / "port", home / "log.txt"
        command = [sys.executable, "-m", "tests.live.site", str(port_file), *map(str, pings)]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        services.wait_until(port_file.exists, process, log)
        site = Site(process, int(port_file.read_text().split()[1]), log, environment)
        started.append(site)
        return site

    yield start
    for site in started:
        if site.process.poll() is None:
            site.process.kill()
            site.process.wait()


@pytest.fixture(scope="session")
def site(launch: StartSite) -> Site:
    """One process on the in-process layer, shared by the tests that do not harm it."""
    return launch()


@pytest.fixture(scope="session")
def redis() -> Iterator[services.Service]:
    with services.start_redis() as service:
        yield service


async def frame(tab: ClientConnection, seconds: float = 20) -> dict[str, Any]:
    """The next frame other than a heartbeat; heartbeats do not prolong the wait."""
    async with asyncio.timeout(seconds):
        while True:
            found: dict[str, Any] = json.loads(await tab.recv())
            if found["type"] != "beat":
                return found


async def close_code(tab: ClientConnection, seconds: float = 20) -> int | None:
    """With which code the server ended the socket, reading whatever comes before."""

    async def read_all() -> None:
        async for _ in tab:
            pass

    try:
        await asyncio.wait_for(read_all(), seconds)
    except TimeoutError:
        pytest.fail("the socket was not closed")
    except ConnectionClosed:
        pass  # ended with an error code, or without a closing handshake
    return tab.close_code


async def ask(site: Site, path: str, **headers: str) -> str:
    """site.get without holding up the event loop that reads the sockets."""
    return await asyncio.to_thread(site.get, path, **headers)


def own_fixtures(item: pytest.Item) -> tuple[str, ...]:
    """What a test asks for itself, not what its fixtures ask for."""
    info: Any = getattr(item, "_fixtureinfo", None)
    return info.argnames if info else ()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that starts server processes of its own takes seconds."""
    for item in items:
        if HERE in item.path.parents and "launch" in own_fixtures(item):
            item.add_marker(pytest.mark.slow)
