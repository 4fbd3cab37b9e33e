"""Events reach the tabs of the people they are for, from wherever they are published."""

from __future__ import annotations

import json

import pytest

from pinboard.live.layer import LocalLayer, layer_settings
from tests import services
from tests.live.conftest import Site, StartSite, ask, close_code, frame

TYPING = json.dumps({"type": "typing", "conversation": 7})


async def test_a_request_thread_reaches_every_tab_of_the_audience_and_nobody_else(site: Site):
    alice, bob = site.sign_in("alice"), site.sign_in("bob")
    async with (
        site.tab(alice) as one,
        site.tab(alice) as two,
        site.tab(bob) as three,
        site.tab(site.sign_in("charlie")) as stranger,
    ):
        thread = await ask(site, "/say/?people=1,2&times=3&text=hi")
        assert thread.startswith("page-")
        for tab in (one, two, three):
            heard = [await frame(tab) for _ in range(3)]
            assert [(f["number"], f["after"]) for f in heard] == [(1, 0), (2, 1), (3, 2)]
            assert heard[0] == {
                "type": "message.posted",
                "conversation": 7,
                "number": 1,
                "after": 0,
                "html": "hi",
            }
        await ask(site, "/notify/?person=3")
        assert (await frame(stranger))["type"] == "notification.added", "and nothing before it"


async def test_text_of_every_kind_arrives_as_it_was(site: Site):
    async with site.tab(site.sign_in("alice")) as tab:
        await ask(site, "/say/?people=1&text=%F0%9F%8D%9D%20%22%3C%E2%80%A8%3E")
        assert (await frame(tab))["html"] == '🍝 "<\u2028>'


async def test_an_event_may_be_longer_than_what_a_tab_may_say(site: Site):
    async with site.tab(site.sign_in("alice")) as tab:
        await ask(site, "/say/?people=1&size=300000")
        assert len((await frame(tab))["html"]) == 300_000


async def test_typing_reaches_the_other_members_only(site: Site):
    async with (
        site.tab(site.sign_in("alice")) as alice,
        site.tab(site.sign_in("bob")) as bob,
        site.tab(site.sign_in("charlie")) as stranger,
    ):
        await alice.send(TYPING)
        shown = {"type": "typing.shown", "conversation": 7, "person": 1, "name": "Alice"}
        assert await frame(bob) == shown
        await stranger.send(TYPING)  # not a member: nobody hears, and they are not told so
        for person, tab in ((1, alice), (2, bob), (3, stranger)):
            await ask(site, f"/notify/?person={person}")
            assert (await frame(tab))["type"] == "notification.added"


async def test_hasty_typing_is_passed_on_once(site: Site):
    async with site.tab(site.sign_in("alice")) as alice, site.tab(site.sign_in("bob")) as bob:
        for _ in range(10):
            await alice.send(TYPING)
        assert (await frame(bob))["type"] == "typing.shown"
        await ask(site, "/notify/?person=2")
        assert (await frame(bob))["type"] == "notification.added"


async def test_through_redis_other_processes_reach_the_tab(
    launch: StartSite, redis: services.Service, tmp_path_factory: pytest.TempPathFactory
):
    first = launch(REDIS_URL=redis.url)
    second = launch(REDIS_URL=redis.url, folder=first.log.parent / "data")
    cookie = first.sign_in("alice")
    async with first.tab(cookie) as one, second.tab(cookie) as two:
        await ask(second, "/say/?people=1&text=from-the-other-process")
        for tab in (one, two):
            assert (await frame(tab))["html"] == "from-the-other-process"
        first.elsewhere(
            "from pinboard.live.events import DraftSettled\n"
            "from pinboard.live.publish import publish\n"
            "publish(DraftSettled(draft=5), people=[1])"
        )
        for tab in (one, two):
            assert await frame(tab) == {"type": "draft.settled", "draft": 5}
        await ask(first, "/leave/", Cookie=cookie)
        assert await close_code(one) == 4001
        assert await close_code(two) == 4001
    assert first.stop().count("Traceback") == 0
    assert second.stop().count("Traceback") == 0


def test_the_redis_layer_hides_bodies_and_keeps_installations_apart():
    settings = layer_settings("redis://127.0.0.1:1/0", "secret")["default"]["CONFIG"]
    other = layer_settings("redis://127.0.0.1:1/0", "another")["default"]["CONFIG"]
    assert settings["hosts"][0]["socket_timeout"] is None
    assert settings["symmetric_encryption_keys"] != other["symmetric_encryption_keys"]
    assert settings["prefix"] != other["prefix"]
    assert "secret" not in str(settings)


def test_without_redis_the_layer_is_our_own():
    backend = layer_settings("", "secret")["default"]["BACKEND"]
    assert backend == f"{LocalLayer.__module__}.{LocalLayer.__name__}"
