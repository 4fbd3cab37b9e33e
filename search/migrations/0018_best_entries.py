"""On PostgreSQL the entries that stand best have a small table of their own.

It is kept by a trigger, as SQLite's FTS5 tables are: every entry whose place is at least the floor
stands there too. search/index/postgres.py raises the floor when there are too many.
"""

from django.db import migrations

MAKE = """
CREATE TABLE search_best_floor (place bigint NOT NULL);
INSERT INTO search_best_floor SELECT coalesce(
    (SELECT place FROM search_publicentry ORDER BY place DESC LIMIT 1 OFFSET 59999), 0);
CREATE TABLE search_best (
    pin_id bigint PRIMARY KEY, place bigint NOT NULL, lexemes tsvector NOT NULL
);
INSERT INTO search_best SELECT pin_id, place, lexemes FROM search_publicentry
    WHERE place >= (SELECT place FROM search_best_floor);
CREATE INDEX search_best_place ON search_best (place);
-- Without a list of what waits to be sorted in, which each search would read through.
CREATE INDEX search_best_fts ON search_best USING gin (lexemes) WITH (fastupdate = off);
CREATE FUNCTION search_keep_best() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE search_best;
        UPDATE search_best_floor SET place = 0;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM search_best WHERE pin_id = OLD.pin_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search_best SELECT NEW.pin_id, NEW.place, NEW.lexemes
        FROM search_best_floor WHERE NEW.place >= search_best_floor.place;
    END IF;
    RETURN NULL;
END
$body$;
CREATE TRIGGER search_best_kept AFTER INSERT OR UPDATE OR DELETE ON search_publicentry
    FOR EACH ROW EXECUTE FUNCTION search_keep_best();
CREATE TRIGGER search_best_emptied AFTER TRUNCATE ON search_publicentry
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_best();
"""
REMOVE = """
DROP TRIGGER search_best_emptied ON search_publicentry;
DROP TRIGGER search_best_kept ON search_publicentry;
DROP FUNCTION search_keep_best();
DROP TABLE search_best_floor;
DROP TABLE search_best;
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("search", "0017_shorter_terms")]

    operations = [migrations.RunPython(make, remove)]
