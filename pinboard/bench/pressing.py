"""The child of pictures.py: `python -m pinboard.bench.pressing '{"times": …}'`.

On one core, in turn and in one process: a photo through everything a save does with it, and the
same files made by bare libraries. Its jobs run at once (PINBOARD_JOBS=eager), so that storing a
picture ends with its renditions made. Prints seconds, bytes and megabytes as one line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import perf_counter, process_time
from types import ModuleType
from typing import Any, Final

from PIL import Image

from pinboard.bench.photos import MEGAPIXELS_50, detailed_photo, unseen
from pinboard.images.pixels import ORIGINAL_QUALITY, sampling_of
from pinboard.images.press import RENDITION_QUALITY, WIDTHS, make_renditions, press
from pinboard.sandbox.child import NICENESS

CHAIN: Final = "the whole chain"
BARE: Final = "bare Pillow, the same files"
BARE_RENDITIONS: Final = "bare Pillow, renditions only"
VIPS: Final = "libvips, the same files"
WEBP_METHOD: Final = 4


def compare(*, times: int) -> dict[str, Any]:
    """{seconds and processor: of each round by way, kept: bytes by way, bytes: of the photo,
    vips: its version or "", peaks: megabytes by what was done}."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # and so its children
    os.nice(NICENESS)  # as the sandbox's children are: what else runs here delays all ways alike
    photo, vips = detailed_photo(), _vips()
    ways: dict[str, Callable[[], int]] = {
        CHAIN: lambda: _through_the_chain(unseen(photo)),
        BARE: partial(bare, photo),
        BARE_RENDITIONS: partial(bare, photo, with_original=False),
    }
    if vips is not None:
        ways[VIPS] = partial(_by_vips, vips, photo)
    kept = {way: work() for way, work in ways.items()}  # a warm-up
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    processor: dict[str, list[float]] = {way: [] for way in ways}
    with _children_counted() as spent:
        for way, work in (each for _ in range(times) for each in ways.items()):
            spent.clear()
            began, used = perf_counter(), process_time()
            work()
            seconds[way].append(perf_counter() - began)
            processor[way].append(process_time() - used + sum(spent))
    version = f"{vips.version(0)}.{vips.version(1)}.{vips.version(2)}" if vips else ""
    return {
        "seconds": seconds,
        "processor": processor,
        "kept": kept,
        "bytes": len(photo),
        "vips": version,
        "peaks": _peaks(photo),
    }


def _through_the_chain(photo: bytes) -> int:
    """Bytes kept. Raises RuntimeError where the picture is not finished afterwards."""
    from django.core.files.storage import default_storage

    from pinboard.images.storing import store_picture

    picture = store_picture(photo)
    picture.refresh_from_db()
    if picture.state != picture.State.READY:
        raise RuntimeError("A picture was stored and its renditions were not made.")
    return sum(default_storage.size(name) for name in picture.files)


@contextmanager
def _children_counted() -> Iterator[list[float]]:
    """The processor seconds of the sandbox's children, which nobody waits for, in a list."""
    from pinboard import sandbox

    spent, run = list[float](), sandbox.run

    def counted(function: Callable[..., Any], *args: Any, **limits: Any) -> Any:
        result, seconds = run(timed, function, args, **limits)
        spent.append(seconds)
        return result

    sandbox.run = counted
    try:
        yield spent
    finally:
        sandbox.run = run


def timed(function: Callable[..., Any], args: Sequence[Any]) -> tuple[Any, float]:
    """In a child: what the function returns, and all the child has used until then."""
    return function(*args), process_time()


def bare(photo: bytes, *, with_original: bool = True) -> int:
    """Decode, resize and encode with Pillow as we set it, and nothing else; bytes made.

    The renditions from the half size that a JPEG gives for less: quicker, even where the original
    was decoded whole before, than scaling all its pixels.
    """
    file, size = Image.open(io.BytesIO(photo)), 0
    if with_original:
        like = {"optimize": True, "subsampling": sampling_of(file)}
        size += _encoded(file, "JPEG", ORIGINAL_QUALITY, **like)
        file = Image.open(io.BytesIO(photo))
    width, height = file.size
    file.draft(None, (2 * WIDTHS[-1], 1))
    for wanted in WIDTHS:
        to = (wanted, round(wanted * height / width))
        scaled = file.resize(to, Image.Resampling.LANCZOS, reducing_gap=2.0)
        size += _encoded(scaled, "WEBP", RENDITION_QUALITY, method=WEBP_METHOD)
    return size


def _encoded(picture: Image.Image, form: str, quality: int, **options: Any) -> int:
    file = io.BytesIO()
    picture.save(file, form, quality=quality, **options)
    return file.tell()


def _vips() -> ModuleType | None:
    """libvips on one thread, remembering nothing; None where it is not installed."""
    os.environ["VIPS_CONCURRENCY"] = "1"
    try:
        import pyvips
    except (ImportError, OSError):
        return None
    pyvips.cache_set_max(0)
    module: ModuleType = pyvips
    return module


def _by_vips(vips: Any, photo: bytes) -> int:
    """As its makers advise: thumbnails straight from the file, the original as a stream."""
    original = vips.Image.new_from_buffer(photo, "", access="sequential")
    kept = [original.jpegsave_buffer(Q=ORIGINAL_QUALITY, optimize_coding=True, keep="none")]
    for wanted in WIDTHS:
        scaled = vips.Image.thumbnail_buffer(photo, wanted)
        kept.append(scaled.webpsave_buffer(Q=RENDITION_QUALITY, effort=WEBP_METHOD, keep="none"))
    return sum(map(len, kept))


def _peaks(photo: bytes) -> dict[str, float]:
    """Megabytes a child of the sandbox held at most, the interpreter included."""
    from pinboard import sandbox
    from pinboard.images.storing import PRESS_MEMORY_BYTES, PRESS_SECONDS

    run = partial(sandbox.run, seconds=PRESS_SECONDS, memory_bytes=PRESS_MEMORY_BYTES)
    largest = detailed_photo(MEGAPIXELS_50)
    return {
        "nothing": run(peak_of_nothing),
        "press, 12 megapixels": run(peak_of_pressing, photo),
        "press, 50 megapixels": run(peak_of_pressing, largest),
        "renditions, 12 megapixels": run(peak_of_renditions, photo),
    }


def peak_of_nothing() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of_pressing(photo: bytes) -> float:
    press(photo)
    return peak_of_nothing()


def peak_of_renditions(photo: bytes) -> float:
    make_renditions(photo)
    return peak_of_nothing()


if __name__ == "__main__":
    import django

    django.setup()
    # By its own name: the sandbox asks for its functions by the module they are in.
    from pinboard.bench import pressing

    print(json.dumps(pressing.compare(**json.loads(sys.argv[1]))))
