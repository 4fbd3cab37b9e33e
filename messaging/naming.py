"""Names of pins in the lines that tell what was decided or voted, once they have to go."""

from __future__ import annotations

from messaging.models import Conversation, Message, MessagePin, Poll
from messaging.polling import told_again
from pinboard.pins.models import Pin

CHEAPER = "Cheaper now · "
BACK = "Back in stock · "
PREFIXES = (CHEAPER, BACK)
VERBS = (" decided on ", " reopened ")


def unnamed(text: str) -> str:
    """ "Ana decided on Lemon pasta: quick" becomes "Ana decided on a pin"."""
    for prefix in PREFIXES:
        if text.startswith(prefix):
            return f"{prefix}a pin"
    for verb in VERBS:
        who, found, _ = text.partition(verb)
        if found:
            return f"{who}{verb}a pin"
    return "The poll was taken back"


def forget_name(conversation: Conversation, pin: Pin) -> None:
    """Lines name a pin no more that is about to be deleted; inside the lock.

    A line about another pin of the same message keeps its name. Whoever calls touches them.
    """
    carriers = MessagePin.objects.filter(conversation=conversation, pin=pin).values("message")
    lines = Message.objects.filter(quote__in=carriers, kind=Message.Kind.LINE)
    for line in lines.select_related("quote"):
        text = _without(line, pin)
        if text != line.text:
            line.text, line.body_digest = text, ""
            line.save(update_fields=["text", "body_digest"])


def _without(line: Message, pin: Pin) -> str:
    poll = Poll.objects.filter(message=line.quote_id).select_related("message").first()
    if poll and (text := told_again(line, poll, without=pin.pk)) is not None:
        return text
    for verb in [one for one in PREFIXES if line.text.startswith(one)] or VERBS:
        _, found, said = line.text.partition(verb)
        if found:
            others = Pin.objects.filter(shares__message=line.quote_id).exclude(pk=pin.pk)
            titles = others.values_list("title", flat=True)
            is_of_another = not _names(said, pin.title) and any(
                _names(said, title) for title in titles
            )
            return line.text if is_of_another else unnamed(line.text)
    return line.text


def _names(said: str, title: str) -> bool:
    """Whether what follows the verb is this title, alone or with a reason behind it."""
    return bool(title) and (said == title or said.startswith(f"{title}: "))
