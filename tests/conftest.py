"""Who lives in every test, and the real server that browser tests talk to.

Alice owns, Bob is invited, Charlie is a stranger. Nothing leaves the machine: a connection to
anywhere but loopback fails the test that tried.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests import services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

    from pinboard.people.models import Person

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}
LOOPBACK = ("127.", "::1", "localhost")


# ---------------------------------------------------------------- nothing leaves the machine


def is_loopback(address: object) -> bool:
    """Unix sockets are addressed by a path; the others by (host, port, …)."""
    if isinstance(address, str | bytes):
        return True
    return isinstance(address, tuple) and str(address[0]).startswith(LOOPBACK)


@pytest.fixture(scope="session", autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def check_first(line: socket.socket, address: Any) -> Any:
            if not is_loopback(address):
                pytest.fail(f"A test tried to reach {address}; tests stay on this machine.")
            return real(line, address)

        return check_first

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded(connect))
    patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Counters and remembered answers end with their test, as the rows do."""
    yield
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine: what a test does within a limit's window stays in one."""
    from pinboard.web import ratelimit

    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: 1_800_000_003.0))


# ---------------------------------------------------------------- the three people


def make_person(name: str) -> Person:
    from pinboard.people.models import Person

    return Person.objects.create_user(
        username=name.lower(), display_name=name, email=f"{name.lower()}@example.org"
    )


@pytest.fixture
def alice(db: None) -> Person:
    return make_person("Alice")


@pytest.fixture
def bob(db: None) -> Person:
    return make_person("Bob")


@pytest.fixture
def charlie(db: None) -> Person:
    return make_person("Charlie")


# ---------------------------------------------------------------- a real server process


def database_url() -> str:
    """The database of this test run as a DATABASE_URL, for a process of its own."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    given = urlsplit(os.environ["PINBOARD_TEST_DATABASE_URL"])
    return given._replace(path=f"/{name}").geturl()


def server_environment(**more: str) -> dict[str, str]:
    from django.conf import settings

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pinboard.settings",
        "DATABASE_URL": database_url(),
        "PINBOARD_DATA": str(settings.DATA_DIR),
        "PINBOARD_JOBS": "threads",
        "PINBOARD_NO_VENV": "1",
        **more,
    }


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


@pytest.fixture(scope="session")
def pinboard_server(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """`manage.py start` in a process of its own, over this run's database and media folder.

    Rows that a test commits (transactional_db) are what the server shows. Yields its address,
    such as "http://127.0.0.1:40123".
    """
    port = services.free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with django_db_blocker.unblock():
        # Pages of other sites stand at http://localhost:…, another origin and another site.
        environment = server_environment(PINBOARD_FETCH_ALLOW="localhost")
    command = [sys.executable, "manage.py", "start", "--empty", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        services.wait_until(lambda: answers(port), process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
    written = log.read_text(errors="replace")
    # A job may trip over rows that the end of a test took away; a page may not.
    assert "Internal Server Error" not in written, f"A page failed on the server:\n{written}"


# ---------------------------------------------------------------- browser windows


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium, which asks nobody outside for anything."""
    try:
        program = services.find_chromium()
    except services.ServiceMissing as missing:
        if IN_CI:
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    return {
        **browser_type_launch_args,
        "executable_path": program,
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


def session_cookie(person: Person, address: str) -> dict[str, Any]:
    """What a browser holds after this person signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    name, strictness = settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SAMESITE
    return {"name": name, "value": value, "url": address, "sameSite": strictness}


@pytest.fixture
def open_window(
    transactional_db: None, pinboard_server: str, browser: Browser
) -> Iterator[Callable[..., Page]]:
    """A function that opens a window: `open_window(alice)`, `open_window(None, **options)`.

    Each window is a browser of its own (its own cookies and storage), signed in as the person
    or, with None, as nobody. options go to Playwright's new_context, for example
    `java_script_enabled=False` or `**playwright.devices["Pixel 5"]`. Addresses given to
    `page.goto` may be relative. A script error in any of them fails the test.
    """
    from playwright.sync_api import expect

    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    waiting: dict[Request, float] = {}
    # Longer than it ever takes, because a machine may be busy with something else.
    expect.set_options(timeout=15_000)

    def begun(asked: Request) -> None:
        waiting[asked] = time.monotonic()

    def ended(asked: Request) -> None:
        waiting.pop(asked, None)

    def open_one(person: Person | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=pinboard_server, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person is not None:
            context.add_cookies([session_cookie(person, pinboard_server)])  # type: ignore[list-item]  # a dict of its own kind
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", begun)
        page.on("requestfinished", ended)
        page.on("requestfailed", ended)
        return page

    yield open_one
    for asked, began in waiting.items():  # shown beside a failure: what it may have waited for
        print(f"{asked.method} {asked.url} had no answer after {time.monotonic() - began:.1f} s")
    for context in contexts:
        context.close()
    assert not complaints, f"Scripts failed in the browser: {complaints}"


BROWSER_FIXTURES = {"open_window", "browser", "page", "context"}
STORED_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stored-only",
        action="store_true",
        help="only tests that touch the database: what a second engine could change",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever asks for a browser is a browser test, so that no run meets one by surprise."""
    stored: list[pytest.Item] = []
    pure: list[pytest.Item] = []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
        touches = names & STORED_FIXTURES or item.get_closest_marker("django_db")
        (stored if touches else pure).append(item)
    if config.getoption("--stored-only"):
        config.hook.pytest_deselected(items=pure)
        items[:] = stored


def wait_for(condition: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Poll until the condition holds; for work another process does. Fails with `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.02)
