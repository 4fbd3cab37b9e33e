"""Picture and Upload."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pinboard.images import cards
from pinboard.images.access import admit, reasons_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def new_key() -> str:
    """128 random bits as 32 lower-case hex digits: safe in addresses and on any file system."""
    return secrets.token_hex(16)


def quarter(number: int) -> models.GeneratedField:
    """16 of the 64 bits of perceptual_hash, kept by the database itself; 0 to 65535."""
    bits = models.F("perceptual_hash").bitrightshift(16 * number).bitand(0xFFFF)
    return models.GeneratedField(
        expression=bits, output_field=models.IntegerField(), db_persist=True, db_index=True
    )


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self) -> PictureQuerySet:
        """Pictures that something everyone may see refers to."""
        return self.filter(reasons_for(None))

    def visible_to(self, viewer: AbstractBaseUser | AnonymousUser) -> PictureQuerySet:
        """Pictures the viewer uploaded, or that something the viewer may see refers to."""
        if not isinstance(viewer, AbstractBaseUser):
            return self.public()
        return self.filter(reasons_for(None) | reasons_for(viewer))


class Picture(models.Model):
    """A stored image with its renditions; one per content."""

    class State(models.TextChoices):
        FRESH = "fresh"  # only the original so far
        READY = "ready"

    # Stands in addresses and file names, and tells nothing.
    key = models.CharField(max_length=32, unique=True, default=new_key)
    # sha256 of the bytes as they were sent, hex.
    digest = models.CharField(max_length=64, unique=True)
    original_format = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(max_length=7)
    # Data URI of a 16 px WebP.
    preview = models.TextField(max_length=2000)
    animated = models.BooleanField(default=False)
    # Of the stored original.
    byte_size = models.PositiveBigIntegerField()
    # [[width, height], …], ascending; their files are named by rendition_token.
    renditions = models.JSONField(default=list, blank=True)
    # Every run of the rendition job writes under a token of its own, so that two runs never
    # touch each other's files and half-written ones are never named by a row.
    rendition_token = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.FRESH)
    # Runs of the rendition job begun so far, and when the sweep may begin another.
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=timezone.now)
    perceptual_hash = models.BigIntegerField(db_index=True)
    # Its four quarters, lowest first: pictures that look alike agree, or nearly, in one of them.
    likeness_0 = quarter(0)
    likeness_1 = quarter(1)
    likeness_2 = quarter(2)
    likeness_3 = quarter(3)
    created = models.DateTimeField(default=timezone.now)
    # When somebody last stored this content: the sweep leaves what is about to be used alone.
    last_stored = models.DateTimeField(default=timezone.now)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(original_format__in=("jpeg", "png", "webp")),
                name="picture_format_known",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1, byte_size__gte=1),
                name="picture_has_size",
            ),
            models.CheckConstraint(
                condition=Q(state="fresh", rendition_token="")
                | (Q(state="ready") & ~Q(rendition_token="")),
                name="picture_ready_has_renditions",
            ),
        )
        indexes = (
            models.Index(fields=("retry_at",), condition=Q(state="fresh"), name="picture_fresh"),
            models.Index(fields=("last_stored",), name="picture_last_stored"),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.width} × {self.height})"

    @property
    def src(self) -> str:
        """Address of a rendition of middling width; of the original while there is none."""
        return cards.usual_address(self.key, self.original_format, self.renditions)

    @property
    def srcset(self) -> str:
        """All renditions for an <img>; "" while there are none."""
        return cards.srcset(self.key, self.renditions)

    @property
    def card_picture(self) -> cards.CardPicture:
        """What a card shows of this picture."""
        return cards.make_card_picture(
            self.key,
            self.original_format,
            self.width,
            self.height,
            self.colour,
            self.preview,
            self.renditions,
        )

    @property
    def original_url(self) -> str:
        """Address of the clean original: full size, and moving if the picture moves."""
        return cards.original_address(self.key, self.original_format)

    @property
    def original_file(self) -> str:
        """Name in the file storage."""
        return f"{folder_of(self.key)}/{self.key}-original.{cards.SUFFIXES[self.original_format]}"

    def rendition_file(self, width: int) -> str:
        """Name in the file storage of a rendition this row vouches for."""
        return rendition_file(self.key, self.rendition_token, width)

    @property
    def files(self) -> list[str]:
        """Names in the file storage of all files this row vouches for."""
        return [self.original_file, *(self.rendition_file(width) for width, _ in self.renditions)]


def folder_of(key: str) -> str:
    """Flat folders of a 256th of all files each: a sweep lists one at a time."""
    return f"pictures/{key[:2]}"


def rendition_file(key: str, token: str, width: int) -> str:
    return f"{folder_of(key)}/{key}-{token}-{width}.webp"


class Upload(models.Model):
    """Somebody brought this picture here, and may see it before anything refers to it."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="uploads")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("picture", "person"), name="upload_once"),)
        indexes = (models.Index(fields=("person", "created"), name="upload_of_person"),)


@admit
def _own_uploads(viewer: AbstractBaseUser | None) -> Exists | None:
    if viewer is None:
        return None
    return Exists(Upload.objects.filter(picture=OuterRef("pk"), person=viewer.pk))
