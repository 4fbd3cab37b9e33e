"""Site, Upkeep, PricePoint, SourceChange: what is remembered about visiting sources again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Site(models.Model):
    """Whom we visit: one scheme, host and port; and how they like to be visited.

    free_at: no visit that nobody asked for begins earlier, whichever process looks.
    robots: the text of robots.txt, good until robots_until; robots_known: False while the site
    failed to say. pace_seconds: what it asks for between two visits.
    """

    origin = models.CharField(max_length=300, unique=True)
    free_at = models.DateTimeField(default=timezone.now)
    pace_seconds = models.PositiveIntegerField(default=0)
    robots = models.TextField(blank=True)
    robots_known = models.BooleanField(default=True)
    robots_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("free_at",), name="site_free"),)

    def __str__(self) -> str:
        return self.origin


class Upkeep(models.Model):
    """How a source is kept true: when it is visited next, and how the last visits went.

    due_at: null for what is never visited by itself. A visit that was handed out has it ahead, so
    that it is handed out again should its worker die. handed_at: handed out, not yet begun.
    leased_until: somebody reads it now; who writes must still hold this very lease.
    failures: in a row; failing_since: the first of them. outcome: of the last visit, in a sentence.
    base_price, base_currency, base_stock, risen_at, back_at: see prices.py.
    """

    source = models.OneToOneField(
        "pins.Source", on_delete=models.CASCADE, primary_key=True, related_name="upkeep"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="upkeeps")
    due_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    # Begun and not ended: a page that takes its worker along is tried later and later.
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=400, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    # What the page gave us to ask whether it changed (ingest/answers.py).
    read_from = models.CharField(max_length=2048, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    base_price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    base_currency = models.CharField(max_length=3, blank=True)
    base_stock = models.CharField(max_length=20, blank=True)
    risen_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("site", "due_at"), name="upkeep_due"),
            models.Index(
                fields=("handed_at",), condition=Q(handed_at__isnull=False), name="upkeep_handed"
            ),
            models.Index(
                fields=("begun_at",), condition=Q(begun_at__isnull=False), name="upkeep_begun"
            ),
        )

    def __str__(self) -> str:
        return f"Upkeep of source {self.source_id}"


class PricePoint(models.Model):
    """What a source said it costs, and whether it was there, from a moment on.

    A row for each change, not for each visit. price: null where the page did not say.
    """

    source = models.ForeignKey("pins.Source", on_delete=models.CASCADE, related_name="prices")
    at = models.DateTimeField(default=timezone.now)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    stock = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.price or '?'} {self.currency} {self.stock} at {self.at:%Y-%m-%d %H:%M}"


class SourceChange(models.Model):
    """Something worth telling: it got cheaper, or is there again. Told once.

    was, price: before and now, in the same currency; null for what is back in stock.
    told_at: when the people who keep it were told.
    """

    class Kind(models.TextChoices):
        CHEAPER = "cheaper"
        BACK = "back"

    # Told no more: nothing is in stock at a page that is gone.
    BYGONE: ClassVar = Q(kind=Kind.BACK, source__state="gone")

    source = models.ForeignKey("pins.Source", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    was = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("cheaper", "back")), name="change_kind"),
        )
        indexes = (
            models.Index(fields=("at",), name="change_newest"),
            models.Index(fields=("id",), condition=Q(told_at__isnull=True), name="change_untold"),
        )

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
