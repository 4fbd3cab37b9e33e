"""What goes with an account that is deleted: what it was told, and what it told of itself."""

from __future__ import annotations

from pinboard.notifications.models import Notification, PushSubscription, Wishes
from pinboard.people.deleting import takes_away
from pinboard.people.models import Deletion


@takes_away(turn=1)
def forget_notifications(deletion: Deletion) -> None:
    """That somebody reported a message stays with the keepers, as the report does."""
    person = deletion.person
    PushSubscription.objects.filter(person=person).delete()
    Wishes.objects.filter(person=person).delete()
    Notification.objects.filter(person=person).delete()
    told = Notification.objects.filter(actor=person)
    told.exclude(kind=Notification.Kind.REPORTED).delete()
