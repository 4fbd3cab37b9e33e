"""One painting by its name: what a child process of the builder runs. Knows no Django."""

from __future__ import annotations

from pinboard.demo import art

# An interest with the index of a scene, or a username with -1 for a face.
Painting = tuple[str, int]


def draw(painting: Painting) -> bytes:
    """The painting as JPEG."""
    name, index = painting
    return art.portrait(name) if index < 0 else art.paint(name, index)
