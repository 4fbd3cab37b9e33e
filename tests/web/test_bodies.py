"""What may be brought before anybody looked who it is, and the answer to what may not."""

from __future__ import annotations

import http.client
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from pinboard.web.bodies import PLAIN_MAX_BYTES, limit_for
from pinboard.web.files import StaticFiles
from pinboard.web.policy import bare_headers

FORM = "multipart/form-data; boundary=b"
SESSION = f"a=1; {settings.SESSION_COOKIE_NAME}=abc"
LARGEST = 50_000_000


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({}, PLAIN_MAX_BYTES),
        ({"content-type": FORM}, PLAIN_MAX_BYTES),
        ({"cookie": SESSION}, PLAIN_MAX_BYTES),
        ({"content-type": "application/json", "cookie": SESSION}, PLAIN_MAX_BYTES),
        ({"content-type": FORM, "cookie": "other=1"}, PLAIN_MAX_BYTES),
        ({"content-type": FORM, "cookie": SESSION}, LARGEST),
        ({"Content-Type": FORM.upper(), "Cookie": SESSION}, LARGEST),
    ],
)
def test_only_files_from_somebody_with_a_session_may_be_large(headers: dict[str, str], limit: int):
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert limit_for(raw, largest=LARGEST) == limit
    assert limit_for(raw, largest=500) == 500


@override_settings(SECURE_HSTS_SECONDS=3600)
def test_behind_https_bare_answers_insist_on_it():
    assert bare_headers()["Strict-Transport-Security"] == "max-age=3600"


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("POST", 405)])
async def test_what_static_files_refuse_is_refused_under_a_policy(
    tmp_path: Any, method: str, status: int
):
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {"method": method, "path": "/static/none.js", "headers": []}
    await StaticFiles(tmp_path, "/static/")(scope, None, send)
    assert said[0]["status"] == status
    assert guarded(dict(said[0]["headers"]))


def guarded(headers: dict[bytes, bytes]) -> bool:
    named = {name.lower(): value for name, value in headers.items()}
    policy = named[b"content-security-policy"]
    nosniff = named[b"x-content-type-options"] == b"nosniff"
    return policy.startswith(b"default-src 'none'") and nosniff and b"referrer-policy" in named


@pytest.mark.slow
@pytest.mark.parametrize("announced", [True, False])
def test_the_server_keeps_no_large_body_from_nobody(pinboard_server: str, announced: bool):
    words = b"x" * (PLAIN_MAX_BYTES + 1)
    status, headers = post(pinboard_server, words if announced else iter([words]))
    assert status == 413
    assert guarded(headers)


@pytest.mark.slow
def test_the_server_takes_files_from_somebody(pinboard_server: str):
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    body = head + b"x" * 3_000_000 + b"\r\n--b--\r\n"
    status, _ = post(pinboard_server, body, Content_Type=FORM, Cookie=SESSION)
    assert status == 403, "read to its end, and then it had no token"


def post(address: str, body: Any, **headers: str) -> tuple[int, dict[bytes, bytes]]:
    """body: bytes, whose length is announced, or an iterator of bytes, sent in chunks."""
    line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        line.request("POST", "/accounts/login/", body, named)
        answer = line.getresponse()
        answer.read()
        said = {name.encode(): value.encode() for name, value in answer.getheaders()}
        return answer.status, said
    finally:
        line.close()
