"""Views of the pins, one file per noun."""
