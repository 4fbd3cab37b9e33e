"""What goes with an account that is deleted: what it searched for.

Pins and boards that go are heard of as ever (hearing.py).
"""

from __future__ import annotations

from pinboard.people.deleting import takes_away
from pinboard.people.models import Deletion
from search.remembering import forget_all


@takes_away(turn=1)
def forget_searches(deletion: Deletion) -> None:
    forget_all(person=deletion.person)
