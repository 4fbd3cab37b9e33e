"""The engine's own part of the index: FTS5 tables kept by triggers, or generated tsvectors."""

from django.db import migrations

FIELDS = ("title", "boards", "data", "body")
# table of entries, its key, table of the engine
PAIRS = (
    ("search_publicentry", "pin_id", "search_public_fts"),
    ("search_ownentry", "id", "search_own_fts"),
)
# The words are folded and stemmed before they come here: the engine only splits at spaces.
SQLITE = """
CREATE VIRTUAL TABLE {fts} USING fts5(
    {fields}, content='{table}', content_rowid='{key}', tokenize="unicode61 remove_diacritics 0"
);
CREATE TRIGGER {fts}_added AFTER INSERT ON {table} BEGIN
    INSERT INTO {fts}(rowid, {fields}) VALUES (new.{key}, {new});
END;
CREATE TRIGGER {fts}_removed AFTER DELETE ON {table} BEGIN
    INSERT INTO {fts}({fts}, rowid, {fields}) VALUES ('delete', old.{key}, {old});
END;
CREATE TRIGGER {fts}_changed AFTER UPDATE ON {table} BEGIN
    INSERT INTO {fts}({fts}, rowid, {fields}) VALUES ('delete', old.{key}, {old});
    INSERT INTO {fts}(rowid, {fields}) VALUES (new.{key}, {new});
END;
"""
POSTGRESQL = """
ALTER TABLE {table} ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('pg_catalog.simple', title), 'A')
    || setweight(to_tsvector('pg_catalog.simple', boards), 'B')
    || setweight(to_tsvector('pg_catalog.simple', data), 'C')
    || setweight(to_tsvector('pg_catalog.simple', body), 'D')
) STORED;
CREATE INDEX {fts} ON {table} USING gin (lexemes);
"""


def statements(table: str, key: str, fts: str) -> list[str]:
    """What makes SQLite's part for a table of entries with this key."""
    names = {
        "table": table,
        "key": key,
        "fts": fts,
        "fields": ", ".join(FIELDS),
        "new": ", ".join(f"new.{field}" for field in FIELDS),
        "old": ", ".join(f"old.{field}" for field in FIELDS),
    }
    made, *triggers = SQLITE.format(**names).split("CREATE TRIGGER")
    return [made.strip(), *(f"CREATE TRIGGER{trigger}".strip() for trigger in triggers)]


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, key, fts in PAIRS:
        if vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table, fts=fts))
            continue
        for statement in statements(table, key, fts):
            schema_editor.execute(statement)


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, _, fts in PAIRS:
        if vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN lexemes")
            continue
        for deed in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER {fts}_{deed}")
        schema_editor.execute(f"DROP TABLE {fts}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(make, remove)]
