"""Thirty-two gardens. pinboard.demo.world.gardens tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.gardens import door, glasshouse, path, steps
from pinboard.demo.art.plots import beds, pond, study
from pinboard.demo.art.scene import Scene

SCENES: tuple[Scene, ...] = (
    Scene("2:3", "sky", partial(path, gate="arch")),
    Scene("3:4", "clay", partial(steps, kinds="rose olive agave daisy ball fern")),
    Scene("4:5", "linen", partial(study, kind="monstera")),
    Scene("3:4", "sea", partial(glasshouse, roof="gable")),
    Scene("2:3", "oat", partial(beds, rows=3)),
    Scene("3:4", "teal", partial(pond)),
    Scene("3:4", "blush", partial(door, climb="rose")),
    Scene("4:5", "peach", partial(path, gate="gate", paving="slabs")),
    Scene("3:4", "mustard", partial(steps, kinds="cactus agave cactus", wall="plain")),
    Scene("2:3", "forest", partial(study, kind="fern")),
    Scene("1:1", "sage", partial(beds, rows=2)),
    Scene("3:4", "lilac", partial(glasshouse, roof="round")),
    Scene("4:5", "sky", partial(door, climb="daisy")),
    Scene("3:4", "dusk", partial(pond)),
    Scene("2:3", "rust", partial(steps, kinds="lavender olive rose fern", wall="brick")),
    Scene("3:4", "snow", partial(study, kind="poppy")),
    Scene("3:4", "sage", partial(path, gate="house")),
    Scene("4:5", "plum", partial(study, kind="lavender")),
    Scene("9:16", "peach", partial(door, climb="rose")),
    Scene("3:4", "stone", partial(steps, kinds="ball fern ball olive", wall="brick")),
    Scene("4:3", "sea", partial(pond)),
    Scene("3:4", "blush", partial(path, gate="arch", paving="slabs")),
    Scene("2:3", "teal", partial(glasshouse, roof="gable")),
    Scene("3:4", "brick", partial(study, kind="wheat")),
    Scene("4:5", "lilac", partial(steps, kinds="tulip daisy dahlia rose")),
    Scene("3:4", "forest", partial(pond)),
    Scene("2:3", "mustard", partial(door, climb="dahlia")),
    Scene("3:4", "sky", partial(study, kind="poppy")),
    Scene("4:5", "snow", partial(glasshouse, roof="round")),
    Scene("3:4", "oat", partial(path, gate="gate")),
    Scene("1:1", "linen", partial(beds, rows=2)),
    Scene("2:3", "dusk", partial(study, kind="monstera")),
)
