"""Boards that were made of a conversation before this was noted: their message tells."""

from django.db import migrations
from django.db.models import F

# What make_shared_board() says in the conversation, in the name of whose board it is.
SAID = "I made a board of our pins. You can all save to it."


def note(apps, schema_editor):
    made = apps.get_model("messaging", "ConversationBoard")
    messages = apps.get_model("messaging", "Message").objects.filter(text=SAID)
    for message in messages.filter(board__owner=F("sender")).order_by("pk"):
        made.objects.get_or_create(
            board_id=message.board_id, defaults={"conversation_id": message.conversation_id}
        )


class Migration(migrations.Migration):
    dependencies = [("messaging", "0009_boards_made_of_conversations")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
