"""Person, Follow, Block, Deletion, FormerName."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from pinboard.people.names import LONGEST, OrderedByCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Viewer = "Person | AnonymousUser"

username_is_plain = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,29}\Z",
    "Use 2 to 30 letters, digits, dots, dashes or underscores, beginning with a letter or digit.",
)


# What an account that was deleted is called: its row stays, so that what its owner said to others
# has a sender. Its username is chance after a sign that no username begins with.
DELETED_NAME = "Deleted user"
DELETED_SIGN = "~"


def profile_address(username: str) -> str:
    """Where a profile is; "" for an account that was deleted, which has none."""
    return "" if username.startswith(DELETED_SIGN) else f"/@{username}/"


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> PersonQuerySet:
        """People whose profile the viewer may open: everyone active but guests, who have none,
        and save for blocks."""
        people = self.filter(is_active=True).exclude(kind=Person.Kind.GUEST)
        if not viewer.is_authenticated:
            return people
        return people.exclude(pk__in=blocked_ids(viewer))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Person | AnonymousUser) -> PersonQuerySet:
        return self.get_queryset().visible_to(viewer)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """Create somebody. Without a password the account cannot be signed in to with one."""
        fields["email"] = self.normalize_email(fields.get("email", ""))
        fields.setdefault("display_name", username)
        person = self.model(username=username.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **more: Any) -> Person:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **more)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """An account: a private person, a brand, or a guest of one conversation."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        BRAND = "brand", "Brand"
        # Came by a link into one conversation: no profile, and nothing else of the house.
        GUEST = "guest", "Guest"

    username = models.CharField(max_length=30, unique=True, validators=[username_is_plain])
    email = models.EmailField(blank=True)
    display_name = models.CharField("name", max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    face = models.ForeignKey(
        "images.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="faces"
    )
    about = models.CharField(max_length=300, blank=True)
    # Whether others see how far one has read, and that one is writing.
    shows_read = models.BooleanField(default=True)
    shows_typing = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name_plural = "people"
        constraints = (
            models.UniqueConstraint(Lower("username"), name="person_username_any_case"),
            models.CheckConstraint(
                condition=models.Q(kind__in=("person", "brand", "guest")), name="person_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """The profile; "" for a guest and for an account that was deleted, which have none."""
        return "" if self.is_guest else profile_address(self.username)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def is_brand(self) -> bool:
        return self.kind == self.Kind.BRAND

    @property
    def is_guest(self) -> bool:
        return self.kind == self.Kind.GUEST

    @property
    def is_deleted(self) -> bool:
        return self.username.startswith(DELETED_SIGN)

    @property
    def face_url(self) -> str:
        """Address of the face picture, or "" (templates then draw the first letter)."""
        return self.face.src if self.face else ""


class NamePart(models.Model):
    """Somebody's name from one of its words on, as it is typed: what they are found by.

    Kept with the person (finding.py) as long as they can be found at all.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_parts")
    words = OrderedByCode(max_length=LONGEST)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "words"), name="name_part_once"),)
        indexes = (models.Index(fields=("words", "person"), name="name_part_words"),)

    def __str__(self) -> str:
        return self.words


class Follow(models.Model):
    """follower wants to see what followed saves."""

    follower = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    followed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followers")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("follower", "followed"), name="follow_once"),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followed")), name="follow_not_oneself"
            ),
        )


class Block(models.Model):
    """blocker and blocked are nothing to each other: no messages, no profile, no pins in feeds."""

    blocker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocked_by")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("blocker", "blocked"), name="block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="block_not_oneself"
            ),
        )


class Deletion(models.Model):
    """An account was deleted; what is left of it is being taken away, piece by piece.

    username, name: as they were, for finding them in lines that tell what happened; empty once
    they were found. emptied: when everything was gone through for the first time. settled: and
    a second time, for what was on its way at the moment of the deletion.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="deletion")
    asked = models.DateTimeField(default=timezone.now)
    takes_back = models.BooleanField()
    username = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=60, blank=True)
    emptied = models.DateTimeField(null=True, blank=True)
    settled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Deletion of {self.person_id}"


class FormerName(models.Model):
    """A username whose account was deleted: nobody may take it before that day.

    Only a keyed digest of it is kept, so the table names nobody.
    """

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Former name {self.pk}"


def blocked_ids(person: Person) -> set[int]:
    """Everyone this person blocked or who blocked this person: blocking cuts both ways."""
    pairs = Block.objects.filter(models.Q(blocker=person) | models.Q(blocked=person)).values_list(
        "blocker_id", "blocked_id"
    )
    return {other for pair in pairs for other in pair if other != person.pk}


def unblocked(viewer: Person | AnonymousUser, person: str) -> models.Q:
    """A condition on rows: no block stands between the viewer and the person a row names.

    person: the field that leads there, as in "maker" or "pin__maker".
    """
    if not viewer.is_authenticated:
        return models.Q()
    between = models.Q(blocker=viewer, blocked=models.OuterRef(person)) | models.Q(
        blocked=viewer, blocker=models.OuterRef(person)
    )
    return models.Q(~models.Exists(Block.objects.filter(between)))


def any_block_between(person: Person, others: set[int]) -> bool:
    return Block.objects.filter(
        models.Q(blocker=person, blocked__in=others) | models.Q(blocked=person, blocker__in=others)
    ).exists()
