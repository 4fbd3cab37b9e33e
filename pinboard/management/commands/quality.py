"""`manage.py quality`: how well pages are read, and how good the search is beside bare engines."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pinboard.bench.serving import BenchFailed, Engine, environment, run_child
from pinboard.quality import pages, report
from pinboard.quality.corpus import draw
from pinboard.quality.guiding import Worth
from pinboard.quality.judging import judgements, queries
from pinboard.quality.report import OURS, Answers, Judged
from pinboard.quality.rivals import rivals
from pinboard.services import ServiceMissing, start_postgres


class Command(BaseCommand):
    help = "Measure how well pages are read, and results and guides beside bare search engines."
    # The data set is a child's, in a folder of its own.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--part", choices=("readings", "search", "both"), default="both")
        parser.add_argument("--pages", type=Path, default=pages.SAVED, help="saved pages to read")
        parser.add_argument("--wrong", action="store_true", help="also each field read wrongly")
        parser.add_argument("--pins", type=int, default=8_000, help="pins in the corpus")
        parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
        parser.add_argument("--no-guides", action="store_true", help="results only")
        parser.add_argument("--each", action="store_true", help="also every query not held out")

    def handle(self, *_: str, **options: Any) -> None:
        if options["part"] != "search":
            measured = pages.measure(pages.cases(options["pages"]))
            self._say([*pages.report(measured), *(measured.wrong if options["wrong"] else ()), ""])
        if options["part"] != "readings":
            self._search(options)

    def _search(self, options: dict[str, Any]) -> None:
        drawn = draw(options["pins"])
        judged = [
            Judged(query, grades) for query in queries() if (grades := judgements(query, drawn))
        ]
        names = ("sqlite", "postgres") if options["engine"] == "both" else (options["engine"],)
        engines: list[Answers] = []
        guided: dict[str, Worth] = {}
        try:
            for name in names:
                found = _ours(name, pins=options["pins"], guides=not options["no_guides"])
                engines.append(Answers(f"{OURS}, {name}", found["rankings"]))
                if found["guides"]:
                    guided[f"{OURS}, {name}"] = Worth(**found["guides"])
                    guided["most frequent words"] = Worth(**found["words"])
            with start_postgres() as server, rivals(drawn, server.url) as asking:
                for name, ask in asking.items():
                    rankings = {one.query.text: ask(one.query.text) for one in judged}
                    engines.append(Answers(name, rankings))
        except ServiceMissing as missing:
            raise CommandError(str(missing)) from missing
        self._say([*report.about(len(drawn), judged), "", *report.relevance(engines, judged)])
        self._say(["", *report.by_kind(engines, judged)])
        if options["each"]:
            self._say(["", *report.each(engines, judged)])
        if guided:
            self._say(["", *report.guides(guided)])
        self._say(["", *report.behind(engines, judged)])

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


def _ours(name: str, **asked: Any) -> dict[str, Any]:
    """What a child over a new data folder found. name: sqlite or postgres."""
    with tempfile.TemporaryDirectory(prefix="pinboard-quality-") as folder:
        if name == "sqlite":
            return _child(Path(folder), Engine(), asked)
        with start_postgres() as server:
            return _child(Path(folder), Engine(postgres=server.url), asked)


def _child(folder: Path, stands_on: Engine, asked: dict[str, Any]) -> dict[str, Any]:
    its = environment(folder, stands_on)
    try:
        found: dict[str, Any] = json.loads(run_child("pinboard.quality.asking", asked, its))
    except BenchFailed as failure:
        raise CommandError(str(failure)) from failure
    return found
