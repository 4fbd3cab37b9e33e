"""Stretches of a conversation: its end, the messages around a place, where the unread begins.

Each is one walk along the index of places, whatever the length of the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from messaging.models import Conversation, Message, MessageQuerySet
from pinboard.people.models import Person

PAGE_SIZE = 50
HIGHEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """messages: oldest first. unread_from: the place of the first unread message, 0 for none."""

    messages: list[Message]
    has_older: bool
    has_newer: bool
    unread_from: int = 0


class Places:
    """The places of one conversation as one viewer may see them."""

    def __init__(self, conversation: Conversation, *, viewer: Person) -> None:
        """conversation: fetched through visible_to just now."""
        self._conversation = conversation
        self._viewer = viewer

    @property
    def _seen(self) -> MessageQuerySet:
        seen: MessageQuerySet = Message.objects.visible_to(self._viewer)
        return seen.filter(conversation=self._conversation).select_related("poll")

    def newest(self) -> Stretch:
        return self.before(HIGHEST, has_newer=False)

    def before(self, place: int, *, has_newer: bool = True) -> Stretch:
        """The page that ends right before a place."""
        page = list(self._seen.filter(number__lt=place).order_by("-number")[: PAGE_SIZE + 1])
        return Stretch(page[:PAGE_SIZE][::-1], len(page) > PAGE_SIZE, has_newer)

    def after(self, place: int) -> Stretch:
        """The page that begins right after a place."""
        page = list(self._seen.filter(number__gt=place).order_by("number")[: PAGE_SIZE + 1])
        return Stretch(page[:PAGE_SIZE], has_older=True, has_newer=len(page) > PAGE_SIZE)

    def around(self, place: int) -> Stretch:
        """As many messages before a place as from it on, fewer near an end. One query."""
        before = after = PAGE_SIZE // 2
        lower = self._seen.filter(number__lt=place).order_by("-number").values("number")
        upper = self._seen.filter(number__gte=place).order_by("number").values("number")
        # One more on each side tells whether there is more.
        stretch = self._seen.filter(
            number__gte=Coalesce(Subquery(lower[before : before + 1]), 0),
            number__lte=Coalesce(Subquery(upper[after : after + 1]), HIGHEST),
        )
        found = list(stretch.order_by("number"))
        has_older = sum(message.number < place for message in found) > before
        has_newer = sum(message.number >= place for message in found) > after
        kept = found[1 if has_older else 0 : -1 if has_newer else None]
        return Stretch(kept, has_older, has_newer)

    def where_reading_goes_on(self, read: int) -> Stretch:
        """The end, or the first unread message if more than a page of them is unread.

        read: the number up to which the viewer has read.
        """
        if self._conversation.counter - read <= PAGE_SIZE:
            return self.newest()
        unread = self.after(read)
        if not unread.has_newer:
            return self.newest()
        return replace(unread, has_older=read > 0, unread_from=unread.messages[0].number)
