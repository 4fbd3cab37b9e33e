"""What an account that is deleted leaves in its conversations.

It leaves every group, with the line that says so; a talk of two stays to be read, and closed. What
it said stays for those it was said to, under "Deleted user", or is taken back if that was asked
for. A conversation that nobody is left in goes altogether. Lines that name it name nobody.

Each conversation in a transaction of its own, so that none waits for the others; what was done
already is not done again.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from messaging.amending import unsay
from messaging.boards import part_boards
from messaging.guests import close_links_of
from messaging.models import (
    Conversation,
    Decision,
    Member,
    Message,
    MessagePin,
    Reaction,
    Report,
)
from messaging.posting import write_line
from messaging.telling import tell_membership
from messaging.touching import touch_said_by, touch_waiting
from messaging.unattended import unattended
from pinboard.images.storing import release_picture
from pinboard.people.deleting import takes_away
from pinboard.people.models import DELETED_NAME, Deletion, Person
from pinboard.pins.kept import keeps

# Messages that are taken back in one transaction.
TOGETHER = 50
# Lines in which somebody else names people.
_NAMING = re.compile(
    r" (added|removed|joined as a guest of|joined by a link of) |; .+ (is|are) out$"
)
# What follows the name of whoever a line is about.
_VERBS = (
    r" (?=(?:started this|added|left$|removed|decided on|reopened|made a link|closed (?:a|the) "
    r"|joined |named this|took |changed the|is out))"
)


@keeps
def carried() -> Exists:
    """A pin that a message carries is part of what was said there."""
    return Exists(MessagePin.objects.filter(pin=OuterRef("pk")))


@takes_away(turn=2)
def leave_conversations(deletion: Deletion) -> None:
    person = deletion.person
    theirs = Member.objects.filter(person=person).order_by("conversation")
    for pk in list(theirs.values_list("conversation", flat=True)):
        if deletion.takes_back:
            _take_everything_back(pk, person)
        with unattended(pk) as conversation:
            _leave(conversation, person)
            if deletion.emptied is None:
                _name_nobody(conversation, deletion)
                touch_said_by(conversation, person)
                tell_membership(conversation, people=[person.pk])
        _delete_if_deserted(pk, person)
    _forget_in_reports(deletion)


def _leave(conversation: Conversation, person: Person) -> None:
    """As joining.remove_person(), also from a request that was never answered."""
    close_links_of(conversation, person)
    part_boards(conversation, person)
    here = Member.objects.filter(conversation=conversation, person=person, left__isnull=True)
    member = here.first()
    if member is None or not conversation.is_group:
        return
    here.update(left=timezone.now())
    if member.accepted:
        write_line(conversation, actor=person, text=f"{DELETED_NAME} left")
        touch_waiting(conversation)
    tell_membership(conversation, people=[person.pk])


def _take_everything_back(conversation_id: int, person: Person) -> None:
    said = Message.objects.filter(
        conversation=conversation_id, sender=person, kind=Message.Kind.SAID, removed__isnull=True
    )
    while some := list(said.order_by("-number")[:TOGETHER]):
        with unattended(conversation_id) as conversation:
            for message in some:
                unsay(conversation, message)
    with unattended(conversation_id) as conversation:
        Reaction.objects.filter(message__conversation=conversation, person=person).delete()
        for decision in Decision.objects.filter(conversation=conversation, person=person):
            _take_reason_back(conversation, decision)


def _take_reason_back(conversation: Conversation, decision: Decision) -> None:
    if not decision.reason:
        return
    lines = Message.objects.filter(conversation=conversation, number=decision.place)
    for line in lines:
        line.text = line.text.removesuffix(f": {decision.reason}")
        line.body_digest = ""
        line.save(update_fields=["text", "body_digest"])
    decision.reason = ""
    decision.save(update_fields=["reason"])


@transaction.atomic
def _delete_if_deserted(conversation_id: int, person: Person) -> None:
    """With every message and word of the index: nobody could read it any more.

    Whoever was only asked in never came; to them there was a request of nobody now.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    here = Member.objects.filter(conversation=conversation, left__isnull=True)
    others = here.exclude(person=person).filter(person__is_active=True)
    if others.filter(accepted=True).exists():
        return
    tell_membership(conversation, people=list(others.values_list("person", flat=True)))
    picture = conversation.picture_id
    conversation.delete()
    if picture:
        release_picture(picture)


# ---------------------------------------------------------------- names


def _name_nobody(conversation: Conversation, deletion: Deletion) -> None:
    lines = Message.objects.filter(conversation=conversation, kind=Message.Kind.LINE)
    named = Q(sender=deletion.person)
    if deletion.name:
        named |= Q(text__contains=deletion.name)
    for line in lines.filter(named):
        is_own = line.sender_id == deletion.person_id
        text = _own_line(line.text, deletion) if is_own else _others_line(line.text, deletion)
        if text != line.text:
            line.text, line.body_digest = text, ""
            line.save(update_fields=["text", "body_digest"])


def _own_line(text: str, deletion: Deletion) -> str:
    """They may have been called otherwise when the line was written."""
    if text.startswith((DELETED_NAME, "The poll ")):
        return text
    known = re.match(re.escape(deletion.name) + _VERBS, text) if deletion.name else None
    found = known or re.match("^.*?" + _VERBS, text)
    return f"{DELETED_NAME} {text[found.end() :]}" if found else text


def _others_line(text: str, deletion: Deletion) -> str:
    """Only where a line names people: a group or a pin may be called as they were."""
    if not _NAMING.search(text):
        return text
    name = rf"(?<!\w){re.escape(deletion.name)}(?!\w)"
    return re.sub(name, DELETED_NAME, text)


# ---------------------------------------------------------------- reports


def _forget_in_reports(deletion: Deletion) -> None:
    """Evidence names them no more; what they said stays in it until the report is closed.

    A report protects somebody else, so deleting one's account does not end it.
    """
    if not deletion.username:
        return
    mine = Member.objects.filter(person=deletion.person).values_list("conversation", flat=True)
    about = Q(accused=deletion.person) | Q(evidence__conversation__in=list(mine))
    for report in Report.objects.filter(about):
        items = [report.evidence, *report.evidence.get("around", [])]
        for item in items:
            if item.get("username") == deletion.username:
                _unname(item, is_closed=report.closed is not None)
        report.action = report.action.replace(f"@{deletion.username}", "an account, since deleted")
        report.save(update_fields=["evidence", "action"])
    Report.objects.filter(reporter=deletion.person, closed__isnull=False).update(words="")


def _unname(item: dict[str, Any], *, is_closed: bool) -> None:
    item["sender"], item["username"] = DELETED_NAME, ""
    if is_closed:
        item.update(text="", search="", board="", pins=[])
