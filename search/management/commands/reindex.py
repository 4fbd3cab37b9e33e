"""`manage.py reindex`: bring the whole search index in line with the pins."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuilding import BATCH, empty, rebuild, unfinished

# At most so often is progress told.
EVERY_SECONDS = 5.0


class Command(BaseCommand):
    help = "Index every pin anew, beside reads and writes; killed, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="pins in a transaction")
        parser.add_argument("--every", type=float, default=EVERY_SECONDS, help="seconds, progress")
        parser.add_argument("--anew", action="store_true", help="begin at the first pin again")
        parser.add_argument(
            "--from-nothing",
            action="store_true",
            help="empty the index first: search finds nothing until this is done",
        )

    def handle(self, *_: str, **options: Any) -> None:
        began = told = time.monotonic()
        if options["from_nothing"]:
            empty()
        state = None if options["anew"] else unfinished()
        before = state.done if state else 0
        if state:
            self._say(f"Going on after {state}, begun {state.begun:%Y-%m-%d %H:%M} UTC.")
        done = before
        for progress in rebuild(anew=options["anew"], batch=options["batch"]):
            done = progress.done
            if time.monotonic() - told >= options["every"]:
                told = time.monotonic()
                self._say(f"  {progress}")
        self._say(f"Indexed {done - before:,} pins in {time.monotonic() - began:.1f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
