"""`manage.py reindex`: bring the whole search index in line with the pins."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from pinboard.pins.models import Pin
from search import index
from search.boards import keep_all_words
from search.keeping import catch_up, index_pins, orphans
from search.models import OwnEntry, PinFacts, PublicEntry, Spelling, Term, TermUse

BATCH = 250


class Command(BaseCommand):
    help = "Index every pin anew, beside reads and writes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-nothing",
            action="store_true",
            help="empty the index first: search finds nothing until this is done",
        )

    def handle(self, *_: str, **options: Any) -> None:
        began = time.monotonic()
        if options["from_nothing"]:
            empty()
        done, last = 0, 0
        while ids := list(
            Pin.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            index_pins(ids)
            done, last = done + len(ids), ids[-1]
            if done % 5000 < BATCH:
                self.stdout.write(f"  {done:,} pins")
        keep_all_words()
        for gone in orphans():
            index_pins(gone)
        catch_up()
        seconds = time.monotonic() - began
        self.stdout.write(f"Indexed {done:,} pins in {seconds:.1f} s.")


def empty() -> None:
    with transaction.atomic():
        index.engine().lock()
        for model in (Spelling, TermUse, Term, PublicEntry, OwnEntry, PinFacts):
            model._default_manager.all().delete()
