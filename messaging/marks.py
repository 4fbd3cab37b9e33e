"""What members left on messages and their pins: verdicts, decisions, reactions; in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, CharField, Value

from messaging.models import Decision, MessagePin, Reaction, Verdict


@dataclass(frozen=True, slots=True)
class Mark:
    """word: the verdict, the emoji, or why it was decided. number: of that change; 0 of emoji."""

    person_id: int
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class Marks:
    """verdicts and decisions by pin, reactions by message; each in the order they were given.

    decisions: all of the conversation, because one folds away the undecided pins shared before
    it. folded_before: the place of the newest.
    """

    verdicts: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    reactions: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    folded_before: int = 0


def marks_on(conversation_id: int, message_ids: Sequence[int]) -> Marks:
    """Everything that is marked on these messages of one conversation and on their pins."""
    shared = MessagePin.objects.filter(message__in=message_ids, pin__isnull=False).values("pin")
    nowhere = Value(0, output_field=BigIntegerField())

    def kind(name: str) -> Value:
        return Value(name, output_field=CharField())

    found = (
        Verdict.objects.filter(conversation=conversation_id, pin__in=shared)
        .values_list(kind("verdicts"), "pin_id", "person_id", "value", "number", nowhere, "pk")
        .union(
            Decision.objects.filter(conversation=conversation_id).values_list(
                kind("decisions"), "pin_id", "person_id", "reason", "number", "place", "pk"
            ),
            Reaction.objects.filter(message__in=message_ids)
            .order_by()
            .values_list(
                kind("reactions"), "message_id", "person_id", "emoji", nowhere, nowhere, "pk"
            ),
            all=True,
        )
    )
    rows = sorted(found, key=lambda row: row[-1])
    marks = Marks(folded_before=max((row[-2] for row in rows), default=0))
    for name, target, person_id, word, number, _, _ in rows:
        getattr(marks, name)[target].append(Mark(person_id, word, number))
    return marks
