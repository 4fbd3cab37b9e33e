"""What conversations are made of; messaging/models/message.py tells how their numbers work."""

from messaging.models.conversation import (
    MAX_MEMBERS,
    Conversation,
    ConversationBoard,
    ConversationQuerySet,
    Guest,
    GuestLink,
    Member,
    PriceLine,
    pair_of,
)
from messaging.models.deciding import Decision, Poll, PollChoice, PollVote, Verdict
from messaging.models.finding import MessageWords
from messaging.models.message import (
    MAX_PINS,
    MAX_TEXT,
    Message,
    MessagePin,
    MessageQuerySet,
    Reaction,
    Report,
    ReportEntry,
)
from messaging.models.shopping import ShoppingHave, ShoppingRecipe

__all__ = (
    "MAX_MEMBERS",
    "MAX_PINS",
    "MAX_TEXT",
    "Conversation",
    "ConversationBoard",
    "ConversationQuerySet",
    "Decision",
    "Guest",
    "GuestLink",
    "Member",
    "Message",
    "MessagePin",
    "MessageQuerySet",
    "MessageWords",
    "Poll",
    "PollChoice",
    "PollVote",
    "PriceLine",
    "Reaction",
    "Report",
    "ReportEntry",
    "ShoppingHave",
    "ShoppingRecipe",
    "Verdict",
    "pair_of",
)
