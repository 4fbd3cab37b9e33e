"""Messages that were said before there was an index are found too."""

from collections import defaultdict
from urllib.parse import parse_qs

from django.db import migrations

from messaging.finding.words import folded_words

BATCH = 500


def index(apps, schema_editor):
    message_model = apps.get_model("messaging", "Message")
    words_model = apps.get_model("messaging", "MessageWords")
    share_model = apps.get_model("messaging", "MessagePin")
    said = message_model.objects.filter(kind="said", removed=None, words=None)
    ids = list(said.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        texts: defaultdict[int, list[str]] = defaultdict(list)
        shares = share_model.objects.filter(message__in=batch).exclude(pin=None)
        for share in shares.select_related("pin__source"):
            pin = share.pin
            site = pin.source.site_name if pin.source else ""
            texts[share.message_id] += [pin.title, pin.description, site]
        words_model.objects.bulk_create(
            words_model(
                message_id=message.pk,
                conversation_id=message.conversation_id,
                words=" ".join(
                    folded_words(
                        message.text,
                        *(text for values in parse_qs(message.search).values() for text in values),
                        *texts[message.pk],
                    )
                ),
            )
            for message in message_model.objects.filter(pk__in=batch)
        )


def forget(apps, schema_editor):
    apps.get_model("messaging", "MessageWords").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_message_words")]

    operations = [migrations.RunPython(index, forget)]
