"""Who may open the socket (TRUST checks 53, 54, 57)."""

from __future__ import annotations

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from pinboard.live.hub import SOCKETS_PER_PERSON
from pinboard.live.origin import parse_origin
from tests.live.conftest import Site, StartSite, ask, frame


async def is_refused(site: Site, cookie: str, **options: object) -> bool:
    try:
        async with site.socket(cookie, **options) as tab:
            await tab.ping()
    except InvalidStatus as refusal:
        return refusal.response.status_code in (400, 403)
    return False


async def test_a_page_of_ours_may_open_the_socket(site: Site):
    cookie = site.sign_in("alice")
    async with site.tab(cookie) as tab:
        await ask(site, "/notify/?person=1")
        assert await frame(tab) == {"type": "notification.added"}


async def test_pages_of_others_may_not(site: Site):
    cookie = site.sign_in("alice")
    evil = [
        "https://evil.example",
        "null",
        None,
        f"http://sub.127.0.0.1:{site.port}",
        f"http://127.0.0.1:{site.port + 1}",
        "http://127.0.0.1",
        f"https://127.0.0.1:{site.port}",
        f"http://127.0.0.1:{site.port}.evil.example",
        f"http://evil.example@127.0.0.1:{site.port}",
        "",
    ]
    for origin in evil:
        assert await is_refused(site, cookie, origin=origin), origin


async def test_a_host_that_is_not_ours_cannot_vouch_for_itself(site: Site):
    cookie = site.sign_in("alice")
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(
        b"GET /live/ HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n"
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: " + cookie.encode() + b"\r\n\r\n"
    )
    status = await reader.readline()
    writer.close()
    assert b"403" in status


async def test_behind_a_public_address_only_that_address_counts(launch: StartSite):
    site = launch(SITE_ORIGINS="https://pins.example.org")
    cookie = site.sign_in("alice")
    assert await is_refused(site, cookie, origin=site.origin)
    assert await is_refused(site, cookie, origin="http://pins.example.org")
    assert not await is_refused(site, cookie, origin="https://pins.example.org")
    assert not await is_refused(site, cookie, origin="https://pins.example.org:443")
    site.stop()


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=" + "x" * 32, "sessionid=%00"])
async def test_without_a_valid_session_there_is_no_socket(site: Site, cookie: str):
    assert await is_refused(site, cookie)


async def test_a_session_that_was_signed_out_opens_nothing(site: Site):
    cookie = site.sign_in("alice")
    await ask(site, "/leave/", Cookie=cookie)
    assert await is_refused(site, cookie)


async def test_no_other_address_takes_sockets(site: Site):
    cookie = site.sign_in("alice")
    for path in ("/", "/live", "/live/7/", "/hello/"):
        assert await is_refused(site, cookie, path=path), path


async def test_a_person_has_at_most_twenty_sockets_and_gets_a_place_back(site: Site):
    cookie = site.sign_in("charlie")
    tabs = [await site.socket(cookie) for _ in range(SOCKETS_PER_PERSON)]
    assert await is_refused(site, cookie)
    assert not await is_refused(site, site.sign_in("bob")), "others are not affected"
    await tabs[0].close()
    again = await site.socket(cookie)
    for tab in (*tabs, again):
        await tab.close()


async def test_a_peer_that_fell_silent_gives_its_place_back(launch: StartSite):
    site = launch(pings=(1, 1))
    cookie = site.sign_in("charlie")
    tabs = [await site.socket(cookie) for _ in range(SOCKETS_PER_PERSON - 1)]
    dead = await site.socket(cookie)
    dead.transport.pause_reading()  # answers no ping any more
    assert await is_refused(site, cookie)
    for _ in range(100):
        if not await is_refused(site, cookie):
            break
        await asyncio.sleep(0.1)
    else:
        pytest.fail("the place of a dead peer was never freed")
    for tab in tabs:
        await tab.close()
    dead.transport.abort()
    site.stop()


@pytest.mark.parametrize(
    "text",
    ["null", "", "http://", "ftp://a", "http://a/b", "http://a?b", "http://u@a", "http://a:b", "a"],
)
def test_not_everything_is_an_origin(text: str):
    assert parse_origin(text) is None


def test_origins_are_compared_with_their_default_ports():
    assert parse_origin("https://A.example") == parse_origin("https://a.example:443")
    assert parse_origin("http://a.example") != parse_origin("https://a.example")
