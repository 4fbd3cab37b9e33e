"""ShoppingRecipe, ShoppingHave: the one shopping list of a conversation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from messaging.models.conversation import Conversation
from pinboard.pins.models import Pin


class ShoppingRecipe(models.Model):
    """A recipe of the shelf that is shopped for. Without any, the list is of those decided on."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="+")
    servings = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "pin"), name="conversation_shops_for_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pin_id} for {self.servings}"


class ShoppingHave(models.Model):
    """A line of the list that somebody has already. key: see pins/cooking/gathering.py."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=24)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "key"), name="conversation_has_once"),
        )

    def __str__(self) -> str:
        return self.key
