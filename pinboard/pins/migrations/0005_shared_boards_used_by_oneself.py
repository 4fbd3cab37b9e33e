from django.db import migrations, models
from django.db.models import Exists, OuterRef


def forget_unused(apps, schema_editor):
    """Whoever never saved to a board that is shared with them has not used it."""
    save = apps.get_model("pins", "Save")
    saved = save.objects.filter(board=OuterRef("board"), saver=OuterRef("person"))
    rows = apps.get_model("pins", "BoardCollaborator").objects
    rows.filter(~Exists(saved)).update(used=None)


class Migration(migrations.Migration):
    dependencies = [("pins", "0004_drafts_remember_where_they_led")]

    operations = [
        migrations.AlterField(
            model_name="boardcollaborator",
            name="used",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(forget_unused, migrations.RunPython.noop),
    ]
