"""Keeping what sources say true: visited again, politely; what changed is told once.

``models.py``: what is remembered. ``schedule.py``: when a page is visited again, and by whom.
``visiting.py``: one visit, by itself or because somebody asked. ``keeping.py``: what a visit
changes. ``prices.py``: when a price has dropped (pure). ``telling.py``: who hears of it.
``correcting.py``: what a person says better than the page did.

Part of the pins; rooms above hear of it by the signal ``facts_changed``.
"""
