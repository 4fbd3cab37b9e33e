"""Pins, the heart: pins, their sources, boards, saves, favourites, the feed, related pins.

May import notifications, people, images, ingest and below. Never messaging or search: those
hear of changes through the signals in signals.py, and add their own reasons to see a pin
through visibility.py.

Begin with models.py; saving.py is how a pin comes to be, cards.py how it becomes HTML.
"""
