"""Starting conversations, adding people, leaving, removing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging.boards import part_boards
from messaging.guests import close_links_of, end_guest
from messaging.models import MAX_MEMBERS, Conversation, Member, Message, pair_of
from messaging.news import tell_added
from messaging.numbers import NotAMember, with_lock
from messaging.posting import Words, post_message, write_line
from messaging.requesting import accept, ask_for_group, strangers_among
from messaging.telling import tell_membership
from messaging.touching import touch_waiting
from pinboard.errors import PinboardError
from pinboard.people.models import Person, any_block_between


@transaction.atomic
def begin_conversation(
    *, actor: Person, people: Sequence[Person], title: str, client_id: uuid.UUID, said: Words | None
) -> Conversation:
    """A conversation and its first words, both or neither; once for each client_id.

    said: None to begin without words. The actor's own row is locked, so that of two requests
    with one client_id the second finds what the first began.
    """
    list(Person.objects.filter(pk=actor.pk).select_for_update(no_key=True).values_list("pk"))
    line_id = uuid.uuid5(client_id, "started")
    earlier = Message.objects.filter(sender=actor, client_id__in=(client_id, line_id)).first()
    if earlier:
        return earlier.conversation
    conversation = start_conversation(actor=actor, people=people, title=title, line_id=line_id)
    if said:
        post_message(
            actor=actor,
            conversation_id=conversation.pk,
            client_id=client_id,
            said=said,
            accepts=True,
        )
    return conversation


def start_conversation(
    *,
    actor: Person,
    people: Sequence[Person],
    title: str = "",
    is_group: bool | None = None,
    line_id: uuid.UUID | None = None,
) -> Conversation:
    """A conversation with these people: the one there is between two, a new one for a group.

    people: the others, without the actor. is_group: None means by their number. line_id: the
    client_id of the line that opens a group.
    """
    others = [person for person in dict.fromkeys(people) if person != actor]
    if not others:
        raise PinboardError("Choose at least one person to talk to.", code="nobody")
    if len(others) + 1 > MAX_MEMBERS:
        raise PinboardError(
            f"A conversation holds up to {MAX_MEMBERS} people.", code="too_many_people"
        )
    _refuse_blocked(actor, others)
    if is_group or len(others) > 1:
        return _start_group(actor, others, title, line_id)
    return _pair(actor, others[0])


@transaction.atomic
def _start_group(
    actor: Person, others: list[Person], title: str, line_id: uuid.UUID | None
) -> Conversation:
    conversation = Conversation.objects.create(title=title[:80], is_group=True)
    asked = ask_for_group(others, actor=actor)
    Member.objects.bulk_create(
        Member(conversation=conversation, person=person, accepted=person.pk not in asked)
        for person in [actor, *others]
    )
    with with_lock(conversation.pk, actor=actor) as locked:
        text = f"{actor.display_name} started this conversation"
        write_line(locked, actor=actor, text=text, client_id=line_id)
        tell_membership(locked, people=[person.pk for person in [actor, *others]])
        tell_added(locked, people=others, actor=actor)
    return conversation


def _pair(actor: Person, other: Person) -> Conversation:
    """Whoever begins to talk with somebody who asked them to has accepted."""
    pair = pair_of(actor, other)
    try:
        with transaction.atomic():
            conversation, is_new = Conversation.objects.get_or_create(pair=pair)
            if is_new:
                asked = strangers_among([other], actor=actor)
                Member.objects.bulk_create(
                    Member(
                        conversation=conversation, person=person, accepted=person.pk not in asked
                    )
                    for person in (actor, other)
                )
    except IntegrityError:  # both began in the same moment; the other's is ours too
        conversation, is_new = Conversation.objects.get(pair=pair), False
    if not is_new:
        accept(actor=actor, conversation_id=conversation.pk)
    return conversation


def add_people(*, actor: Person, conversation_id: int, people: Sequence[Person]) -> None:
    """Bring people into a group. They see what is said from now on."""
    with with_lock(conversation_id, actor=actor) as conversation:
        _only_groups(conversation)
        _refuse_blocked(actor, people)
        present = set(_present(conversation).values_list("person_id", flat=True))
        newcomers = [person for person in people if person.pk not in present]
        if len(present) + len(newcomers) > MAX_MEMBERS:
            raise PinboardError(
                f"A conversation holds up to {MAX_MEMBERS} people.", code="too_many_people"
            )
        asked = ask_for_group(newcomers, actor=actor)
        deleted = _who_deleted_it(conversation) & asked
        for person in newcomers:
            Member.objects.update_or_create(
                conversation=conversation,
                person=person,
                defaults={
                    "since": conversation.counter,
                    "read": conversation.counter,
                    "left": None,
                    "accepted": person.pk not in asked,
                    "archived": conversation.counter if person.pk in deleted else None,
                    "joined": timezone.now(),
                    "added_by": actor,
                    "came_by": None,
                },
            )
        if newcomers:
            names = ", ".join(person.display_name for person in newcomers)
            write_line(conversation, actor=actor, text=f"{actor.display_name} added {names}")
            tell_membership(conversation, people=[person.pk for person in newcomers])
            tell_added(conversation, people=newcomers, actor=actor)


def remove_person(*, actor: Person, conversation_id: int, person: Person) -> None:
    """Take somebody out of a group, or leave it oneself. From the commit on they hear nothing."""
    with with_lock(conversation_id, actor=actor) as conversation:
        _only_groups(conversation)
        gone = _present(conversation).filter(person=person).update(left=timezone.now())
        if not gone:
            raise NotAMember
        text = (
            f"{actor.display_name} left"
            if actor == person
            else f"{actor.display_name} removed {person.display_name}"
        )
        write_line(conversation, actor=actor, text=text)
        touch_waiting(conversation)
        tell_membership(conversation, people=[person.pk])
        if person.is_guest:
            end_guest(person)
        close_links_of(conversation, person)
        part_boards(conversation, person)


def _present(conversation: Conversation) -> QuerySet[Member]:
    return Member.objects.filter(conversation=conversation, left__isnull=True)


def _who_deleted_it(conversation: Conversation) -> set[int]:
    """The ids of those who deleted it as a request; being asked again does not bring it back."""
    gone = Member.objects.filter(conversation=conversation, accepted=False, archived__isnull=False)
    return set(gone.values_list("person_id", flat=True))


def _only_groups(conversation: Conversation) -> None:
    if not conversation.is_group:
        raise PinboardError(
            "A talk between two stays between two. Start a group instead.", code="not_a_group"
        )


def _refuse_blocked(actor: Person, others: Sequence[Person]) -> None:
    if any(person.is_guest for person in others):
        raise PinboardError("A guest is part of one conversation only.", code="guest", status=403)
    if any_block_between(actor, {person.pk for person in others}):
        raise PinboardError(
            "You cannot start a conversation with one of these people.", code="blocked", status=403
        )
