"""MessageWords: the index by which messages are found.

The engine's own part (an FTS5 table kept by triggers, or a generated tsvector column) hangs on
this table and is made by a migration. Whoever changes the table in a migration on SQLite has to
make the triggers again: Django remakes the table.
"""

from __future__ import annotations

from django.db import models

from messaging.models.message import Message


class MessageWords(models.Model):
    """The folded words of a message and of the pins it carries, parted by blanks.

    conversation_id: beside them, so that a search stays within the conversations of one person.
    No foreign key, because the message has it.
    """

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    conversation_id = models.BigIntegerField()
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Words of message {self.message_id}"
