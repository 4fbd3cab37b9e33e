"""The words of the boards that are there already."""

from django.db import migrations

from search.text import words

BATCH = 500


def read_words(apps, schema_editor):
    word_model = apps.get_model("search", "BoardWord")
    rows: list = []
    boards = apps.get_model("pins", "Board").objects.order_by("pk")
    for pk, name, about in boards.values_list("pk", "name", "about").iterator(BATCH):
        found: dict = {}
        for text, is_name in ((name, True), (about, False)):
            for word in words(text):
                row = word_model(board_id=pk, text=word.folded, root=word.stem, is_name=is_name)
                if len(found) < 40:
                    found.setdefault(word.folded, row)
        rows += found.values()
    word_model.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_board_words"), ("pins", "0003_board_collaborators")]

    operations = [migrations.RunPython(read_words, migrations.RunPython.noop)]
