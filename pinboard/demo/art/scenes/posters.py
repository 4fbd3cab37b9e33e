"""Thirty-two posters. pinboard.demo.world.posters tells of them in the same order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pinboard.demo.art.posters import arcs, circles, figure, grid, show, stairs, thing, view, waves
from pinboard.demo.art.scene import Scene


def _scene(
    ratio: str,
    palette: str,
    design: Callable[..., None],
    hang: str,
    title: str,
    *small: str,
    **more: str,
) -> Scene:
    return Scene(
        ratio,
        palette,
        partial(show, design=partial(design, title=title, small=small, **more), hang=hang),
    )


SCENES: tuple[Scene, ...] = (
    _scene(
        "2:3",
        "snow",
        circles,
        "full",
        "konkret",
        "Two discs and what they share",
        "Kunsthalle, 4 May to 9 June",
    ),
    _scene(
        "3:4",
        "linen",
        arcs,
        "frame",
        "musica viva",
        "Tonhalle, Thursday 20.15",
        "Works for small orchestra",
    ),
    _scene(
        "3:4",
        "sky",
        figure,
        "full",
        "theater",
        "Five one-act plays in five rooms",
        "Every evening in October",
    ),
    _scene(
        "4:5",
        "clay",
        thing,
        "clips",
        "Sitting well",
        "Chairs, 1925 to 1965",
        "Museum of Everyday Things",
    ),
    _scene(
        "2:3",
        "dusk",
        waves,
        "full",
        "nocturne",
        "Piano and double bass",
        "The old swimming pool, 23.00",
        on="ink",
    ),
    _scene(
        "3:4", "mustard", grid, "clips", "Muster", "A show about repeats", "Textile school, room 12"
    ),
    _scene("2:3", "sea", view, "full", "LAGO", "Steamers daily from the old pier", what="sails"),
    _scene("3:4", "blush", stairs, "frame", "Rooms", "Paintings of places that cannot be"),
    _scene(
        "4:5",
        "teal",
        circles,
        "clips",
        "Eclipse",
        "Watch with us from the roof",
        "Bring a blanket",
        on="pale",
    ),
    _scene(
        "3:4", "peach", waves, "full", "jazz", "Courtyard sessions, every Friday in July", on="a"
    ),
    _scene(
        "2:3",
        "plum",
        arcs,
        "full",
        "orbit",
        "Lectures on the night sky",
        "Planetarium, Tuesdays",
        on="ink",
    ),
    _scene(
        "3:4",
        "oat",
        thing,
        "frame",
        "Clay",
        "Six potters, one kiln",
        "Gallery by the river",
        what="vase",
    ),
    _scene("4:5", "sage", view, "clips", "Slow roads", "A walking map in nine days", what="road"),
    _scene(
        "3:4",
        "brick",
        grid,
        "full",
        "Forma",
        "Summer course in basic design",
        "Two weeks, six teachers",
    ),
    _scene("1:1", "lilac", figure, "clips", "Masks", "Workshop for children and others"),
    _scene(
        "9:16",
        "snow",
        arcs,
        "full",
        "klang",
        "Seven evenings of new music",
        "Free for under 25",
        on="pale",
    ),
    _scene("3:4", "forest", circles, "frame", "Mycelium", "A conference on fungi", on="c"),
    _scene("2:3", "rust", view, "full", "Desert line", "By night train to the south", what="road"),
    _scene("3:4", "dusk", thing, "clips", "Light", "Lamps from a century of evenings", what="lamp"),
    _scene("4:5", "linen", stairs, "full", "Up & down", "Drawing architecture, ten lessons"),
    _scene("3:4", "sea", waves, "frame", "Tide", "Songs from the harbour", on="b"),
    _scene("2:3", "mustard", circles, "full", "Zwei", "Two voices, one evening", on="d"),
    _scene("3:4", "stone", grid, "frame", "System", "Posters from the collection"),
    _scene("4:3", "sky", thing, "clips", "Spring sale", "Workshop chairs at workshop prices"),
    _scene("3:4", "teal", figure, "full", "Circo", "Under the big tent, all of August"),
    _scene("2:3", "clay", waves, "clips", "Flamenco", "Three guitars and a table", on="a"),
    _scene("3:4", "snow", view, "frame", "Regatta", "The autumn race, start at ten", what="sails"),
    _scene("4:5", "plum", stairs, "full", "Echo", "Sound pieces for a stairwell"),
    _scene("3:4", "peach", arcs, "clips", "Kino", "Short films on the school wall", on="d"),
    _scene("2:3", "sage", grid, "full", "Garten", "Plans, tools and seeds", "Botanical library"),
    _scene("3:4", "lilac", circles, "full", "Duett", "Open rehearsal, Sunday at four", on="a"),
    _scene("4:5", "forest", thing, "frame", "Vessel", "Form follows water", what="vase"),
)
