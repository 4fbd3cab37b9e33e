"""What a poll asks and until when, checked; and the poll made together with its message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from messaging.models import Message, Poll, PollChoice
from pinboard.errors import PinboardError

FEWEST_CHOICES, MOST_CHOICES = 2, 6
MAX_QUESTION = 200
# "Tonight" and "tomorrow" end at this hour where the asker is.
EVENING_HOUR = 22
SOONEST = timedelta(hours=1)
LATEST = timedelta(days=366)

DEADLINES = (
    ("hour", "In an hour"),
    ("tonight", "Tonight"),
    ("tomorrow", "Tomorrow"),
    ("date", "On a date"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A poll that is to be made. deadline: as it was chosen, the same for every retry."""

    text: str
    deadline: str
    closes: datetime


def question(*, text: str, deadline: str, date: str = "", zone: str = "") -> Question:
    """Tidy and check. Raises PinboardError with a sentence for the person.

    deadline: hour | tonight | tomorrow | date. date: "2026-11-24T18:00", with deadline "date".
    zone: the asker's time zone by its IANA name; ours where it is not known.
    """
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise PinboardError("Write what you want to know.", code="no_question")
    if len(text) > MAX_QUESTION:
        raise PinboardError(
            f"This question is too long: {len(text)} characters, and {MAX_QUESTION} fit.",
            code="too_long",
        )
    closes = _moment(deadline, date, timezone.now().astimezone(_zone(zone)))
    chosen = f"{deadline} {date}" if deadline == "date" else deadline
    return Question(text=text, deadline=chosen, closes=closes)


def refuse_choices(count: int) -> None:
    """A poll is over 2 to 6 pins."""
    if not FEWEST_CHOICES <= count <= MOST_CHOICES:
        raise PinboardError(
            f"A poll is over {FEWEST_CHOICES} to {MOST_CHOICES} pins; this one has {count}.",
            code="choices",
        )


def ask(message: Message, asked: Question, *, pins: Sequence[int]) -> Poll:
    """The poll of a message that was just written with these pins.

    Raises PinboardError "past_deadline"; only here, so that a late retry of a poll that was
    made still finds it.
    """
    now = timezone.now()
    if not now < asked.closes <= now + LATEST:
        raise PinboardError(
            "A poll closes in the future, within a year. Choose another time.",
            code="past_deadline",
        )
    poll = Poll.objects.create(
        message=message,
        conversation_id=message.conversation_id,
        question=asked.text,
        closes=asked.closes,
    )
    PollChoice.objects.bulk_create(
        PollChoice(poll=poll, pin_id=pin, position=position) for position, pin in enumerate(pins)
    )
    return poll


def _moment(deadline: str, date: str, now: datetime) -> datetime:
    if deadline == "hour":
        return now + timedelta(hours=1)
    if deadline in ("tonight", "tomorrow"):
        day = now if deadline == "tonight" else now + timedelta(days=1)
        evening = day.replace(hour=EVENING_HOUR, minute=0, second=0, microsecond=0)
        return max(evening, now + SOONEST)  # late in the evening, "tonight" still leaves an hour
    if deadline == "date":
        try:
            moment = datetime.fromisoformat(date.strip())
            return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
        except (ValueError, OverflowError) as error:
            raise PinboardError(
                "Choose the day and the time at which the poll closes.", code="bad_date"
            ) from error
    raise PinboardError("Choose when the poll closes.", code="no_deadline")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else ZoneInfo(timezone.get_current_timezone_name())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
