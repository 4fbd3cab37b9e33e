"""Conversations: two to fifty people, messages that carry pins, verdicts on those pins.

Stands above pins, beside search (the two meet only in HTML, by address). How a message is
delivered is told in docs/delivery.md; begin with models/, then posting.py.
"""
