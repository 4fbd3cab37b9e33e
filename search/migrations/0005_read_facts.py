"""Leave a note for every pin, so that the worker reads their facts into the index."""

from django.db import migrations


def note_all(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO search_stale (pin_id, created) SELECT id, CURRENT_TIMESTAMP FROM pins_pin"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0004_pin_facts"), ("pins", "0001_initial")]

    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
