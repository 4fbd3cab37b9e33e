"""The in-process layer by itself."""

from __future__ import annotations

import asyncio
import threading

from pinboard.live.hearing import Bucket
from pinboard.live.layer import OVERFLOW, LocalLayer
from pinboard.live.socket import MAX_FRAMES, TOO_SLOW, Socket


async def test_a_message_from_another_thread_arrives_once_however_many_groups_match():
    layer = LocalLayer()
    channel = await layer.new_channel()
    for group in ("a", "b"):
        await layer.group_add(group, channel)
    thread = threading.Thread(target=layer.publish, args=(["a", "b", "c"], {"type": "x", "n": 1}))
    thread.start()
    assert await asyncio.wait_for(layer.receive(channel), 10) == {"type": "x", "n": 1}
    await layer.group_discard("a", channel)
    await layer.group_send("a", {"type": "x", "n": 2})
    await layer.group_send("b", {"type": "x", "n": 3})
    assert (await asyncio.wait_for(layer.receive(channel), 10))["n"] == 3
    thread.join()


async def test_a_full_channel_says_that_it_lost_messages_and_goes_on():
    layer = LocalLayer(capacity=3)
    channel = await layer.new_channel()
    for number in range(4):
        await layer.send(channel, {"type": "x", "n": number})
    assert await layer.receive(channel) == {"type": OVERFLOW}
    await layer.send(channel, {"type": "x", "n": 9})
    assert (await layer.receive(channel))["n"] == 9


def test_publishing_to_a_loop_that_has_ended_is_harmless():
    layer = LocalLayer()

    async def listen() -> None:
        await layer.group_add("a", await layer.new_channel())

    asyncio.run(listen())
    layer.publish(["a"], {"type": "x"})


async def test_a_socket_that_nobody_reads_holds_256_frames_and_then_closes():
    sent: list[dict[str, object]] = []
    stuck = asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        sent.append(message)
        if message["type"] == "websocket.send":
            await stuck.wait()

    socket = Socket(send, person=1, session_key="k")
    await socket.open()
    socket.offer("first")
    while len(sent) < 2:  # noqa: ASYNC110  # no event to wait for
        await asyncio.sleep(0)
    for _ in range(MAX_FRAMES):
        socket.offer("x")
    assert len(sent) == 2, "the rest waits"
    socket.offer("one too many")
    assert socket.is_closed
    await asyncio.sleep(0)
    assert sent[-1] == {"type": "websocket.close", "code": TOO_SLOW}


async def test_a_socket_holds_a_megabyte_at_most():
    async def send(_: object) -> None:
        await asyncio.Event().wait()

    socket = Socket(send, person=1, session_key="k")
    socket.offer("x" * 1_000_000)
    assert not socket.is_closed
    socket.offer("x" * 100_000)
    assert socket.is_closed


def test_a_bucket_lets_a_burst_through_and_no_more():
    bucket = Bucket(burst=3, per_second=0)
    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]
