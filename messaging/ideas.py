"""What a conversation liked and turned down, as the address of a search for it.

messaging and search know each other by address only: the pins go along as numbers, and the
search shows of them what its viewer may see.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from messaging.models import Conversation, Verdict
from messaging.shelf import shares_of
from messaging.shelf_filters import ShelfFilter
from pinboard.people.models import Person

# The newest pins of the shelf that a search is told of.
MOST = 60
WEIGHT = {"yes": 2, "maybe": 1, "question": 0, "no": -2}


def ideas_url(conversation: Conversation, *, viewer: Person, part: str = "") -> str:
    """Best liked first; what more members turned down than took up is left out. Two queries.

    part: "next/" for whether it looks one-sided, in a word.
    """
    shares = shares_of(conversation, viewer=viewer, wanted=ShelfFilter())
    marks_after = dict(shares.values_list("pin_id", "marks_after")[:MOST])
    scores: Counter[int] = Counter(dict.fromkeys(marks_after, 0))
    given = Verdict.objects.filter(conversation=conversation, pin__in=list(marks_after))
    for pin_id, value, number in given.values_list("pin_id", "value", "number"):
        if number > marks_after[pin_id]:
            scores[pin_id] += WEIGHT[value]
    ranked = sorted(marks_after, key=lambda pin_id: -scores[pin_id])  # else newest first
    said = {
        "talk": str(conversation.pk),
        "like": ".".join(str(pin_id) for pin_id in ranked if scores[pin_id] >= 0),
        "without": ".".join(str(pin_id) for pin_id in ranked if scores[pin_id] < 0),
    }
    return f"/search/together/{part}?{urlencode({name: ids for name, ids in said.items() if ids})}"
