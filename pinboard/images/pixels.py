"""Clean pixels and files of nothing but pixels. No Django here.

clean() gives upright sRGB pixels in mode L, RGB or RGBA with no info left; the encoders below it
write those and nothing else.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, JpegImagePlugin

# WebP has no longer side; a longer picture is scaled down to it.
MAX_SIDE = 16_383
# Above what eyes tell from the original, below what doubles its size.
ORIGINAL_QUALITY = 92
# Encoders of old treated "no duration" as "as fast as possible"; browsers show 100 ms instead.
_LEAST_FRAME_MS, _USUAL_FRAME_MS = 20, 100

_ORIENTATION_TAG = 0x0112
# EXIF 2.3, table 6: what brings a picture with this orientation upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


def clean(file: Image.Image) -> Image.Image:
    """Decode one frame: upright, sRGB, at most MAX_SIDE a side, mode L, RGB or RGBA, no info."""
    file.load()
    turn = _UPRIGHT.get(_orientation(file))
    picture = _to_srgb(plain(file), file.info.get("icc_profile"))
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert("RGB")
    if turn is not None:
        picture = picture.transpose(turn)
    if max(picture.size) > MAX_SIDE:
        picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    picture = picture.copy() if picture is file else picture  # a file keeps what it has read
    picture.info = {}
    return picture


def plain(file: Image.Image) -> Image.Image:
    """The same pixels in one of the modes L, RGB, RGBA or CMYK."""
    if file.has_transparency_data:
        return file if file.mode == "RGBA" else file.convert("RGBA")
    if file.mode in ("L", "RGB", "CMYK"):
        return file
    if file.mode == "1":
        return file.convert("L")
    if file.mode.startswith("I"):  # 16 bits a channel; convert() would clip instead of scale
        return file.point(lambda value: value * (1 / 256)).convert("L")
    return file.convert("RGB")


def _orientation(file: Image.Image) -> int:
    try:
        return int(file.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001  # broken EXIF is common, and its pixels are good
        return 1


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the embedded profile; without one, or with nonsense, pixels are sRGB already."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" in ImageCms.getProfileDescription(source):
                return picture if picture.mode != "CMYK" else picture.convert("RGB")
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def encode_still(picture: Image.Image, form: str, *, sampling: int = -1) -> bytes:
    """Write clean pixels as "jpeg", "png" or "webp".

    sampling: Pillow's number for JPEG's chroma subsampling; -1 leaves it to the encoder.
    """
    file = BytesIO()
    if form == "jpeg":
        # Progressive would be a twentieth smaller, but 12 megapixels then take 150 ms longer to
        # write, and 120 ms longer to read for the renditions, as no size can be skipped.
        picture.save(file, "JPEG", quality=ORIGINAL_QUALITY, optimize=True, subsampling=sampling)
    elif form == "png":
        # Level 3 is twice as quick as the usual 6 for files a tenth larger.
        picture.save(file, "PNG", compress_level=3)
    else:
        picture.save(file, "WEBP", quality=ORIGINAL_QUALITY, method=2)
    return file.getvalue()


def sampling_of(file: Image.Image) -> int:
    """Keep a JPEG's own chroma subsampling, so that red letters stay sharp."""
    return JpegImagePlugin.get_sampling(file)


def encode_moving(file: Image.Image, frames: int) -> tuple[bytes, Image.Image, int]:
    """Write frames 0 to frames - 1 as one animated WebP.

    Returns the file, its first frame, and how many frames it has.
    """
    pictures: list[Image.Image] = []
    durations: list[int] = []
    for number in range(frames):
        try:
            file.seek(number)
        except EOFError:
            break
        picture = clean(file.copy() if file.mode != "P" else file)
        told = int(file.info.get("duration") or 0)
        durations.append(told if told >= _LEAST_FRAME_MS else _USUAL_FRAME_MS)
        # A GIF's canvas may grow on the way; its first frame is what we show.
        pictures.append(picture.crop((0, 0, *pictures[0].size)) if pictures else picture)
    first, *rest = pictures
    if not rest:
        return encode_still(first, "webp"), first, 1
    moving = BytesIO()
    first.save(
        moving,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=durations,
        loop=_times_played(file),
        quality=80,
        method=0,
        background=(0, 0, 0, 0),
    )
    return moving.getvalue(), first, len(pictures)


def _times_played(file: Image.Image) -> int:
    """0 for ever. A GIF without a loop block plays once, with one it plays loop + 1 times."""
    loop = file.info.get("loop")
    if file.format != "GIF":
        return int(loop or 0)
    if loop is None:
        return 1
    return int(loop) + 1 if loop else 0
