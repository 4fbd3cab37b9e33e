"""Thirty-two weddings. pinboard.demo.world.weddings tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.scene import Scene
from pinboard.demo.art.weddings import arch, feast, paper, setting, tied, tiers, vase

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "blush", partial(tied, kinds="rose rose daisy rose")),
    Scene("2:3", "sage", partial(arch, form="round")),
    Scene("4:5", "linen", partial(setting, kinds="daisy rose")),
    Scene("3:4", "sky", partial(tiers, floors=3, icing="smooth")),
    Scene("2:3", "dusk", partial(feast)),
    Scene("1:1", "clay", partial(paper, envelope="b")),
    Scene("3:4", "sea", partial(vase, kinds="tulip tulip tulip", shape="jug", greens="fern olive")),
    Scene("3:4", "mustard", partial(tied, kinds="dahlia dahlia rose daisy", greens="wheat fern")),
    Scene("4:5", "forest", partial(arch, form="ring", kinds="rose dahlia")),
    Scene("3:4", "snow", partial(tiers, floors=2, icing="naked", kinds="rose daisy daisy")),
    Scene(
        "2:3",
        "lilac",
        partial(vase, kinds="daisy rose daisy", shape="amphora", greens="lavender olive"),
    ),
    Scene("4:5", "teal", partial(setting, kinds="dahlia rose daisy")),
    Scene("3:4", "oat", partial(paper, envelope="d")),
    Scene("2:3", "peach", partial(arch, form="square", kinds="rose rose daisy")),
    Scene("1:1", "plum", partial(tied, kinds="rose dahlia daisy", greens="eucalyptus berries")),
    Scene(
        "3:4",
        "stone",
        partial(tied, kinds="daisy daisy rose", greens="eucalyptus eucalyptus olive"),
    ),
    Scene("9:16", "blush", partial(tiers, floors=4, icing="pleats")),
    Scene(
        "4:5", "rust", partial(vase, kinds="dahlia rose dahlia", shape="moon", greens="wheat olive")
    ),
    Scene("2:3", "sea", partial(feast, kinds="daisy rose")),
    Scene("3:4", "linen", partial(arch, form="ring", kinds="daisy daisy rose")),
    Scene("4:3", "sky", partial(setting, kinds="rose daisy")),
    Scene(
        "3:4", "plum", partial(vase, kinds="rose tulip", shape="column", greens="eucalyptus fern")
    ),
    Scene("2:3", "sage", partial(tied, kinds="tulip tulip daisy", tall=1.1)),
    Scene("1:1", "peach", partial(paper, envelope="a", kinds="dahlia daisy")),
    Scene("3:4", "clay", partial(tiers, floors=3, icing="waves", kinds="dahlia rose")),
    Scene("4:5", "lilac", partial(arch, form="round", kinds="daisy rose daisy")),
    Scene("3:4", "forest", partial(tied, kinds="rose rose rose", greens="fern olive")),
    Scene("2:3", "mustard", partial(feast, kinds="dahlia daisy")),
    Scene("3:4", "brick", partial(setting, kinds="rose dahlia", cloth="plain")),
    Scene(
        "4:5", "snow", partial(vase, kinds="rose rose", shape="tulip", greens="olive eucalyptus")
    ),
    Scene("3:4", "teal", partial(paper, envelope="b", kinds="rose rose")),
    Scene("1:1", "oat", partial(tied, kinds="daisy dahlia", greens="wheat wheat olive")),
)
