"""Template tags of the shared view craft."""
