from __future__ import annotations

from typing import Any

from django.db import migrations

from pinboard.people.names import endings

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    """Everybody who is here already is found by their name from now on."""
    person_model = apps.get_model("people", "Person")
    part_model = apps.get_model("people", "NamePart")
    people = person_model.objects.filter(is_active=True).exclude(kind="guest")
    parts = []
    for pk, name, username in people.values_list("pk", "display_name", "username").iterator():
        parts += [part_model(person_id=pk, words=words) for words in endings(name, username)]
        if len(parts) >= BATCH:
            part_model.objects.bulk_create(parts)
            parts = []
    part_model.objects.bulk_create(parts)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_name_parts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
