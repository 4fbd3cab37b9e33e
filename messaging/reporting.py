"""Reports: somebody asks the keepers of this place to look at a message (TRUST 52, 89).

What was said is copied at that moment, with a little of what stood around it, so that the
evidence outlives an edit or a message taken back. Keepers see that copy and nothing else of the
conversation; each look and each deed of theirs is written down.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.guests import close_all_links_of
from messaging.models import Message, Report, ReportEntry
from messaging.news import tell_keepers
from messaging.numbers import NotAMember
from messaging.requesting import requests_of, words_to_report
from pinboard.errors import PinboardError
from pinboard.people.models import Person

REASONS = {
    "spam": "It is spam or a swindle",
    "harassment": "It harasses or threatens somebody",
    "sexual": "It is sexual and unwanted",
    "hate": "It is hateful",
    "harm": "Somebody may come to harm",
    "other": "Something else",
}
AROUND = 2
MOST_KEPT = 10
MOST_WORDS = 500


class AlreadyReported(PinboardError):
    code = "already_reported"
    status = 409

    def __init__(self) -> None:
        super().__init__("You reported this already. Somebody will look at it.")


def report_message(*, actor: Person, message: Message, reason: str, words: str = "") -> Report:
    """message: fetched through visible_to just now, said by somebody else.

    Raises PinboardError for a reason there is not, for one's own message, and AlreadyReported.
    """
    seen = Message.objects.visible_to(actor).filter(conversation=message.conversation_id)
    before = seen.filter(number__lt=message.number).order_by("-number")[:AROUND]
    after = seen.filter(number__gt=message.number).order_by("number")[:AROUND]
    around = [*list(before)[::-1], *after]
    return _report(actor, message, around, reason, words)


def report_request(*, actor: Person, conversation_id: int, reason: str, words: str = "") -> Report:
    """What the one who asks said in a request, as far as the actor could read it.

    Raises NotAMember when nothing of it is left to report.
    """
    request = requests_of(actor).filter(conversation=conversation_id).first()
    said = words_to_report(request) if request else []
    if not said:
        raise NotAMember
    *around, message = said
    return _report(actor, message, around[-MOST_KEPT:], reason, words)


def _report(
    actor: Person, message: Message, around: list[Message], reason: str, words: str
) -> Report:
    if reason not in REASONS:
        raise PinboardError("Choose what is wrong with it.", code="no_reason", status=422)
    if message.sender_id == actor.pk:
        raise PinboardError("This message is your own.", code="own_message")
    kept = _with_contents([message, *around])
    evidence = {**kept[0], "around": kept[1:], "conversation": message.conversation_id}
    try:
        with transaction.atomic():
            report = Report.objects.create(
                reporter=actor,
                accused_id=message.sender_id,
                message=message,
                reason=reason,
                words=words.strip()[:MOST_WORDS],
                evidence=evidence,
            )
            tell_keepers(report, actor=actor)
            return report
    except IntegrityError as error:  # once for each person and message
        raise AlreadyReported from error


def _with_contents(messages: list[Message]) -> list[dict[str, Any]]:
    """What each says and carries, as it is now, in plain values."""
    rows = Message.objects.filter(pk__in=[message.pk for message in messages])
    loaded = {
        row.pk: row
        for row in rows.select_related("sender", "board").prefetch_related("pins__pin__source")
    }
    return [_content(loaded[message.pk]) for message in messages]


def _content(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "sender": message.sender.display_name,
        "username": message.sender.username,
        "said": message.created.isoformat(),
        "text": message.text,
        "search": message.search,
        "board": message.board.name if message.board else "",
        "pins": [
            {
                "id": share.pin.pk,
                "title": share.pin.title,
                "description": share.pin.description,
                "source": share.pin.source.url if share.pin.source else "",
            }
            for share in message.pins.all()
            if share.pin
        ],
    }


# ---------------------------------------------------------------- what keepers do


def look(report: Report, *, keeper: Person) -> None:
    """A keeper opened it: that too is written down."""
    ReportEntry.objects.create(report=report, keeper=keeper, deed=ReportEntry.Deed.OPENED)


def dismiss(*, keeper: Person, report_id: int) -> None:
    """Nothing needs to be done."""
    with transaction.atomic():
        report = _open(report_id)
        _close(report, keeper, ReportEntry.Deed.DISMISSED, "Dismissed")


def deactivate(*, keeper: Person, report_id: int) -> None:
    """The account of whoever said it works no more; its sessions and sockets end (TRUST I7).

    So do the links it made, and the guests who came by them are out.

    Every other open report about it is closed with it.
    """
    with transaction.atomic():
        report = _open(report_id)
        accused = report.accused
        if accused is None or accused.is_deleted:
            raise PinboardError("This account is gone already.", code="gone")
        if accused.is_staff:
            raise PinboardError(
                "A keeper's account is closed by the owner of this place.",
                code="keeper",
                status=403,
            )
        accused.is_active = False
        accused.save(update_fields=["is_active"])
        close_all_links_of(accused)
        action = f"Deactivated @{accused.username}"
        for one in Report.objects.filter(accused=accused, closed__isnull=True):
            _close(one, keeper, ReportEntry.Deed.DEACTIVATED, action)


def _open(report_id: int) -> Report:
    """Locked, so that of two keepers one acts. Raises PinboardError "closed"."""
    report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None or report.closed:
        raise PinboardError("Somebody closed this report already.", code="closed", status=409)
    return report


def _close(report: Report, keeper: Person, deed: str, action: str) -> None:
    report.closed = timezone.now()
    report.closed_by = keeper
    report.action = action
    report.save(update_fields=["closed", "closed_by", "action"])
    ReportEntry.objects.create(report=report, keeper=keeper, deed=deed)
