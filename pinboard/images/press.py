"""From hostile bytes to a clean picture. Runs in the sandbox's child process; no Django here.

Every picture that is kept has been through press(): its size was checked before a decoder saw
it, its pixels were decoded, turned upright, brought to sRGB and encoded anew. Nothing but pixels
survives: no position, camera serial, comment, embedded thumbnail, profile or appended archive.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Concatenate, ParamSpec, TypeVar

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from pinboard.images.colours import dominant_colour, perceptual_hash, preview_of, study_of
from pinboard.images.formats import Kind, gif_frames, kind_of, webp_size
from pinboard.images.pixels import clean, encode_moving, encode_still, plain, sampling_of

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_FRAMES = 300
# All frames together: encoding runs at about 15 million pixels a second, and somebody waits.
MAX_MOVING_PIXELS = 100_000_000
# CSS pixels, ascending: what the grid, the grid on fine screens, and the pin's page ask for.
WIDTHS = (240, 480, 960)
RENDITION_QUALITY = 78

# Imported with this module, once, before children are made of it. Left to itself Pillow imports
# every format it has, in each new child, when the first WebP is written: 100 ms a picture.
Image.preinit()
_FORMATS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)

P = ParamSpec("P")
T = TypeVar("T")


class Reason(StrEnum):
    UNSUPPORTED = "picture_unsupported"
    TOO_LARGE = "picture_too_large"
    UNREADABLE = "picture_unreadable"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no picture. message: a sentence for people that says what to do."""

    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A clean picture.

    original: encoded anew in format ("jpeg", "png" or "webp"; moving pictures are WebP).
    width, height: pixels, after turning upright.
    colour: "#rrggbb"; preview: data URI; perceptual_hash: signed 64 bits (see colours.py).
    """

    original: bytes
    format: str
    width: int
    height: int
    animated: bool
    colour: str
    preview: str
    perceptual_hash: int


@dataclass(frozen=True, slots=True)
class Rendition:
    """One WebP, width and height in pixels."""

    width: int
    height: int
    data: bytes


TOO_MANY_BYTES = Refused(
    Reason.TOO_LARGE, "This picture is larger than 20 MB. Please choose a smaller copy of it."
)
TOO_MANY_PIXELS = Refused(
    Reason.TOO_LARGE,
    "This picture has more than 50 megapixels. Please scale it down and try again.",
)
TOO_MANY_FRAMES = Refused(
    Reason.TOO_LARGE,
    "This moving picture is too long or too large. Please shorten it to a few seconds, "
    "or choose a smaller copy.",
)
UNSUPPORTED = Refused(
    Reason.UNSUPPORTED,
    "This is not a picture we can show. Please choose a JPEG, PNG, WebP, GIF or AVIF file.",
)
NO_HEIC = Refused(
    Reason.UNSUPPORTED,
    "HEIC pictures cannot be read here. Please export it as JPEG and try again; an iPhone does so "
    "by itself when the picture is chosen from Photos instead of Files.",
)
UNREADABLE = Refused(
    Reason.UNREADABLE,
    "This picture is damaged or incomplete. Please save it again in another program, "
    "or choose another copy.",
)


class _Refusal(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def _answering(
    work: Callable[Concatenate[bytes, P], T],
) -> Callable[Concatenate[bytes, P], T | Refused]:
    """Turn everything hostile bytes can cause into a Refused."""

    @wraps(work)
    def answer(data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> T | Refused:
        try:
            with _bombs_are_errors():
                return work(data, *args, **kwargs)
        except _Refusal as refusal:
            return refusal.refused
        except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return TOO_MANY_PIXELS
        except Exception:  # noqa: BLE001  # decoders raise whatever broken bytes lead to
            return UNREADABLE

    return answer


@contextmanager
def _bombs_are_errors() -> Iterator[None]:
    """Below twice its limit Pillow only warns; here the limit is the limit."""
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit


@_answering
def press(data: bytes) -> Pressed:
    """Make a clean picture of whatever somebody sent.

    data: JPEG, PNG, WebP, GIF, AVIF, or HEIC where pillow-heif is installed, at most MAX_BYTES.
    Returns Refused when it is something else, too large, or cannot be decoded.
    """
    if len(data) > MAX_BYTES:
        raise _Refusal(TOO_MANY_BYTES)
    kind, file = _open(data)
    frames = _frames(file, kind, data)
    if frames > 1:
        original, picture, frames = encode_moving(file, frames)
        form = "webp"
    else:
        picture = clean(file)
        form = _format_for(kind, picture)
        original = encode_still(picture, form, sampling=sampling_of(file))
    study = study_of(picture)
    colour = dominant_colour(study)
    return Pressed(
        original=original,
        format=form,
        width=picture.width,
        height=picture.height,
        animated=frames > 1,
        colour=colour,
        preview=preview_of(study, on=colour),
        perceptual_hash=perceptual_hash(study),
    )


@_answering
def make_renditions(original: bytes, widths: Sequence[int] = WIDTHS) -> tuple[Rendition, ...]:
    """Scale a picture down to the widths a grid asks for; never up.

    original: what press() made. widths: CSS pixels, ascending.
    Returns WebPs, ascending, at least one: every width the picture has, and its own width when
    that lies below the last. Of a moving picture, its first frame: grids stay calm.
    """
    _, file = _open(original)
    width, height = file.size
    fitting = [wanted for wanted in widths if wanted <= width]
    if width < widths[-1] and width not in fitting:
        fitting.append(width)
    # JPEG can be decoded at 1/2, 1/4 or 1/8 of its size; twice the wanted width keeps it sharp.
    file.draft(None, (2 * fitting[-1], 1))
    picture = plain(file)
    return tuple(
        _rendition(picture, (wanted, max(1, round(wanted * height / width)))) for wanted in fitting
    )


def _rendition(picture: Image.Image, size: tuple[int, int]) -> Rendition:
    scaled = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    scaled.info = {}
    file = BytesIO()
    scaled.save(file, "WEBP", quality=RENDITION_QUALITY, method=4)
    return Rendition(*size, file.getvalue())


def _open(data: bytes) -> tuple[Kind, Image.Image]:
    """Open one of the formats we accept, with its size checked, nothing decoded yet."""
    kind = kind_of(data)
    if kind is None:
        raise _Refusal(UNSUPPORTED)
    if kind == "HEIF" and not _heif_is_readable():
        raise _Refusal(NO_HEIC)
    if kind == "WEBP":
        _check_size(webp_size(data))
    file = Image.open(BytesIO(data), formats=(kind,))
    _check_size(file.size)
    return kind, file


def reads_heic() -> bool:
    """Whether HEIC may be asked for: a phone that is not asked sends JPEG instead."""
    return find_spec("pillow_heif") is not None


def _heif_is_readable() -> bool:
    try:
        heif = import_module("pillow_heif")  # an optional extra
    except ImportError:
        return False
    heif.register_heif_opener(thumbnails=False)
    return True


def _check_size(size: tuple[int, int] | None) -> None:
    if size is None or min(size) < 1:
        raise _Refusal(UNREADABLE)
    if size[0] * size[1] > MAX_PIXELS:
        raise _Refusal(TOO_MANY_PIXELS)


def _frames(file: Image.Image, kind: Kind, data: bytes) -> int:
    """How many frames move; 1 for a still. JPEG and HEIC only ever carry further views."""
    if kind in ("JPEG", "HEIF"):
        return 1
    if kind == "GIF":
        frames = gif_frames(data, at_most=MAX_FRAMES)
    else:
        frames = int(getattr(file, "n_frames", 1))
    moving = frames > 1 and frames * file.width * file.height > MAX_MOVING_PIXELS
    if frames > MAX_FRAMES or moving:
        raise _Refusal(TOO_MANY_FRAMES)
    return frames


def _format_for(kind: Kind, picture: Image.Image) -> str:
    """What a still is kept as: its own format where a browser and an encoder of ours know it."""
    if kind in ("PNG", "GIF"):
        return "png"
    if kind in ("JPEG", "HEIF") and picture.mode != "RGBA":
        return "jpeg"
    return "webp"
