"""The only wire upward: what the rooms above may hear from the heart of the house.

pin_changed: sent inside the transaction with pin_ids=[...], after anything changed that a
search index would want to know: words, where it is saved, deletion. Search listens.
"""

from django.dispatch import Signal

pin_changed = Signal()

# Sent inside the transaction with source_ids=[...], after what is shown of these sources changed:
# their facts, the age of a price, or whether the page still exists. Messaging redraws messages.
facts_changed = Signal()

# Sent inside the transaction with pin_id= or board_id=, before a pin or board is held and
# deleted: messaging redraws the messages that carry it.
pin_deleting = Signal()
board_deleting = Signal()
