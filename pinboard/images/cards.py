"""From a row to what a template needs, without a query: thirty times a page.

A list of instances (select_related) asks each for picture.card_picture. A list of .values() rows
asks the database for card_fields("picture__") and hands each row to card_picture(row, "picture__").
No reverse() and no loop but over three renditions: this is the hot path of every grid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Where the roof mounts our urls.py; tests hold it against reverse().
MEDIA = "/media/"
#: The rendition an <img> without srcset gets: the widest of at most so many pixels.
USUAL_WIDTH = 480
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}

_FIELDS = ("key", "original_format", "width", "height", "colour", "preview", "renditions")


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture ready for an <img>: nothing about it is left to find out.

    srcset is "" while there are no renditions yet; src is then the original.
    preview: data URI of a 16 px WebP.
    """

    src: str
    srcset: str
    width: int
    height: int
    colour: str
    preview: str

    @property
    def smallest(self) -> str:
        """The narrowest rendition, or whatever there is so far."""
        return self.srcset.split(" ", 1)[0] or self.src


def card_fields(prefix: str = "") -> tuple[str, ...]:
    """Names of the columns card_picture needs, for .values(); prefix as in "picture__"."""
    return tuple(prefix + name for name in _FIELDS)


def card_picture(row: Mapping[str, Any], prefix: str = "") -> CardPicture | None:
    """Make a CardPicture of a .values() row with card_fields(prefix).

    Returns None for a row without a picture (an outer join's).
    """
    if row[prefix + "key"] is None:
        return None
    return make_card_picture(*[row[prefix + name] for name in _FIELDS])


def make_card_picture(
    key: str,
    original_format: str,
    width: int,
    height: int,
    colour: str,
    preview: str,
    renditions: list[list[int]],
) -> CardPicture:
    """The same from loose columns, in the order of card_fields()."""
    return CardPicture(
        src=usual_address(key, original_format, renditions),
        srcset=srcset(key, renditions),
        width=width,
        height=height,
        colour=colour,
        preview=preview,
    )


def original_address(key: str, original_format: str) -> str:
    return f"{MEDIA}{key}/original.{SUFFIXES[original_format]}"


def usual_address(key: str, original_format: str, renditions: list[list[int]]) -> str:
    """The rendition nearest below USUAL_WIDTH; the original until there are renditions."""
    if not renditions:
        return original_address(key, original_format)
    usual = renditions[0][0]
    for width, _ in renditions:
        if width <= USUAL_WIDTH:
            usual = width
    return f"{MEDIA}{key}/{usual}.webp"


def srcset(key: str, renditions: list[list[int]]) -> str:
    return ", ".join([f"{MEDIA}{key}/{width}.webp {width}w" for width, _ in renditions])
