"""Leave a note for every pin: prices stand in the index in finer steps now."""

from django.db import migrations


def note_all(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO search_stale (pin_id, created) SELECT id, CURRENT_TIMESTAMP FROM pins_pin"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0009_measures"), ("pins", "0001_initial")]

    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
