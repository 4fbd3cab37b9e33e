"""Who was told what, and how often: the book-keeping of a delivery measurement.

Three accounts of the same messages are held against each other: what the server acknowledged,
what each member's socket heard, and what the conversation says afterwards (/changes/).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """sent, refused and acknowledged count messages; the others messages times members.

    lost: acknowledged, but a member's socket never heard it. duplicated: heard more than once.
    foreign: heard by somebody who is no member. missing and repeated: what the conversation
    itself says of acknowledged messages. Durations in seconds, from the moment a message was
    due to be sent.
    """

    sent: int
    acknowledged: int
    delivered: int
    lost: int
    duplicated: int
    foreign: int
    missing: int
    repeated: int
    acknowledgements: Sequence[float]
    deliveries: Sequence[float]

    @property
    def refused(self) -> int:
        return self.sent - self.acknowledged

    @property
    def is_sound(self) -> bool:
        """Nothing lost, doubled, misdirected or refused."""
        wrong = (self.lost, self.duplicated, self.foreign, self.missing, self.repeated)
        return not any(wrong) and self.refused == 0


@dataclass(slots=True)
class Receipts:
    """The account while the measurement runs. word: a text no other message has."""

    _audience: dict[str, frozenset[int]] = field(default_factory=dict)
    _sent: dict[str, float] = field(default_factory=dict)
    _acknowledged: dict[str, float] = field(default_factory=dict)
    _heard: dict[tuple[str, int], float] = field(default_factory=dict)
    _times: Counter[tuple[str, int]] = field(default_factory=Counter)
    _gaps: dict[int, float] = field(default_factory=dict)

    def sent(self, word: str, *, audience: Iterable[int], at: float) -> None:
        self._audience[word] = frozenset(audience)
        self._sent[word] = at

    def acknowledged(self, word: str, *, at: float) -> None:
        self._acknowledged[word] = at

    def heard(self, word: str, *, person: int, at: float) -> None:
        """A socket of this person brought the message."""
        self._heard.setdefault((word, person), at)
        self._times[word, person] += 1

    def told_of_gap(self, *, person: int, at: float) -> None:
        """A socket of this person said that something may have been missed."""
        self._gaps[person] = at

    def sent_asking(self, *, since: float) -> list[float]:
        """For each person whose socket said so since then, when it did last."""
        return [at for at in self._gaps.values() if at >= since]

    def acknowledged_between(self, first: float, last: float) -> list[float]:
        """Seconds until the acknowledgement of each message that was due between two moments."""
        return [
            at - self._sent[word]
            for word, at in self._acknowledged.items()
            if first <= self._sent[word] <= last
        ]

    def is_complete(self) -> bool:
        """Whether every member heard every acknowledged message."""
        return all(pair in self._heard for pair in self._due())

    def words(self) -> list[str]:
        """Every message that was sent: for a server that keeps none."""
        return list(self._sent)

    def tally(self, stored: Iterable[str]) -> Tally:
        """stored: the word of every message the conversations hold, as often as they hold it."""
        kept = Counter(stored)
        members: Mapping[str, frozenset[int]] = self._audience
        due = self._due()
        return Tally(
            sent=len(self._sent),
            acknowledged=len(self._acknowledged),
            delivered=len(self._heard),
            lost=sum(pair not in self._heard for pair in due),
            duplicated=sum(times - 1 for times in self._times.values()),
            foreign=sum(person not in members.get(word, ()) for word, person in self._heard),
            missing=sum(not kept[word] for word in self._acknowledged),
            repeated=sum(kept[word] > 1 for word in self._acknowledged),
            acknowledgements=[at - self._sent[word] for word, at in self._acknowledged.items()],
            deliveries=[
                at - self._sent[word] for (word, _), at in self._heard.items() if word in self._sent
            ],
        )

    def _due(self) -> list[tuple[str, int]]:
        return [(word, person) for word in self._acknowledged for person in self._audience[word]]
