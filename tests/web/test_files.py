"""Static files and file answers: conditions, ranges, compressed neighbours, no way out."""

from __future__ import annotations

import gzip
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from pinboard.web.compressing import write_compressed
from pinboard.web.files import FileAnswer, StaticFiles
from pinboard.web.ranges import Version, choose_part

VERSION = Version(size=100, etag='"abc"', modified=784111777)
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
SCRIPT = b"export const word = 'pin';\n" * 100


@pytest.mark.parametrize(
    ("wanted", "status", "start", "length"),
    [
        (None, 200, 0, 100),
        ("bytes=0-", 206, 0, 100),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=10-19", 206, 10, 10),
        ("bytes=90-500", 206, 90, 10),
        ("bytes=-1", 206, 99, 1),
        ("bytes=-500", 206, 0, 100),
        ("bytes=99-", 206, 99, 1),
        ("bytes=100-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=20-10", 200, 0, 100),
        ("bytes=0-1,5-6", 200, 0, 100),
        ("bytes=-", 200, 0, 100),
        ("lines=1-2", 200, 0, 100),
        ("bytes=a-b", 200, 0, 100),
        ("bytes=" + "9" * 18 + "-", 416, 0, 0),
        ("bytes=" + "9" * 500 + "-", 200, 0, 100),
    ],
)
def test_ranges(wanted: str | None, status: int, start: int, length: int):
    part = choose_part({"range": wanted} if wanted else {}, VERSION)
    assert (part.status, part.start, part.length) == (status, start, length)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": '"abc"'}, 304),
        ({"if-none-match": 'W/"abc"'}, 304),
        ({"if-none-match": '"x", "abc"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"x"'}, 200),
        ({"if-none-match": '"x"', "if-modified-since": DATE}, 200),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": "Sun, 06 Nov 1994 08:49:36 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"range": "bytes=0-1", "if-range": '"abc"'}, 206),
        ({"range": "bytes=0-1", "if-range": '"x"'}, 200),
        ({"range": "bytes=0-1", "if-range": DATE}, 206),
        ({"range": "bytes=0-1", "if-range": 'W/"abc"'}, 200),
    ],
)
def test_conditions(headers: dict[str, str], status: int):
    assert choose_part(headers, VERSION).status == status


# ---------------------------------------------------------------- static files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    root = tmp_path / "static"
    (root / "js").mkdir(parents=True)
    (root / "js" / "app.0123456789ab.js").write_bytes(SCRIPT)
    (root / "plain.css").write_text("a{}")
    (root / "way-out").symlink_to(tmp_path / "secret.txt")
    return root


async def fetch(
    root: Path, name: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": method, "path": f"/static/{name}", "headers": raw}
    await StaticFiles(root, "/static/")(scope, None, send)
    said = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], said, b"".join(message["body"] for message in sent[1:])


async def test_a_hashed_name_may_be_kept_for_ever_and_another_is_asked_for_again(root: Path):
    status, headers, body = await fetch(root, "js/app.0123456789ab.js")
    assert (status, body) == (200, SCRIPT)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    status, headers, _ = await fetch(root, "plain.css")
    assert headers["cache-control"] == "no-cache"
    assert (await fetch(root, "plain.css", if_none_match=headers["etag"]))[0] == 304


async def test_a_compressed_neighbour_is_sent_to_who_takes_it(root: Path):
    assert write_compressed(root) == 1, "three bytes of CSS do not become smaller"
    assert write_compressed(root) == 0, "nothing changed"
    status, headers, body = await fetch(
        root, "js/app.0123456789ab.js", accept_encoding="deflate, gzip;q=0.5"
    )
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert gzip.decompress(body) == SCRIPT
    plain = await fetch(root, "js/app.0123456789ab.js", accept_encoding="gzip;q=0, identity")
    assert "content-encoding" not in plain[1]
    assert plain[2] == SCRIPT
    assert plain[1]["etag"] != headers["etag"]


async def test_a_neighbour_of_an_older_file_is_not_sent(root: Path):
    write_compressed(root)
    script = root / "js" / "app.0123456789ab.js"
    script.write_bytes(b"new")
    os.utime(script, (1, 1))
    _, headers, body = await fetch(root, "js/app.0123456789ab.js", accept_encoding="gzip")
    assert ("content-encoding" in headers, body) == (False, b"new")


async def test_head_says_everything_but_the_file(root: Path):
    status, headers, body = await fetch(root, "js/app.0123456789ab.js", "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(SCRIPT)), b"")


@pytest.mark.parametrize(
    "name",
    ["", "js", "js/", "nothing.js", "../secret.txt", "js/../../secret.txt", "/etc/passwd",
     "way-out", "plain.css\0", "plain.css/", "x" * 5000, "..\\secret.txt"],
)  # fmt: skip
async def test_only_files_below_the_folder_exist(root: Path, name: str):
    assert (await fetch(root, name))[0] == 404


# ---------------------------------------------------------------- file answers


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.webp"
    path.write_bytes(bytes(range(256)) * 1000)
    return path


def test_a_file_answer_is_whole_under_djangos_own_client(picture: Path):
    answer = FileAnswer(RequestFactory().get("/"), picture, filename='né"w\r\n.webp')
    assert b"".join(answer) == picture.read_bytes()
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Length"] == "256000"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"] == 'inline; filename="n__w__.webp"'


def test_a_file_answer_keeps_to_ranges_and_conditions(picture: Path):
    ask = RequestFactory().get
    part = FileAnswer(ask("/", headers={"Range": "bytes=250-259"}), picture)
    assert (part.status_code, b"".join(part)) == (206, picture.read_bytes()[250:260])
    known = FileAnswer(ask("/", headers={"If-None-Match": '"k"'}), picture, etag="k")
    assert (known.status_code, b"".join(known)) == (304, b"")
    head = FileAnswer(RequestFactory().head("/"), picture)
    assert (head["Content-Length"], b"".join(head)) == ("256000", b"")


@pytest.mark.django_db  # closing an answer ends its request, which looks after the connection
def test_a_file_from_a_storage_needs_no_path():
    source = BytesIO(b"0123456789")
    answer = FileAnswer(
        RequestFactory().get("/", headers={"Range": "bytes=-3"}),
        source,
        content_type="image/png",
        headers={"Cache-Control": "private, no-store"},
    )
    assert b"".join(answer) == b"789"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()
    assert source.closed


def test_pictures_are_not_compressed_again(picture: Path):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    middleware = GZipMiddleware(lambda _: HttpResponse())
    answer: Any = middleware.process_response(request, FileAnswer(request, picture))
    assert answer["Content-Length"] == "256000"


def test_a_missing_file_is_the_callers_to_answer(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        FileAnswer(RequestFactory().get("/"), tmp_path / "nothing")
