"""`manage.py demo`: draw the demo world into the present data folder, if it is empty."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from pinboard.demo.build import build_world
from pinboard.management.commands.start import collect_static
from pinboard.people.models import Person


class Command(BaseCommand):
    help = "Fill an empty data folder with the demo world (every password is 'pinboard')."

    def handle(self, *_: str, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if Person.objects.exists():
            raise CommandError(
                "There are people here already. The demo world goes into an empty data folder: "
                "set PINBOARD_DATA to a new one."
            )
        collect_static()  # messages are drawn while they are sent, with the names of their icons
        build_world(self.stdout)  # type: ignore[arg-type]  # an OutputWrapper writes like a file
        self.stdout.write("The demo world is drawn.")
