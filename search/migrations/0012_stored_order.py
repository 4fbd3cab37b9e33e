"""The order in which the engine keeps public entries: their quality instead of their number.

Until each entry is written anew it stands where its number put it; a note for every pin has the
worker see to that.
"""

from importlib import import_module
from typing import Any

from django.db import migrations, models

full_text = import_module("search.migrations.0002_full_text")
TABLE, FTS = "search_publicentry", "search_public_fts"
DEEDS = ("added", "removed", "changed")


def forget(apps, schema_editor):
    """Django remakes the table below, which its triggers would not survive."""
    if schema_editor.connection.vendor == "sqlite":
        for deed in DEEDS:
            schema_editor.execute(f"DROP TRIGGER {FTS}_{deed}")
        schema_editor.execute(f"DROP TABLE {FTS}")


def number(apps, schema_editor):
    schema_editor.execute(f"UPDATE {TABLE} SET place = pin_id")


def make(schema_editor: Any, key: str) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in full_text.statements(TABLE, key, FTS):
            schema_editor.execute(statement)
        schema_editor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def make_by_pin(apps, schema_editor):
    make(schema_editor, "pin_id")


def make_by_place(apps, schema_editor):
    make(schema_editor, "place")


def note_all(apps, schema_editor):
    schema_editor.execute(
        f"INSERT INTO search_stale (pin_id, created) SELECT pin_id, CURRENT_TIMESTAMP FROM {TABLE}"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0011_two_writers")]

    operations = [
        migrations.RunPython(forget, make_by_pin),
        migrations.AddField("publicentry", "place", models.BigIntegerField(null=True)),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField("publicentry", "place", models.BigIntegerField(unique=True)),
        migrations.RunPython(make_by_place, forget),
        migrations.RunPython(note_all, migrations.RunPython.noop),
    ]
