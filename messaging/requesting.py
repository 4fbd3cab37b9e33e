"""Requests: words from somebody one does not know wait until they are accepted (TRUST 87).

To the person asked, the conversation does not exist yet: `visible_to` leaves it out, no event
reaches them, `with_lock` refuses them. This is the one door to it. They see who asks, and the
words once they open it; the one who asks may say little until then, and is not told what became
of it unless it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.dispatch import receiver

from messaging.models import Conversation, Member, Message, pair_of
from messaging.numbers import NotAMember, with_lock
from messaging.telling import tell_membership, tell_own_tabs
from pinboard.errors import PinboardError
from pinboard.people.models import Follow, Person, blocked_ids
from pinboard.people.relations import person_blocked, person_followed
from pinboard.web.ratelimit import count_up

# What a stranger may say before the answer, and how many people they may ask a day (TRUST.md).
MOST_SAID = 5
MOST_A_DAY = 20
DAY_SECONDS = 24 * 60 * 60


class NotAcceptedYet(PinboardError):
    code = "not_accepted_yet"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            f"You can send {MOST_SAID} messages until this conversation is accepted."
            " Wait for an answer."
        )


class TooManyRequests(PinboardError):
    code = "too_many_requests"
    status = 429

    def __init__(self, wait_seconds: int) -> None:
        hours = max(1, round(wait_seconds / 3600))
        super().__init__(
            f"You wrote to {MOST_A_DAY} people who do not know you yet. Go on in"
            f" {hours} hour{'' if hours == 1 else 's'}."
        )
        self.retry_after_seconds = wait_seconds


# ---------------------------------------------------------------- asking


def strangers_among(people: Iterable[Person], *, actor: Person) -> set[int]:
    """Ids of those to whom words of the actor's are a request.

    Known is whom they follow, or with whom they share a conversation that both accepted.
    """
    ids = {person.pk for person in people}
    following = Follow.objects.filter(followed=actor, follower__in=ids)
    there = Member.objects.filter(left__isnull=True, accepted=True)
    mine = there.filter(person=actor).values("conversation")
    sharing = there.filter(person__in=ids, conversation__in=mine)
    known = {*following.values_list("follower", flat=True), actor.pk}
    return ids - known - set(sharing.values_list("person", flat=True))


def ask_for_group(people: Iterable[Person], *, actor: Person) -> set[int]:
    """The strangers among the people brought into a group. Raises TooManyRequests."""
    strangers = strangers_among(people, actor=actor)
    for _ in strangers:
        _count_request(actor)
    return strangers


def _count_request(actor: Person) -> None:
    wait = count_up("request", f"person-{actor.pk}", limit=MOST_A_DAY, seconds=DAY_SECONDS)
    if wait:
        raise TooManyRequests(wait)


def heed_limits(conversation: Conversation, *, actor: Person) -> None:
    """Before something is said, inside with_lock: is it too much for people who do not know us?

    Raises NotAcceptedYet, and TooManyRequests at the first words of a talk of two.
    """
    if not is_unanswered(conversation, actor):
        return
    said = Message.objects.filter(
        conversation=conversation, sender=actor, kind=Message.Kind.SAID
    ).count()
    if said >= MOST_SAID:
        raise NotAcceptedYet
    if said == 0 and not conversation.is_group:
        _count_request(actor)
        for person_id in _asked(conversation).values_list("person_id", flat=True):
            tell_own_tabs(conversation.pk, person_id=person_id)


def refuse_unanswered(conversation: Conversation, *, actor: Person) -> None:
    """Before words that are no message of their own, inside with_lock. Raises NotAcceptedYet."""
    if is_unanswered(conversation, actor):
        raise NotAcceptedYet


def _asked(conversation: Conversation) -> QuerySet[Member]:
    """Those whose list now shows a request; put away, it shows none."""
    return Member.objects.filter(
        conversation=conversation, left__isnull=True, accepted=False, archived__isnull=True
    )


def is_unanswered(conversation: Conversation, person: Person) -> bool:
    """Whether others were asked and none of them has accepted; inside with_lock."""
    answers = {accepted for pk, accepted in conversation.present.items() if pk != person.pk}
    return answers == {False}


# ---------------------------------------------------------------- being asked


def requests_of(viewer: Person) -> QuerySet[Member]:
    """The memberships that wait for the viewer's word, newest first; see asker_of."""
    first = Message.objects.filter(conversation=OuterRef("conversation")).order_by("number")
    return (
        Member.objects.filter(
            person=viewer,
            left__isnull=True,
            accepted=False,
            archived__isnull=True,
            conversation__counter__gt=0,
        )
        .annotate(
            asker_id=Coalesce(
                F("added_by_id"),
                Subquery(first.values("sender_id")[:1]),
                output_field=BigIntegerField(),
            )
        )
        .exclude(asker_id__in=blocked_ids(viewer))
        .select_related("conversation")
        .order_by("-conversation__active", "-pk")
    )


def asker_of(request: Member) -> int:
    """The id of who asks; of a member that requests_of() gave."""
    asker: int = request.asker_id  # type: ignore[attr-defined]  # annotated there
    return asker


def words_of(request: Member) -> list[Message]:
    """What the one who asks said first, oldest first: as much as they may before the answer.

    In a group others have accepted, so that there is no end to what is said: it waits too.
    """
    said = _by_asker(request).filter(kind=Message.Kind.SAID)
    first = said.select_related("sender").prefetch_related("pins").order_by("number")[:MOST_SAID]
    return [message for message in first if message.removed is None]


def words_to_report(request: Member) -> list[Message]:
    """words_of() it; from somebody who said nothing, the line that tells of their asking."""
    lines = _by_asker(request).filter(removed__isnull=True).select_related("sender")
    return words_of(request) or list(lines.order_by("number")[:1])


def _by_asker(request: Member) -> QuerySet[Message]:
    return Message.objects.filter(
        conversation=request.conversation_id,
        number__gt=request.since,
        sender=asker_of(request),
    )


def accept(*, actor: Person, conversation_id: int) -> None:
    """From now on it is a conversation like any other. Raises NotAMember and Blocked."""
    with with_lock(conversation_id, actor=actor, accepts=True):
        pass


@transaction.atomic
def delete(*, actor: Person, conversation_id: int) -> None:
    """Gone for the actor, for good; whoever asked is not told. Raises NotAMember."""
    waiting = requests_of(actor).filter(conversation=conversation_id).first()
    if waiting is None:
        raise NotAMember
    _put_away(waiting.conversation_id, actor)


def _put_away(conversation_id: int, person: Person) -> None:
    """What was said is never shown to them, not even should they begin to talk later."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    Member.objects.filter(conversation=conversation, person=person, accepted=False).update(
        archived=conversation.counter, since=conversation.counter, read=conversation.counter
    )


@receiver(person_followed, dispatch_uid="messaging.request.followed")
def accept_whom_one_follows(follower: Person, followed: Person, **_: object) -> None:
    """Whoever follows the one who asked knows them."""
    talk = Conversation.objects.filter(pair=pair_of(follower, followed)).first()
    asked = Member.objects.filter(conversation=talk, person=follower, accepted=False)
    if talk and asked.update(accepted=True, archived=None):
        tell_membership(talk, people=[follower.pk])


@receiver(person_blocked, dispatch_uid="messaging.request.blocked")
def drop_whom_one_blocks(blocker: Person, blocked: Person, **_: object) -> None:
    talk = Conversation.objects.filter(pair=pair_of(blocker, blocked)).first()
    if talk:
        _put_away(talk.pk, blocker)
