"""Holds what everybody was told against what there finally is: the promises I1 to I6.

leaks.py has I7 and I8, registers.py what was set and read back. Nothing here trusts the order of
the log: two things happened one after the other only when one ended before the other began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pinboard.torture import leaks, registers
from pinboard.torture.history import (
    NEVER,
    Blunder,
    Deed,
    Found,
    Heard,
    History,
    Item,
    Reached,
    Shown,
    Truth,
)
from pinboard.torture.violations import Violation

# TRUST I6: hints lost, 25 s (the heartbeat); and what a busy machine adds.
LATEST_SECONDS: Final = 35.0


def check(history: History, truth: Truth) -> list[Violation]:
    """Every promise that this history breaks; empty for a good one."""
    return [
        *durable(history, truth),
        *once(history, truth),
        *one_order(history, truth),
        *no_holes(history, truth),
        *no_late_arrivals(history),
        *caught_up(truth),
        *in_time(history),
        *leaks.check(history, truth),
        *registers.check(history, truth),
        *_blunders(history),
    ]


def durable(history: History, truth: Truth) -> Iterator[Violation]:
    """I1: what was acknowledged is there, under the id and number it was told."""
    for deed in history.deeds("post"):
        whole = truth.whole(deed.conversation)
        if not deed.is_ok or whole is None:
            continue
        for pk, number in set(deed.answers):
            item = whole.items.get(number)
            if item is None or item.id != pk:
                yield _about(
                    deed, "I1", f"acknowledged as message {pk} with number {number}, not there"
                )


def once(history: History, truth: Truth) -> Iterator[Violation]:
    """I2: at most one message for each post, and every answer names the same one."""
    posts = {deed.word: deed for deed in history.deeds("post")}
    edits = {deed.word for deed in history.deeds("edit")}
    for deed in posts.values():
        if len(set(deed.answers)) > 1:
            yield _about(deed, "I2", f"its answers name different messages: {deed.answers}")
    for conversation in truth.keepers:
        whole = truth.whole(conversation)
        for word, places in _places_of_words(whole).items():
            post = posts.get(word)
            if post is None and word not in edits:
                yield Violation(promise="I1", says="nobody ever said this", words=frozenset({word}))
            elif len(places) > 1:
                yield Violation(
                    promise="I2",
                    says=f"one message stands at places {sorted(places)}",
                    conversation=conversation,
                    words=frozenset({word}),
                )
            elif post and post.outcome == "fail" and all(status for _, _, status in post.tries):
                yield _about(post, "I2", "its sender was told it is refused, and it is there")


def _places_of_words(whole: Found | None) -> dict[str, set[int]]:
    places: defaultdict[str, set[int]] = defaultdict(set)
    for item in whole.items.values() if whole else ():
        for word in item.words[:1]:  # what follows is quoted
            places[word].add(item.place)
    return places


def one_order(history: History, truth: Truth) -> Iterator[Violation]:
    """I3: a message has one place, for everybody and for ever; a tab's own keep their order."""
    places: dict[tuple[int, str], int] = {}
    posts = {deed.word for deed in history.deeds("post")}
    for conversation, place, words in _sightings(history, truth):
        for word in words[:1]:
            if word in posts and places.setdefault((conversation, word), place) != place:
                yield Violation(
                    promise="I3",
                    says=f"seen at place {places[conversation, word]} and at place {place}",
                    conversation=conversation,
                    words=frozenset({word}),
                )
    before: dict[tuple[int, int], tuple[Deed, int]] = {}
    for deed in sorted(history.deeds("post"), key=lambda deed: deed.began):
        if not deed.is_ok or not deed.answers:
            continue
        line, number = (deed.tab, deed.conversation), deed.answers[0][1]
        if line in before and before[line][1] >= number and before[line][0].ended <= deed.began:
            earlier = before[line][0]
            yield Violation(
                promise="I3",
                says="sent later by the same tab, and stands earlier",
                conversation=deed.conversation,
                words=frozenset({deed.word, earlier.word}),
            )
        before[line] = (deed, number)


def _sightings(history: History, truth: Truth) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for heard in history.heard():
        if heard.place:
            yield heard.conversation, heard.place, heard.words
    for found in truth.found:
        for item in found.items.values():
            yield found.conversation, item.place, item.words


def no_holes(history: History, truth: Truth) -> Iterator[Violation]:
    """I3: the numbers 1 to n are places, and as many changes as were made."""
    changes: defaultdict[int, list[Deed]] = defaultdict(list)
    for deed in history.deeds("edit", "unsend", "react", "verdict"):
        changes[deed.conversation].append(deed)
    for conversation in truth.keepers:
        whole = truth.whole(conversation)
        if whole is None:
            continue
        left = whole.counter - len(whole.items)
        least = sum(deed.is_ok and _takes_number(deed) for deed in changes[conversation])
        most = sum(max(1, len(deed.tries)) for deed in changes[conversation])
        if conversation in truth.plain:
            least = most = 0
        if not least <= left <= most:
            places = sorted(whole.items)
            missing = sorted(set(range(1, whole.counter + 1)) - set(places))
            yield Violation(
                promise="I3",
                says=(
                    f"{left} of the numbers up to {whole.counter} are no places, but"
                    f" {least} to {most} changes were made; first: {missing[:5]}"
                ),
                conversation=conversation,
                places=frozenset(
                    near for hole in missing[:1] for near in (hole - 1, hole, hole + 1)
                ),
            )


def _takes_number(deed: Deed) -> bool:
    """Whether it changes something for certain: what is so already takes no number."""
    return deed.kind in ("edit", "unsend") or (deed.kind == "verdict" and bool(deed.value))


def no_late_arrivals(history: History) -> Iterator[Violation]:
    """I4: whoever knows everything up to n never finds something new below it.

    A tab passes over what its socket says of numbers it knows already: a word that was held up,
    while the page was loaded again. What it then lacked, caught_up() would show.
    """
    known: defaultdict[int, int] = defaultdict(int)
    learnt: defaultdict[int, set[int]] = defaultdict(set)
    for entry in history.entries:
        match entry:
            case Reached():
                known[entry.visit] = max(known[entry.visit], entry.number)
            case Heard() if entry.visit and entry.place:
                upto = known[entry.visit]
                is_new = entry.place not in learnt[entry.visit]
                is_late = entry.place <= upto and entry.number <= upto
                if is_new and is_late and entry.source != "socket":
                    yield Violation(
                        promise="I4",
                        says=f"knew everything up to {upto}, then heard of {entry.place}",
                        conversation=entry.conversation,
                        words=frozenset(entry.words[:1]),
                        places=frozenset({entry.place}),
                        tab=entry.tab,
                        at=entry.at,
                    )
                learnt[entry.visit].add(entry.place)


def caught_up(truth: Truth) -> Iterator[Violation]:
    """I5 and I6: in the end a tab shows what its person finds by asking anew, no more, no less."""
    for shown in truth.shown:
        found = truth.of(shown.conversation, shown.person)
        if found is None:
            yield _of_tab(shown, "I6", "never heard that its person is out", set())
        elif shown.known < found.counter:
            says = f"knows {shown.known} of {found.counter} long after everything was mended"
            yield _of_tab(shown, "I6", says, set())
        else:
            differing = {
                place
                for place in {*shown.items, *found.items}
                if _as_drawn(shown.items.get(place)) != _as_drawn(found.items.get(place))
            }
            if differing:
                first = min(differing)
                says = (
                    f"shows {len(differing)} messages otherwise than they are; at {first}"
                    f" {shown.items.get(first)}, but there is {found.items.get(first)}"
                )
                yield _of_tab(shown, "I5", says, differing)


def _as_drawn(item: Item | None) -> Item | None:
    """Without what it quotes: that hides while somebody is present who may not see it."""
    return item and replace(item, words=item.words[:1])


def in_time(history: History) -> Iterator[Violation]:
    """I6: whatever was broken meanwhile, a message arrives soon after that."""
    faults = list(history.faults())
    for heard, deed, late in arrivals(history):
        broken = sum(
            max(0.0, min(fault.ended, heard.at) - max(fault.began, deed.ended)) for fault in faults
        )
        if late > LATEST_SECONDS + broken:
            yield Violation(
                promise="I6",
                says=f"arrived {late:.1f} s after its acknowledgement",
                conversation=deed.conversation,
                words=frozenset({deed.word}),
                tab=heard.tab,
            )


def arrivals(history: History) -> Iterator[tuple[Heard, Deed, float]]:
    """The first time each visit that was open heard of each message: seconds after the answer."""
    posts = {deed.word: deed for deed in history.deeds("post") if deed.is_ok}
    opened: dict[int, float] = {}
    met: set[tuple[int, str]] = set()
    for entry in history.entries:
        if isinstance(entry, Reached):
            opened.setdefault(entry.visit, entry.at)
        if not isinstance(entry, Heard) or not entry.visit or not entry.words:
            continue
        deed, pair = posts.get(entry.words[0]), (entry.visit, entry.words[0])
        if deed is None or pair in met:
            continue
        met.add(pair)
        if opened.get(entry.visit, NEVER) < deed.ended:
            yield entry, deed, max(0.0, entry.at - deed.ended)


def _blunders(history: History) -> Iterator[Violation]:
    """I11: trouble underneath is told as trouble (503), never as a mistake of ours."""
    for entry in history.entries:
        if isinstance(entry, Blunder):
            says = f"{entry.path} answered {entry.status}"
            yield Violation(promise="I11", says=says, at=entry.at)


def _about(deed: Deed, promise: str, says: str) -> Violation:
    return Violation(
        promise=promise,
        says=says,
        conversation=deed.conversation,
        words=frozenset({deed.word}),
        places=frozenset(number for _, number in deed.answers),
    )


def _of_tab(shown: Shown, promise: str, says: str, places: set[int]) -> Violation:
    return Violation(
        promise=promise,
        says=f"tab {shown.tab} {says}",
        conversation=shown.conversation,
        places=frozenset(sorted(places)[:2]),
        tab=shown.tab,
    )
