"""Entries keep their terms in a third of the room, and lie in the order of their pins' numbers.

What was counted from terms in the old writing cannot be taken back from the new one: the index is
emptied, and a note for every pin has the worker fill it again.
"""

from importlib import import_module

from django.db import migrations

import search.models

order = import_module("search.migrations.0012_stored_order")
TABLES = (
    "search_spelling", "search_term", "search_stale", "search_rebuild",
    "search_ownentry", "search_publicentry", "search_pinfacts",
)  # fmt: skip


def empty(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        # Row by row each would be taken out of the engine's table, which is thrown away below.
        order.forget(apps, schema_editor)
        for deed in order.DEEDS:
            schema_editor.execute(f"DROP TRIGGER search_own_fts_{deed}")
        schema_editor.execute("DROP TABLE search_own_fts")
    for table in TABLES:
        schema_editor.execute(f"DELETE FROM {table}")


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for table, key, fts in (
            ("search_publicentry", "place", "search_public_fts"),
            ("search_ownentry", "id", "search_own_fts"),
        ):
            for statement in order.full_text.statements(table, key, fts):
                schema_editor.execute(statement)
            schema_editor.execute(f"INSERT INTO {fts}({fts}, rank) VALUES ('secure-delete', 1)")
    schema_editor.execute(
        "INSERT INTO search_stale (pin_id, created) SELECT id, CURRENT_TIMESTAMP FROM pins_pin"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0016_out_of_the_file"), ("pins", "0001_initial")]

    operations = [
        migrations.RunPython(empty, make),
        migrations.AlterField(
            "publicentry", "pin_id", search.models.PinNumber(primary_key=True, serialize=False)
        ),
        migrations.AlterField(
            "pinfacts", "pin_id", search.models.PinNumber(primary_key=True, serialize=False)
        ),
        migrations.RunPython(make, empty),
    ]
