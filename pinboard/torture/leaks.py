"""I7 and I8: who is out hears nothing that is said meanwhile, then or ever.

Somebody is out from the answer that settled their removal until somebody begins to add them
again, and, if they were no member at first, from the beginning. What was begun and settled
within such a time is never theirs to hear, and neither is any later change of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from pinboard.torture.history import NEVER, Closed, Deed, Heard, History, Truth
from pinboard.torture.violations import Violation

# TRUST I7: a socket of a session that ended closes within 30 s even when Redis is down.
CLOSES_SECONDS: Final = 30.0
GRACE_SECONDS: Final = 5.0


class Out(NamedTuple):
    began: float
    ended: float


def check(history: History, truth: Truth) -> Iterator[Violation]:
    yield from members_only(history, truth)
    yield from sessions_end(history)
    yield from taken_back(history)


def members_only(history: History, truth: Truth) -> Iterator[Violation]:
    """I7 and I8: nothing said while one was out, not even what becomes of it later."""
    said = {deed.word: deed for deed in history.deeds("post", "edit")}
    born: dict[tuple[int, int], Deed] = {}
    for deed in history.deeds("post"):
        for _, number in deed.answers:
            born[deed.conversation, number] = deed
    times = absences(history, truth)
    for heard in history.heard():
        deeds = [said[word] for word in heard.words if word in said]
        deeds += [said[deed.about] for deed in deeds if deed.about in said]
        if (heard.conversation, heard.place) in born:
            deeds.append(born[heard.conversation, heard.place])
        for deed in deeds:
            out = _forbids(times.get((heard.person, deed.conversation), ()), deed, heard)
            if out is not None:
                yield Violation(
                    promise="I8" if out.ended < heard.at else "I7",
                    says=f"person {heard.person} heard by {heard.source} what was not for them",
                    conversation=deed.conversation,
                    words=frozenset({deed.word}),
                    places=frozenset({heard.place} - {0}),
                    tab=heard.tab,
                    at=heard.at,
                )
                break


def _forbids(outs: tuple[Out, ...] | list[Out], deed: Deed, heard: Heard) -> Out | None:
    for out in outs:
        # What nobody settled may have come later; it must not be heard while out, at least.
        end = deed.ended if deed.ended != NEVER else heard.at
        if out.began < deed.began and end < out.ended:
            return out
    return None


def absences(history: History, truth: Truth) -> dict[tuple[int, int], list[Out]]:
    """By (person, conversation), when they were out for certain."""
    outs: defaultdict[tuple[int, int], list[Out]] = defaultdict(list)
    changes: defaultdict[tuple[int, int], list[Deed]] = defaultdict(list)
    people = {heard.person for heard in history.heard()}
    for deed in history.deeds("add", "remove"):
        changes[deed.whom, deed.conversation].append(deed)
        people.add(deed.whom)
    for conversation, members in truth.first_members.items():
        for person in people:
            since = -NEVER if person not in members else None
            for deed in sorted(changes[person, conversation], key=lambda deed: deed.began):
                if since is not None and deed.kind == "add":
                    outs[person, conversation].append(Out(since, deed.began))
                    since = None
                if deed.kind == "remove":
                    since = deed.ended if deed.is_ok else None
            if since is not None:
                outs[person, conversation].append(Out(since, NEVER))
    return outs


def sessions_end(history: History) -> Iterator[Violation]:
    """I7: after the answer to a logout nothing newer reaches that session; its socket closes."""
    said = {deed.word: deed for deed in history.deeds("post", "edit")}
    ended = {deed.session: deed for deed in history.deeds("logout") if deed.is_ok}
    closed = {entry.session: entry.at for entry in history.entries if isinstance(entry, Closed)}
    for heard in history.heard():
        logout = ended.get(heard.session)
        if logout is None:
            continue
        for word in heard.words:
            if word in said and said[word].began > logout.ended:
                yield Violation(
                    promise="I7",
                    says=f"heard by {heard.source} {heard.at - logout.ended:.2f} s after logout",
                    conversation=heard.conversation,
                    words=frozenset({word}),
                    tab=heard.tab,
                    at=heard.at,
                )
    for session, logout in ended.items():
        took = closed.get(session, NEVER) - logout.ended
        if took > CLOSES_SECONDS + GRACE_SECONDS:
            yield Violation(
                promise="I7",
                says=f"the socket stayed open for {min(took, 9999):.1f} s after logout",
                tab=logout.tab,
            )


def taken_back(history: History) -> Iterator[Violation]:
    """I10: asked for after it was taken back, a message has no words."""
    gone = {deed.about: deed.ended for deed in history.deeds("unsend") if deed.is_ok}
    first = {deed.word: deed.about or deed.word for deed in history.deeds("post", "edit")}
    for heard in history.heard():
        for word in heard.words:
            if heard.source != "socket" and heard.asked > gone.get(first.get(word, ""), NEVER):
                yield Violation(
                    promise="I10",
                    says=f"found by {heard.source} after it was taken back",
                    conversation=heard.conversation,
                    words=frozenset({word, first[word]}),
                    tab=heard.tab,
                    at=heard.at,
                )
