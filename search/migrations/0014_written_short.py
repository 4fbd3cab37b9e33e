"""Leave a note for every pin: "womens" and "t-shirt" have other roots now."""

from django.db import migrations


def note_all(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO search_stale (pin_id, created) SELECT id, CURRENT_TIMESTAMP FROM pins_pin"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0013_rebuild"), ("pins", "0001_initial")]

    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
