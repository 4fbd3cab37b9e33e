"""Whose an own entry is, as a word in it: as entries.py writes them from now on."""

from django.db import migrations


def add(apps, schema_editor):
    schema_editor.execute("UPDATE search_ownentry SET body = body || ' zqfp' || person_id")


class Migration(migrations.Migration):
    dependencies = [("search", "0014_written_short")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
