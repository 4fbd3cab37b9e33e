"""The way out: deeds announce events, and sockets that must end are closed.

Every function here may be called from a request, a job or a command, in any thread of any
process; takes effect when the present transaction commits; and never raises and never waits.
What fails is logged and lost, because the database is the truth and tabs catch up.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from functools import partial

from channels.layers import get_channel_layer
from django.db import transaction

from pinboard.live.events import Event
from pinboard.live.layer import EVERYWHERE, LocalLayer, Message
from pinboard.live.outbox import current_outbox

logger = logging.getLogger(__name__)

FRAME = "live.frame"
CLOSE = "live.close"
RECHECK = "live.recheck"
SIGNED_OUT = 4001


def person_group(person_id: int) -> str:
    return f"person-{person_id}"


def session_group(session_key: str) -> str:
    """The group of one session's sockets; the key itself must not travel or be logged."""
    return f"session-{hashlib.sha256(session_key.encode()).hexdigest()[:16]}"


def publish(event: Event, *, people: Iterable[int]) -> None:
    """Tell every open tab of these people, after the commit. Unknown ids are harmless."""
    groups = sorted({person_group(person) for person in people})
    if groups:
        message = {"type": FRAME, "text": event.as_frame()}
        transaction.on_commit(partial(deliver, groups, message), robust=True)


def close_session(session_key: str) -> None:
    """Close the sockets of a session that has ended (code 4001), after the commit."""
    message = {"type": CLOSE, "code": SIGNED_OUT}
    transaction.on_commit(partial(deliver, [session_group(session_key)], message), robust=True)


def recheck_person(person_id: int) -> None:
    """Have every socket of a person prove its session again, after the commit.

    For changes that may end sessions without deleting them: a new password, a deactivation.
    """
    message = {"type": RECHECK}
    transaction.on_commit(partial(deliver, [person_group(person_id)], message), robust=True)


def deliver(groups: list[str], message: Message) -> None:
    """Hand a message to the layer now. The last step of everything above.

    groups: whose sockets are meant; of these processes pick out their own.
    """
    try:
        layer, message = get_channel_layer(), {**message, "groups": groups}
        if isinstance(layer, LocalLayer):
            layer.publish([EVERYWHERE], message)
        elif layer is not None:
            current_outbox().put(message)
    except Exception:
        logger.warning("an event was lost; tabs will catch up", exc_info=True)
