"""The only wire upward: what the rooms above may hear from the heart of the house.

pin_changed: sent inside the transaction with pin_ids=[...], after anything changed that a
search index would want to know: words, where it is saved, deletion. Search listens.
"""

from django.dispatch import Signal

pin_changed = Signal()

# Sent inside the transaction with pin_id=, before a pin is deleted: messaging redraws the
# messages that carry it.
pin_deleting = Signal()
