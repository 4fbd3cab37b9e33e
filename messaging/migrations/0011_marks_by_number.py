"""Verdicts and decisions count by the conversation's numbers, not by a clock."""

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Subquery


def keep_what_was_hidden(apps, schema_editor):
    """Copies of pins that somebody sees who came later keep to themselves what was said before."""
    member, share = apps.get_model("messaging", "Member"), apps.get_model("messaging", "MessagePin")
    came = (
        member.objects.filter(
            conversation=OuterRef("conversation"),
            left__isnull=True,
            since__gt=0,
            since__lt=OuterRef("place"),
        )
        .order_by()
        .values("conversation")
        .annotate(last=Max("since"))
        .values("last")
    )
    shares = share.objects.annotate(place=F("message__number"), came=Subquery(came))
    for pk, last in shares.filter(came__isnull=False).values_list("pk", "came"):
        share.objects.filter(pk=pk).update(marks_after=last)


class Migration(migrations.Migration):
    dependencies = (("messaging", "0010_note_boards_made_before"),)

    operations = (
        migrations.AddField("messagepin", "marks_after", models.BigIntegerField(default=0)),
        # What was given before numbers were kept counts as the first thing that happened.
        migrations.AddField(
            "verdict", "number", models.BigIntegerField(default=1), preserve_default=False
        ),
        migrations.AddField(
            "decision", "number", models.BigIntegerField(default=1), preserve_default=False
        ),
        migrations.RemoveField("verdict", "given"),
        migrations.RunPython(keep_what_was_hidden, migrations.RunPython.noop),
    )
