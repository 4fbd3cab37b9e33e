"""From pressing save to the card, and to the finished picture: `manage.py bench saving`.

One person on an idle server, one thing at a time, as somebody who saves does it. Each round brings
a photo of twelve megapixels that was never seen before: it is uploaded, the draft is opened,
"Pin it" is pressed at once, and the pin's page is asked for again until its picture has all its
renditions. Pins of others are saved as the button on a card does it.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

from PIL import Image, ImageDraw

from pinboard.bench.pages import CSRF_SECRET, signed_in
from pinboard.bench.report import limit, table
from pinboard.bench.serving import BenchFailed, Served
from pinboard.bench.sums import spread
from pinboard.bench.wire import Answer, Line, request_bytes
from pinboard.bench.world import Member, World

SEED: Final = 5
PHOTO: Final = (4000, 3000)
BOUNDARY: Final = "pinboard-bench-boundary"
LARGEST: Final = "/960.webp"
LOOK_SECONDS: Final = 0.02
PATIENCE_SECONDS: Final = 20.0
CARD_MS: Final = 300
FINISHED_MS: Final = 2000

SAVED: Final = "press Save on a card → saved"
STORED: Final = "send a 12-megapixel photo → its draft"
PINNED: Final = "press Pin it → the page with the card"
SHOWN: Final = "press Pin it → the picture on it, as it is"
FINISHED: Final = "press Pin it → the finished picture"
IN_ALL: Final = "send the photo, press Pin it at once → the finished picture"


@dataclass(slots=True)
class Timings:
    """By what was waited for, the seconds of each round."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, what: str, seconds: float) -> None:
        self.seconds[what].append(seconds)


async def measure(served: Served, world: World, *, times: int) -> Timings:
    """times: rounds, after one that warms up. Raises BenchFailed for an answer it cannot use."""
    dice, timings = Random(SEED), Timings()
    async with Line(served.port) as line:
        who = _Saver(line, world.reader)
        await who.save_of_others(Timings(), 1)
        await who.pin_a_photo(Timings(), photo(dice, 0))
        await who.save_of_others(timings, times)
        for number in range(times):
            await who.pin_a_photo(timings, photo(dice, number + 1))
    return timings


def photo(dice: Random, number: int) -> bytes:
    """A JPEG of 12 megapixels with the detail of a photo, unlike every other."""
    small = Image.effect_noise((PHOTO[0] // 8, PHOTO[1] // 8), 60)
    grain = small.resize(PHOTO, Image.Resampling.BICUBIC)
    light, dark = (tuple(dice.randrange(256) for _ in range(3)) for _ in range(2))
    picture = Image.new("RGB", PHOTO, light)
    picture.paste(dark, mask=grain)
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y, side = dice.randrange(PHOTO[0]), dice.randrange(PHOTO[1]), dice.randrange(80, 900)
        pen.ellipse((x, y, x + side, y + side), fill=tuple(dice.randrange(256) for _ in range(3)))
    pen.text((50, 50), f"round {number}", fill="white")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


class _Saver:
    """Somebody at a browser."""

    def __init__(self, line: Line, member: Member) -> None:
        self._line = line
        self._headers = {"Cookie": signed_in(member), "X-CSRFToken": CSRF_SECRET}

    async def save_of_others(self, timings: Timings, times: int) -> None:
        feed = await self._get("/")
        pins = list(dict.fromkeys(re.findall(r'data-pin="(\d+)"', feed)))
        (board,) = re.findall(r'<html[^>]* data-board="(\d+)"', feed)
        for number in range(times):
            pin = pins[number % len(pins)]
            await self._post(f"/pins/{pin}/unsave/", {"board": board}, expected=(200, 404))
            began = perf_counter()
            await self._post(f"/pins/{pin}/save/", {"board": board}, expected=(200,))
            timings.add(SAVED, perf_counter() - began)

    async def pin_a_photo(self, timings: Timings, data: bytes) -> None:
        sent = perf_counter()
        answer = await self._ask("/create/", multipart(data), kind=f"multipart/form-data; {_MARK}")
        draft = answer.location
        html = await self._get(draft)
        timings.add(STORED, perf_counter() - sent)
        (offer,) = re.findall(r'name="(p\d+)-take"', html)
        board = re.findall(r'<option value="(\d+)"', html)[0]
        fields = {f"{offer}-take": "on", f"{offer}-title": "A photo", "board": board}
        pressed = perf_counter()
        answer = await self._ask(draft, urlencode(fields).encode())
        page = answer.location
        html = await self._get(page)
        timings.add(PINNED, perf_counter() - pressed)
        (shown,) = re.findall(r'pin-page-picture">\s*<img src="([^"]+)"', html)
        await self._get(shown)
        timings.add(SHOWN, perf_counter() - pressed)
        finished = f"/media/{shown.split('/')[2]}{LARGEST}"
        while finished not in html:
            if perf_counter() - pressed > PATIENCE_SECONDS:
                raise BenchFailed(f"{page} has no renditions after {PATIENCE_SECONDS:g} s")
            await asyncio.sleep(LOOK_SECONDS)
            html = await self._get(page)
        await self._get(finished)
        timings.add(FINISHED, perf_counter() - pressed)
        timings.add(IN_ALL, perf_counter() - sent)

    async def _get(self, path: str) -> str:
        request = request_bytes(path, port=self._line.port, headers=self._headers)
        answer = await self._line.ask(request)
        if answer.status != 200:
            raise BenchFailed(f"{path} answered {answer.status}")
        return answer.body.decode("utf-8", "replace")

    async def _post(
        self, path: str, fields: Mapping[str, str], *, expected: Sequence[int]
    ) -> Answer:
        """As a script posts."""
        headers = {**self._headers, "Accept": "application/json"}
        form = urlencode(fields).encode()
        request = request_bytes(path, port=self._line.port, headers=headers, form=form)
        answer = await self._line.ask(request)
        if answer.status not in expected:
            raise BenchFailed(f"{path} answered {answer.status}")
        return answer

    async def _ask(self, path: str, form: bytes, *, kind: str = "") -> Answer:
        """As a form is sent: the answer leads elsewhere."""
        headers = {**self._headers, **({"Content-Type": kind} if kind else {})}
        request = request_bytes(path, port=self._line.port, headers=headers, form=form)
        answer = await self._line.ask(request)
        if not answer.location:
            raise BenchFailed(f"{path} answered {answer.status} and leads nowhere")
        return answer


_MARK: Final = f"boundary={BOUNDARY}"


def multipart(data: bytes) -> bytes:
    """The form of /create/ with one file."""
    lines = (
        f"--{BOUNDARY}",
        'Content-Disposition: form-data; name="way"',
        "",
        "upload",
        f"--{BOUNDARY}",
        'Content-Disposition: form-data; name="pictures"; filename="photo.jpg"',
        "Content-Type: image/jpeg",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def report(timings: Timings) -> Iterator[str]:
    """The table, and the aims."""
    found = {what: spread(seconds) for what, seconds in timings.seconds.items()}
    rows = [
        [what, str(each.count)] + [f"{value:.0f}" for value in (each.p50, each.p95, each.longest)]
        for what, each in found.items()
    ]
    yield from table(["from … to", "rounds", "p50 ms", "p95 ms", "longest ms"], rows)
    yield ""
    for what, most in ((SAVED, CARD_MS), (PINNED, CARD_MS), (FINISHED, FINISHED_MS)):
        yield limit(f"{what}, p95, ms", found[what].p95, most)
    yield limit(f"{IN_ALL}, p95, ms", found[IN_ALL].p95, FINISHED_MS)
