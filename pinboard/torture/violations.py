"""A broken promise, and the smallest piece of history that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pinboard.torture.history import (
    Blunder,
    Closed,
    Deed,
    Entry,
    Fault,
    Heard,
    History,
    Mark,
    Reached,
)

AROUND_SECONDS: Final = 2.0
MOST_LINES: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """promise: I1 to I11. words, places: what the history around it is picked by."""

    promise: str
    says: str
    conversation: int = 0
    words: frozenset[str] = frozenset()
    places: frozenset[int] = frozenset()
    tab: int = -1
    at: float = 0.0


def around(violation: Violation, history: History, *, began: float) -> list[str]:
    """Lines of what happened to its words and places, and which faults were near them.

    began: when the run did; times are shown from there.
    """
    chosen = [entry for entry in history.entries if _concerns(violation, entry)]
    if violation.at:
        chosen = sorted(chosen, key=lambda entry: abs(_time(entry) - violation.at))[:MOST_LINES]
    moments = [_time(entry) for entry in chosen] or [violation.at]
    near = [
        fault
        for fault in history.faults()
        if any(
            fault.began - AROUND_SECONDS < moment < fault.ended + AROUND_SECONDS
            for moment in moments
        )
    ]
    lines = sorted([*chosen, *near[:4]], key=_time)
    return [f"{_time(entry) - began:8.3f}  {_told(entry)}" for entry in lines]


def _concerns(violation: Violation, entry: Entry) -> bool:
    match entry:
        case Deed(kind="add" | "remove" | "logout"):
            return entry.conversation == violation.conversation and violation.promise == "I7"
        case Deed():
            return bool({entry.word, entry.about} & violation.words)
        case Heard():
            if violation.tab not in (-1, entry.tab):
                return False
            is_place = entry.conversation == violation.conversation
            is_place = is_place and entry.place in violation.places
            return is_place or bool(set(entry.words) & violation.words)
        case Reached():
            here = (entry.tab, entry.conversation) == (violation.tab, violation.conversation)
            return here and bool(violation.at) and abs(entry.at - violation.at) < AROUND_SECONDS
    return False


def _time(entry: Entry) -> float:
    return entry.began if isinstance(entry, Deed | Mark | Fault) else entry.at


def _told(entry: Entry) -> str:
    match entry:
        case Deed():
            tries = ", ".join(f"{status or 'no answer'}" for _, _, status in entry.tries)
            about = " ".join(part for part in (entry.word, entry.about and f"on {entry.about}"))
            whom = f" person {entry.whom}" if entry.whom else ""
            numbers = f" as {entry.answers}" if entry.answers else ""
            return (
                f"tab {entry.tab} (person {entry.person}) {entry.kind}{whom} {about}in"
                f" {entry.conversation}: {tries} → {entry.outcome}{numbers},"
                f" {min(entry.ended - entry.began, 999):.3f} s"
            )
        case Heard():
            words = " ".join(entry.words)
            return (
                f"tab {entry.tab} (person {entry.person}, visit {entry.visit}) hears place"
                f" {entry.place} at number {entry.number} by {entry.source}: {words}"
            )
        case Reached():
            return f"tab {entry.tab} knows {entry.conversation} up to {entry.number}"
        case Fault():
            return f"[{entry.kind} for {entry.ended - entry.began:.1f} s] {entry.details}"
        case Mark():
            return f"person {entry.person} has read {entry.conversation} up to {entry.read}"
        case Closed():
            return f"tab {entry.tab}: socket of a session signed out is closed"
        case Blunder():
            return f"{entry.path} answered {entry.status}"


def by_promise(violations: Iterable[Violation]) -> Mapping[str, list[Violation]]:
    sorted_by: dict[str, list[Violation]] = {}
    for violation in violations:
        sorted_by.setdefault(violation.promise, []).append(violation)
    return sorted_by
