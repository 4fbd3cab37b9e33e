"""Two of the people who wrote a term stand with it, in the place of a row for each of them."""

from django.db import migrations, models

# The two who wrote it most.
TAKE_OVER = """
UPDATE search_term SET {who} = (
    SELECT person_id FROM search_termuse WHERE term_id = search_term.id
    ORDER BY uses DESC, person_id LIMIT 1 OFFSET {place}
), {often} = COALESCE((
    SELECT uses FROM search_termuse WHERE term_id = search_term.id
    ORDER BY uses DESC, person_id LIMIT 1 OFFSET {place}
), 0)
"""


def take_over(apps, schema_editor):
    for place, (who, often) in enumerate((("writer", "writer_uses"), ("other", "other_uses"))):
        schema_editor.execute(TAKE_OVER.format(who=who, often=often, place=place))


class Migration(migrations.Migration):
    dependencies = [("search", "0010_price_steps")]

    operations = [
        migrations.AddField("term", "writer", models.BigIntegerField(null=True)),
        migrations.AddField("term", "writer_uses", models.IntegerField(default=0)),
        migrations.AddField("term", "other", models.BigIntegerField(null=True)),
        migrations.AddField("term", "other_uses", models.IntegerField(default=0)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel("TermUse"),
    ]
