"""Source, Pin, Board, BoardCollaborator, Section, Save, Favourite; Draft in drafts.py, and what is
remembered about visiting sources in freshness/models.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone

from pinboard.pins.drafts import Draft as Draft
from pinboard.pins.drafts import DraftPicture as DraftPicture
from pinboard.pins.freshness.models import PricePoint as PricePoint
from pinboard.pins.freshness.models import Site as Site
from pinboard.pins.freshness.models import SourceChange as SourceChange
from pinboard.pins.freshness.models import Upkeep as Upkeep
from pinboard.pins.visibility import further_reasons

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person


class Source(models.Model):
    """The web page a pin leads to, with its reading: what the page says about itself.

    state: "" while it answers; see freshness/keeping.py for the others. news: what changed there
    lately: {"kind": "cheaper", "was": "149.00"} or {"kind": "back"}, with "since".

    A page of which somebody said something better than it did itself has a copy for that person's
    pins: corrected_from leads to the page, corrections is what they said ({"product.price":
    "24.00"}), and reading both together, laid over each other anew whenever the page is read.
    """

    url = models.URLField(max_length=2000)
    # sha256 of url, hex: addresses are longer than an index likes.
    url_digest = models.CharField(max_length=64, unique=True)
    site_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, default="plain")
    # Of the address by which its page knows itself (ingest.links.page_key), hex: whoever pasted
    # which spelling of it. Kept by keep_source.
    page_digest = models.CharField(max_length=64, blank=True, db_index=True)
    reading = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, blank=True, default="", db_default="")
    news = models.JSONField(null=True, blank=True)
    corrected_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected"
    )
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrections = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("corrected_from", "corrected_by"), name="source_corrected_once_by_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("", "failing", "gone", "closed")), name="source_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.url

    @property
    def page(self) -> Source:
        """The page itself, of one that somebody corrected."""
        return self.corrected_from or self


class PinQuerySet(models.QuerySet["Pin"]):
    def public(self) -> PinQuerySet:
        return self.filter(is_public=True)

    def visible_to(self, viewer: Person | AnonymousUser) -> PinQuerySet:
        """Pins the viewer may open: public, their own, on boards of theirs, shared with them."""
        if not viewer.is_authenticated:
            return self.public()
        saves = Save.objects.filter(pin=OuterRef("pk"))
        own = Q(Exists(saves.filter(board__owner=viewer)))
        shared = Q(Exists(saves.filter(board__collaborators__person=viewer)))
        public = Q(is_public=True) | Q(maker=viewer)
        return self.filter(public | own | shared | further_reasons(viewer))


class Pin(models.Model):
    """A picture that leads to a source, made by one person. Saving never copies it."""

    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pins"
    )
    picture = models.ForeignKey("images.Picture", on_delete=models.PROTECT, related_name="pins")
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="pins"
    )
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=2000, blank=True)
    alt = models.CharField("what the picture shows", max_length=500, blank=True)
    # True while some save of it lies on a public board; kept by saving.py in the same
    # transaction as the saves, because every feed and search asks it of every pin.
    is_public = models.BooleanField(default=False)
    save_count = models.PositiveIntegerField(default=0)
    visit_count = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Pin]] = PinQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("-id",), condition=Q(is_public=True), name="pin_public_newest"),
            models.Index(fields=("maker", "-id"), name="pin_of_maker"),
        )

    def __str__(self) -> str:
        return self.title or f"Pin {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pins:pin", args=[self.pk])


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> BoardQuerySet:
        """Boards the viewer may open: public ones, their own, and those they collaborate on."""
        if not viewer.is_authenticated:
            return self.filter(is_secret=False)
        shared = BoardCollaborator.objects.filter(board=OuterRef("pk"), person=viewer)
        return self.filter(Q(is_secret=False) | Q(owner=viewer) | Q(Exists(shared)))

    def of(self, person: Person) -> BoardQuerySet:
        """The boards this person may save to, own and shared; those they used last come first."""
        # A union, so that each half is one walk along an index: every page asks for the first.
        edited = BoardCollaborator.objects.filter(person=person, role=BoardCollaborator.Role.EDITOR)
        own = Board.objects.filter(owner=person).values("pk")
        theirs = Subquery(edited.filter(board=OuterRef("pk")).values("used")[:1])
        used = Case(When(owner=person, then=F("used")), default=theirs)
        mine = self.filter(pk__in=own.union(edited.values("board"), all=True))
        return mine.annotate(last_used=used).order_by(F("last_used").desc(nulls_last=True), "-pk")


class Board(models.Model):
    """A person's collection of saves; may be secret, and may have collaborators."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="boards"
    )
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=90)
    about = models.CharField(max_length=500, blank=True)
    is_secret = models.BooleanField("secret", default=False)
    created = models.DateTimeField(default=timezone.now)
    # When its owner last saved here: the last board is offered first.
    used = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Board]] = BoardQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "slug"), name="board_slug_of_owner"),
        )
        indexes = (models.Index(fields=("owner", "-used"), name="board_last_used"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pins:board", args=[self.owner.username, self.slug])


class BoardCollaborator(models.Model):
    """Somebody who sees a board of another person and, as an editor, saves to it too."""

    class Role(models.TextChoices):
        EDITOR = "editor", "Saves to it too"
        VIEWER = "viewer", "Only looks"

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="collaborators")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collaborations"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)
    added = models.DateTimeField(default=timezone.now)
    # As Board.used is for the owner; None until they save here: nobody else chooses their board.
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("board", "person"), name="collaborator_once"),
            models.CheckConstraint(
                condition=Q(role__in=("editor", "viewer")), name="collaborator_role"
            ),
        )


class Section(models.Model):
    """A part of a board with a name."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=70)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("board", "slug"), name="section_slug_of_board"),
        )

    def __str__(self) -> str:
        return self.name


class SaveQuerySet(models.QuerySet["Save"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> SaveQuerySet:
        """Saves that lie on a board the viewer may open."""
        if not viewer.is_authenticated:
            return self.filter(board__is_secret=False)
        shared = BoardCollaborator.objects.filter(board=OuterRef("board"), person=viewer)
        return self.filter(Q(board__is_secret=False) | Q(board__owner=viewer) | Q(Exists(shared)))


class Save(models.Model):
    """The placing of a pin on a board, with the saver's own note: why I saved this."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="saves")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="saves")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="saves"
    )
    # The board's owner or one of its collaborators.
    saver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saves"
    )
    note = models.CharField("why I saved this", max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now)
    # Copied from the board by saving.py, so that "what followed people saved in public" is one
    # walk along an index instead of a join.
    is_public = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Save]] = SaveQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pin", "board"), name="save_once"),)
        indexes = (
            models.Index(fields=("board", "-id"), name="save_on_board"),
            models.Index(fields=("saver", "-id"), name="save_of_saver"),
            # "Did I save this?" is asked of every card on every page.
            models.Index(fields=("saver", "pin"), name="save_by_saver"),
        )


class Favourite(models.Model):
    """A private one-tap mark on a pin."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="favourites")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "pin"), name="favourite_once"),)
        indexes = (models.Index(fields=("person", "-id"), name="favourite_newest"),)


class ShoppingTick(models.Model):
    """A line of a recipe's own shopping list that a person has. key: see cooking/gathering.py."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=24)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "pin", "key"), name="shopping_tick_once"),
        )

    def __str__(self) -> str:
        return self.key
