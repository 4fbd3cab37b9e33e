"""What is set and read back: words after edits, verdicts, reactions, and read marks (I1, I9).

A value may stand in the end if no acknowledged setting began after its own had ended. Of several
that overlapped, any may have been the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pinboard.torture.history import NEVER, Deed, Found, History, Mark, Truth
from pinboard.torture.violations import Violation


def check(history: History, truth: Truth) -> Iterator[Violation]:
    yield from last_words(history, truth)
    yield from last_marks(history, truth)
    yield from marks_rise(history, truth)


def possible(deeds: Sequence[Deed], first: str) -> set[str]:
    """What may stand after these settings of one thing that was `first` before."""
    settled = [deed for deed in deeds if deed.is_ok]
    values = {
        deed.value
        for deed in deeds
        if deed.outcome != "fail" and not any(later.began > _settled(deed) for later in settled)
    }
    return values if settled else values | {first}


def _settled(deed: Deed) -> float:
    """When it can no more take effect: a try that was never answered may still be on its way."""
    return deed.ended if all(status for _, _, status in deed.tries) else NEVER


def last_words(history: History, truth: Truth) -> Iterator[Violation]:
    """I1: an edit that was acknowledged stands, and what was taken back is empty."""
    changes: defaultdict[str, list[Deed]] = defaultdict(list)
    for deed in history.deeds("edit", "unsend"):
        changes[deed.about].append(deed)
    for deed in history.deeds("post"):
        whole = truth.whole(deed.conversation)
        if not deed.is_ok or whole is None or deed.answers[0][1] not in whole.items:
            continue
        stands = whole.items[deed.answers[0][1]].words[:1]
        expected = possible(changes[deed.word], deed.word)
        if (stands[0] if stands else "") not in expected:
            words = {deed.word, *stands, *(change.word for change in changes[deed.word])}
            yield Violation(
                promise="I1",
                says=f"says {stands or 'nothing'}, but was told {sorted(expected)}",
                conversation=deed.conversation,
                words=frozenset(words - {""}),
            )


def last_marks(history: History, truth: Truth) -> Iterator[Violation]:
    """I1: a verdict or a reaction that was acknowledged is shown."""
    given: defaultdict[tuple[int, str], list[Deed]] = defaultdict(list)
    for deed in history.deeds("verdict", "react"):
        given[deed.conversation, f"{deed.person}:{deed.key}"].append(deed)
    for (conversation, key), deeds in given.items():
        whole = truth.whole(conversation)
        if whole is None:
            continue
        places = _places(history, whole, deeds)
        for place in places:
            marks = whole.items[place].marks
            stands = next((m.partition("=")[2] for m in marks if m.startswith(f"{key}=")), "")
            expected = possible(deeds, "")
            if stands not in expected:
                yield Violation(
                    promise="I1",
                    says=f"{key} is {stands!r} at place {place}, told {sorted(expected)}",
                    conversation=conversation,
                    words=frozenset(deed.about for deed in deeds if deed.about),
                    places=frozenset({place}),
                )


def _places(history: History, whole: Found, deeds: Sequence[Deed]) -> list[int]:
    """Where marks of one key are shown: the message reacted to, or all that carry the pin."""
    if deeds[0].kind == "react":
        place = int(deeds[0].key.split()[0])
        return [place] if place in whole.items and whole.items[place].words else []
    about = {deed.about for deed in deeds} - {""}
    posts = [deed for deed in history.deeds("post") if deed.word in about]
    told = {number for deed in posts for _, number in deed.answers}
    taken_back = {deed.about for deed in history.deeds("unsend")}
    if about & taken_back:
        return []
    return [place for place in whole.items if place in told]


def marks_rise(history: History, truth: Truth) -> Iterator[Violation]:
    """I9: a read mark is never told lower than before, nor above what there is."""
    highest: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    marks = [entry for entry in history.entries if isinstance(entry, Mark)]
    for mark in sorted(marks, key=lambda mark: mark.began):
        before = highest[mark.person, mark.conversation]
        for earlier in before:
            if earlier.ended < mark.began and earlier.read > mark.read:
                yield Violation(
                    promise="I9",
                    says=(
                        f"person {mark.person}'s read mark fell from {earlier.read} to {mark.read}"
                    ),
                    conversation=mark.conversation,
                    at=mark.began,
                )
        # Only the highest settled one matters, and those not yet settled.
        before[:] = [
            one
            for one in [*before, mark]
            if not any(
                other.read > one.read and other.ended <= one.ended for other in [*before, mark]
            )
        ][-50:]
        whole = truth.whole(mark.conversation)
        if whole is not None and mark.read > whole.counter:
            yield Violation(
                promise="I9",
                says=f"read up to {mark.read}, but there are only {whole.counter}",
                conversation=mark.conversation,
            )
