"""Views of the conversations: reading.py shows, writing.py changes, starting.py begins; shown.py
is what they answer with."""
