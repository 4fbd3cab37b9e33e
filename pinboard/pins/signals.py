"""The only wire upward: what search and messaging may hear from the heart of the house.

pin_changed: sent inside the transaction with pin_ids=[...], after anything changed that a
search index would want to know: words, rich data, picture, where it is saved, deletion.
"""

from django.dispatch import Signal

pin_changed = Signal()

# Sent inside the transaction with pin_id=, before a pin is deleted: messaging redraws the
# messages that carry it.
pin_deleting = Signal()
