"""PublicEntry, OwnEntry, PinFacts, BoardWord, Search, Term, Spelling, Stale, Rebuild: the
index.

The engine's own part (FTS5 tables kept by triggers, generated tsvector columns) hangs on the two
entry tables and is made by migration 0002. Whoever changes those tables in a migration on SQLite
has to make the triggers again: Django remakes the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person


class PinNumber(models.BigIntegerField):  # type: ignore[type-arg]  # takes none when it runs
    """A pin's number as the key of a table that is no child of the pins'.

    SQLite keeps a table in the order of a key that is called "integer", not "bigint": one walk
    down a tree less for each row, and no index beside it.
    """

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """The words of a pin as stems between spaces, by how much they say.

    terms: what guides and spellings may use, see terms.py; always "" in an OwnEntry.
    """

    title = models.TextField(blank=True)
    boards = models.TextField(blank=True)
    data = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        abstract = True


class PublicEntry(Entry):
    """What everybody may read of a public pin. Holds no word from anything secret.

    place: where it stands in the stored order, best last (standing.py); also the engine's key.
    No foreign key in the database: an entry outlives its pin by the moment until keeping.py takes
    its words back.
    """

    pin_id = PinNumber(primary_key=True)
    place = models.BigIntegerField(unique=True)
    terms = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Pin {self.pin_id}"


class OwnEntryQuerySet(models.QuerySet["OwnEntry"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> OwnEntryQuerySet:
        """A person's own, nobody else's."""
        return self.filter(person_id=viewer.pk) if viewer.is_authenticated else self.none()


class OwnEntry(Entry):
    """What one person alone may read of a pin: words of a private pin, their secret boards."""

    pin_id = models.BigIntegerField()
    person_id = models.BigIntegerField()

    objects: ClassVar[models.Manager[OwnEntry]] = OwnEntryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("pin_id", "person_id"), name="own_entry_once"),
        )
        indexes = (models.Index(fields=("person_id",), name="own_entry_of_person"),)

    def __str__(self) -> str:
        return f"Pin {self.pin_id} for person {self.person_id}"


class PinFacts(models.Model):
    """What a pin can be narrowed by, read once when it is indexed.

    Of every pin, private ones too: only asked for pins that have passed their door. price: in
    whole units of its currency, rounded down; minutes: 0 for none.
    """

    pin_id = PinNumber(primary_key=True)
    kind = models.CharField(max_length=10)
    site = models.CharField(max_length=100, blank=True)
    site_name = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=8, blank=True)
    price = models.IntegerField(null=True)
    minutes = models.IntegerField(default=0)
    colour = models.CharField(max_length=10, blank=True)
    shape = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"Pin {self.pin_id}: {self.kind}"


class BoardWord(models.Model):
    """A word of a board's name or of what it is about, secret boards' too.

    Only a way to boards, which are then asked for through their own door. text: folded; root:
    its stem. is_name: stands in the name.
    """

    board = models.ForeignKey("pins.Board", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=40)
    root = models.CharField(max_length=40)
    is_name = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("board", "text"), name="board_word_once"),)
        indexes = (
            models.Index(fields=("root", "-board"), name="board_word_root"),
            models.Index(fields=("text", "-board"), name="board_word_text"),
        )

    def __str__(self) -> str:
        return self.text


class SearchQuerySet(models.QuerySet["Search"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> SearchQuerySet:
        """A person's own, nobody else's."""
        return self.filter(person_id=viewer.pk) if viewer.is_authenticated else self.none()


class Search(models.Model):
    """Something one person searched for; the newest few are kept (remembering.py).

    address: "/search/?q=…", text: the same in words.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    text = models.TextField()
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Search]] = SearchQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("person", "-id"), name="search_newest"),)

    def __str__(self) -> str:
        return self.text


class Term(models.Model):
    """A word or a phrase of two that stands in public entries.

    text: folded words, as typed. shown: as somebody wrote it. root: its stems.
    uses: how often it stands in public entries; named: in titles, board names and rich data
    alone. is_shared: at least two people wrote it, so that it may be suggested: writer and other
    are two of them, with how often each did; whoever else did is not written down.
    """

    text = models.CharField(max_length=81, unique=True)
    shown = models.CharField(max_length=120)
    root = models.CharField(max_length=81, db_index=True)
    is_phrase = models.BooleanField()
    uses = models.IntegerField(default=0)
    named = models.IntegerField(default=0)
    is_shared = models.BooleanField(default=False)
    writer = models.BigIntegerField(null=True)
    writer_uses = models.IntegerField(default=0)
    other = models.BigIntegerField(null=True)
    other_uses = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("-named",), name="term_most_named"),)

    def __str__(self) -> str:
        return self.text


class Spelling(models.Model):
    """A word with one letter left out: what two spellings of it have in common.

    The symmetric deletion idea of SymSpell (W. Garbe, 2012).
    """

    text = models.CharField(max_length=40, db_index=True)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="spellings")

    def __str__(self) -> str:
        return self.text


class Stale(models.Model):
    """A note, written with the change itself, that a pin has to be indexed anew.

    One row per change and never updated, so that a change that commits while the index is
    being brought in line has its own note left.
    """

    pin_id = models.BigIntegerField()
    created = models.DateTimeField(default=timezone.now)


class Rebuild(models.Model):
    """A rebuild of the whole index that is not finished: how far it has come.

    Written in the transactions that index, so that whoever goes on after a kill begins exactly
    where it was. last: the pin indexed last; done of total: pins, as there were at the beginning.
    """

    last = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    begun = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.done} of {self.total} pins"
