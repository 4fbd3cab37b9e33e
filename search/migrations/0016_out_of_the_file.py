"""What is taken out of the index is out of the file with its commit, not only marked (FTS5)."""

from typing import Any

from django.db import migrations

TABLES = ("search_public_fts", "search_own_fts")


def set_secure_delete(schema_editor: Any, value: int) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for fts in TABLES:
            schema_editor.execute(
                f"INSERT INTO {fts}({fts}, rank) VALUES ('secure-delete', {value})"
            )
            if value:  # what was only marked so far goes now
                schema_editor.execute(f"INSERT INTO {fts}({fts}) VALUES ('rebuild')")


def begin(apps, schema_editor):
    set_secure_delete(schema_editor, 1)


def end(apps, schema_editor):
    set_secure_delete(schema_editor, 0)


class Migration(migrations.Migration):
    dependencies = [("search", "0015_owner_words")]

    operations = [migrations.RunPython(begin, end)]
