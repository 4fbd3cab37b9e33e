"""What a hostile tab can do: lose its socket, nothing else (TRUST checks 13, 56, 58)."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.live.conftest import Site, StartSite, ask, close_code, frame

DEEP = "[" * 30_000
NOT_OUR_WORDS = [
    "hello",
    "",
    "[]",
    "7",
    "null",
    '"typing"',
    '{"type": "subscribe", "conversation": 7}',
    '{"type": "typing"}',
    '{"type": "typing", "conversation": "7"}',
    '{"type": "typing", "conversation": true}',
    '{"type": "typing", "conversation": -1}',
    '{"type": "typing", "conversation": 1e400}',
    '{"type": "typing", "conversation": 99999999999999999999999}',
    '{"type": ["typing"], "conversation": 7}',
    DEEP,
    '{"a":' * 10_000,
]


@pytest.mark.parametrize("text", NOT_OUR_WORDS, ids=lambda text: text[:40] or "empty")
async def test_whatever_is_not_our_word_ends_the_socket(site: Site, text: str):
    async with site.tab(site.sign_in("alice")) as tab:
        await tab.send(text)
        assert await close_code(tab) == 4003


async def test_binary_ends_the_socket(site: Site):
    async with site.tab(site.sign_in("alice")) as tab:
        await tab.send(b"\x00\xff")
        assert await close_code(tab) == 4003


async def test_a_frame_above_64_kb_ends_the_socket(site: Site):
    async with site.tab(site.sign_in("alice")) as tab:
        await tab.send("x" * 1_000_000)
        assert await close_code(tab) == 1009


async def test_many_small_pieces_of_a_large_message_end_the_socket(site: Site):
    async with site.tab(site.sign_in("alice")) as tab:

        async def pieces():
            for _ in range(100):
                yield "x" * 10_000

        with suppress(ConnectionClosed):  # cut off in the middle: that is the point
            await tab.send(pieces())
        assert await close_code(tab) == 1009


async def test_a_flood_ends_only_the_flooding_socket(site: Site):
    before = json.loads(await ask(site, "/weight/"))["peak_kb"]
    typing = json.dumps({"type": "typing", "conversation": 999})
    async with site.tab(site.sign_in("bob")) as flooder, site.tab(site.sign_in("alice")) as calm:

        async def flood():
            for _ in range(10_000):
                await flooder.send(typing)

        flooding = asyncio.create_task(flood())
        assert await close_code(flooder) == 4003
        flooding.cancel()
        await ask(site, "/notify/?person=1")
        assert (await frame(calm))["type"] == "notification.added"
    after = json.loads(await ask(site, "/weight/"))["peak_kb"]
    assert after - before < 20_000


async def test_a_reader_who_stalls_is_bounded_and_closed_while_others_hear(launch: StartSite):
    site = launch()
    stalled_cookie, calm_cookie = site.sign_in("bob"), site.sign_in("alice")
    async with site.tab(calm_cookie) as calm:
        stalled = await site.socket(stalled_cookie, max_queue=1)
        stalled.transport.pause_reading()
        before = json.loads(await ask(site, "/weight/"))["peak_kb"]
        for _ in range(20):  # 20 MB, far more than queue, transport and kernel hold
            await ask(site, "/say/?people=1,2&times=10&size=100000")
            for _ in range(10):
                assert (await frame(calm))["type"] == "message.posted"
        stalled.transport.resume_reading()
        code = await close_code(stalled)
        after = json.loads(await ask(site, "/weight/"))["peak_kb"]
    assert code in (4008, 1006), "1006: the line was cut before it read again"
    assert after - before < 20_000
    site.stop()


async def test_a_tab_that_cannot_keep_up_is_told_to_catch_up(launch: StartSite):
    site = launch()
    tab = await site.socket(site.sign_in("bob"), max_queue=1)
    tab.transport.pause_reading()
    # 8 MB fill the kernel's buffers on loopback; the rest waits in the socket's own queue.
    for _ in range(4):
        await ask(site, "/say/?people=2&times=200&size=10000")
    tab.transport.resume_reading()
    assert await close_code(tab) == 4008
    site.stop()
