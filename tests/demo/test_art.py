"""The demo world's pictures: varied in size, the same at every run, light enough."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from pinboard.demo import art

ROOT = Path(__file__).resolve().parents[2]
PRINTS = (
    "import hashlib, json; from pinboard.demo.art import paint, portrait;"
    "made = [paint('dinner', 4), paint('type', 12), paint('travel', 15), portrait('gia')];"
    "print(json.dumps([hashlib.sha256(each).hexdigest() for each in made]))"
)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def prints() -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", PRINTS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    hashes: list[str] = json.loads(run.stdout)
    return hashes


def test_a_picture_is_the_same_in_every_process():
    first = prints()
    assert first == prints()
    assert len(set(first)) == 4


@pytest.mark.parametrize("interest", art.INTERESTS)
def test_an_interest_comes_in_several_proportions_and_motifs(interest):
    scenes = art.scenes_of(interest)
    assert len(scenes) >= 30
    ratios = Counter(scene.ratio for scene in scenes)
    assert len(ratios) >= 4
    assert sum(ratios[each] for each in ("9:16", "2:3", "3:4", "4:5")) > len(scenes) * 0.7
    assert len({scene.palette for scene in scenes}) >= 8


@pytest.mark.parametrize("interest", art.INTERESTS)
def test_a_picture_has_the_size_its_scene_names_and_is_not_a_flat_colour(interest):
    smallest = min(
        range(art.count(interest)),
        key=lambda index: art.HEIGHTS[art.scenes_of(interest)[index].ratio],
    )
    data = art.paint(interest, smallest)
    picture = opened(data)
    scene = art.scenes_of(interest)[smallest]
    assert picture.format == "JPEG"
    assert picture.size == (art.WIDTH, art.HEIGHTS[scene.ratio])
    assert 30_000 < len(data) < 400_000
    assert max(ImageStat.Stat(picture).stddev) > 20


def test_every_person_and_brand_has_a_face_of_their_own():
    faces = {name: art.portrait(name) for name in art.PORTRAITS}
    assert len(set(faces.values())) == 10
    assert {opened(face).size for face in faces.values()} == {(400, 400)}


def test_what_does_not_exist_cannot_be_painted():
    with pytest.raises(ValueError, match="no such interest"):
        art.paint("cars", 0)
    with pytest.raises(IndexError):
        art.paint("dinner", 999)
    with pytest.raises(KeyError):
        art.portrait("nobody")
