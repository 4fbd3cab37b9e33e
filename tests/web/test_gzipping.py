"""Compressed pages: the same bytes, padded at random, only for those who asked."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from pinboard.web.gzipping import QuickGzip, pack

PAGE = b"<p>lemon pasta</p>" * 200


def answer(response, *, accepts: str = "gzip, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return QuickGzip(lambda _: response)(request)


def test_a_page_comes_back_whole_and_smaller():
    packed = answer(HttpResponse(PAGE))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(PAGE) / 5
    assert gzip.decompress(packed.content) == PAGE
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_whoever_did_not_ask_gets_it_plain_and_caches_know():
    plain = answer(HttpResponse(PAGE), accepts="br")
    assert plain.content == PAGE
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(PAGE, headers={"Content-Encoding": "identity"}),
        HttpResponse(bytes(range(256))),
    ],
)
def test_what_would_not_gain_is_left_as_it_is(response):
    before = response.content
    assert answer(response).content == before


def test_the_size_of_the_same_page_differs():
    assert len({len(pack(PAGE, most_padding=100)) for _ in range(50)}) > 10


def test_a_strong_tag_becomes_a_weak_one():
    assert answer(HttpResponse(PAGE, headers={"ETag": '"a"'})).headers["ETag"] == 'W/"a"'


def test_a_streamed_answer_is_compressed_as_django_does():
    streamed = answer(StreamingHttpResponse([PAGE, PAGE]))
    assert gzip.decompress(b"".join(streamed.streaming_content)) == PAGE * 2
