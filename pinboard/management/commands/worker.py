"""`manage.py worker`: background jobs in a process of their own, for PINBOARD_JOBS=worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pinboard import jobs
from pinboard.live.layer import SharedLayerNeeded, require_shared_layer


class Command(BaseCommand):
    help = "Work background jobs until told to stop (Ctrl-C). Needs REDIS_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=2, help="jobs at the same time (2)")

    def handle(self, *_: str, **options: Any) -> None:
        # What a job announces travels through the channel layer, and the in-process one ends at
        # the edge of its process: pages would never hear that a pin has settled.
        try:
            require_shared_layer("A worker process")
        except SharedLayerNeeded as refused:
            raise CommandError(
                f"{refused.message}\n"
                "Without Redis, `manage.py start` works the jobs itself (PINBOARD_JOBS=threads)."
            ) from refused
        if settings.JOBS != "worker":
            self.stderr.write(
                "PINBOARD_JOBS is not `worker`: web processes started like this work jobs too."
            )
        self.stdout.write("Working jobs. Stop with Ctrl-C.")
        jobs.run_worker(workers=options["threads"])
