"""Views of the conversations: reading.py shows, writing.py changes, starting.py begins."""
