"""In which order the background does its work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from huey import SqliteHuey
from huey.api import Huey

from pinboard import jobs
from tests import services


@pytest.fixture(params=["sqlite", "redis"])
def queue(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Huey]:
    if request.param == "sqlite":
        made = SqliteHuey("test", filename=str(tmp_path / "jobs.sqlite3"), results=False)
        monkeypatch.setattr(jobs, "queue", made)
        yield made
        return
    with services.start_redis() as redis:
        made = Huey("test", storage_class=jobs._QuickStorage, url=redis.url, results=False)
        monkeypatch.setattr(jobs, "queue", made)
        yield made


@pytest.mark.django_db(transaction=True)
def test_what_somebody_waits_for_overtakes_what_nobody_waits_for(queue: Huey) -> None:
    @jobs.job()
    def render(number: int) -> None: ...

    @jobs.job(is_awaited=True)
    def read_link(number: int) -> None: ...

    @jobs.periodic(minutes=1)
    def close_polls() -> None: ...

    for number in range(3):
        render.enqueue(number)
    read_link.enqueue(7)
    queue.enqueue(next(iter(queue._registry.periodic_tasks)))
    order = [type(queue.dequeue()).__name__ for _ in range(5)]
    assert set(order[:2]) == {"read_link", "close_polls"}
    assert order[2:] == ["render"] * 3
