"""The index of messages, with the engine's own part: FTS5 kept by triggers, or a tsvector."""

import django.db.models.deletion
from django.db import migrations, models

# The words are folded before they come here: the engine only splits at blanks. secure-delete:
# what is taken out is out of the file, not only marked.
SQLITE = (
    """
    CREATE VIRTUAL TABLE messaging_words_fts USING fts5(
        conversation_id, words, content='messaging_messagewords', content_rowid='message_id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3'
    )
    """,
    "INSERT INTO messaging_words_fts(messaging_words_fts, rank) VALUES ('secure-delete', 1)",
    """
    CREATE TRIGGER messaging_words_fts_added AFTER INSERT ON messaging_messagewords BEGIN
        INSERT INTO messaging_words_fts(rowid, conversation_id, words)
        VALUES (new.message_id, new.conversation_id, new.words);
    END
    """,
    """
    CREATE TRIGGER messaging_words_fts_removed AFTER DELETE ON messaging_messagewords BEGIN
        INSERT INTO messaging_words_fts(messaging_words_fts, rowid, conversation_id, words)
        VALUES ('delete', old.message_id, old.conversation_id, old.words);
    END
    """,
    """
    CREATE TRIGGER messaging_words_fts_changed AFTER UPDATE ON messaging_messagewords BEGIN
        INSERT INTO messaging_words_fts(messaging_words_fts, rowid, conversation_id, words)
        VALUES ('delete', old.message_id, old.conversation_id, old.words);
        INSERT INTO messaging_words_fts(rowid, conversation_id, words)
        VALUES (new.message_id, new.conversation_id, new.words);
    END
    """,
)
# The array as it is, without the parser: words are what our own folding says they are. No word
# holds an underscore, so "_7" is the seventh conversation.
POSTGRESQL = (
    """
    ALTER TABLE messaging_messagewords ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(string_to_array(words, ' ') || ('_' || conversation_id::text))
    ) STORED
    """,
    "CREATE INDEX messaging_words_fts ON messaging_messagewords USING gin (lexemes)",
)
SQLITE_BACK = (
    "DROP TRIGGER messaging_words_fts_added",
    "DROP TRIGGER messaging_words_fts_removed",
    "DROP TRIGGER messaging_words_fts_changed",
    "DROP TABLE messaging_words_fts",
)
POSTGRESQL_BACK = ("ALTER TABLE messaging_messagewords DROP COLUMN lexemes",)


def make(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if on_postgresql else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if on_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_who_brought_whom")]

    operations = [
        migrations.CreateModel(
            name="MessageWords",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="messaging.message",
                    ),
                ),
                ("conversation_id", models.BigIntegerField()),
                ("words", models.TextField(blank=True)),
            ],
        ),
        migrations.RunPython(make, remove),
    ]
