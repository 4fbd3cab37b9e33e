"""`manage.py torture`: whether the promises of delivery hold when everything goes wrong.

Real servers on loopback, over a data folder of their own; ends by itself, with code 1 when a
promise was broken.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pinboard.services import ServiceMissing
from pinboard.torture import report
from pinboard.torture.faults import Faults
from pinboard.torture.run import Asked, Outcome, people_for, torture
from pinboard.torture.servers import Servers, TortureFailed


class Command(BaseCommand):
    help = "Talk while processes die, lines break and databases lock; check what everybody heard."
    # The database is another one, in a folder of its own.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
        parser.add_argument("--seconds", type=float, default=60, help="of breaking things")
        parser.add_argument("--seed", type=int, help="the dice; a new one each time by default")
        parser.add_argument("--clients", type=int, default=12, help="open tabs")
        parser.add_argument("--rate", type=float, default=2, help="deeds a second and person")
        parser.add_argument("--faults", default="all", help="comma-separated kinds, all or none")
        parser.add_argument("--keep", type=Path, help="folder for history.jsonl and servers.log")

    def handle(self, *_: str, **options: Any) -> None:
        kinds = self._kinds(options["faults"], options["engine"])
        seed = options["seed"] if options["seed"] is not None else SystemRandom().randrange(10**6)
        asked = Asked(
            seconds=options["seconds"],
            seed=seed,
            tabs=options["clients"],
            kinds=kinds,
            per_second=options["rate"],
        )
        try:
            with (
                _folder(options["keep"]) as folder,
                Servers(folder, engine=options["engine"]) as servers,
            ):
                outcome = self._run(servers, asked)
                outcome.history.save(folder / "history.jsonl")
                self._say(report.summary(outcome))
                self._say(report.mistakes(servers.mistakes()))
                self._say(report.violations(outcome))
        except* (TortureFailed, ServiceMissing) as failed:
            raise CommandError(str(failed.exceptions[0])) from failed
        if outcome.violations:
            raise CommandError(f"{len(outcome.violations)} promises broken. --seed {seed}")
        self.stdout.write("Every promise was kept.")

    def _run(self, servers: Servers, asked: Asked) -> Outcome:
        world = servers.fill(people=people_for(asked.tabs), seed=asked.seed)
        words = ", ".join(asked.kinds) or "nothing"
        self._say(
            [
                f"Engine {servers.engine}, web processes: {len(servers.webs)}, --seed {asked.seed}",
                f"Tabs: {asked.tabs}, people: {len(world.people)}, seconds: {asked.seconds:g}",
                f"Breaking: {words}.",
            ]
        )

        async def begin() -> Outcome:
            for web in servers.webs:
                web.begin()
            for web in servers.webs:
                await web.ready()
            return await torture(servers, world, asked)

        return asyncio.run(begin())

    def _kinds(self, wanted: str, engine: str) -> list[str]:
        possible = Faults.of(engine)
        if wanted in ("all", "none"):
            return possible if wanted == "all" else []
        kinds = [kind.strip() for kind in wanted.split(",")]
        if unknown := set(kinds) - set(possible):
            raise CommandError(f"{engine} knows no {', '.join(sorted(unknown))}: {possible}")
        return kinds

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The data folder: an empty one to keep, or one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        if any(kept.iterdir()):
            raise CommandError(f"{kept} is not empty.")
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="pinboard-torture-") as folder:
        yield Path(folder)
