"""A socket ends with its session, however that ended (TRUST I7, check 27)."""

from __future__ import annotations

import asyncio

import pytest

from tests import services
from tests.live.conftest import Site, StartSite, ask, close_code, frame


async def test_logout_closes_the_sockets_of_that_session_only(site: Site):
    leaving, staying = site.sign_in("alice"), site.sign_in("alice")
    async with site.tab(leaving) as gone, site.tab(leaving) as gone_too, site.tab(staying) as kept:
        await ask(site, "/leave/", Cookie=leaving)
        assert await close_code(gone, 5) == 4001
        assert await close_code(gone_too, 5) == 4001
        await ask(site, "/notify/?person=1")
        assert (await frame(kept))["type"] == "notification.added"


@pytest.mark.parametrize("change", ["password=new", "deactivate=1"])
async def test_a_new_password_or_deactivation_closes_every_socket(launch: StartSite, change: str):
    site = launch()
    async with site.tab(site.sign_in("bob")) as one, site.tab(site.sign_in("bob")) as two:
        await ask(site, f"/change/?name=bob&{change}")
        assert await close_code(one, 5) == 4001
        assert await close_code(two, 5) == 4001
    site.stop()


async def test_other_people_keep_their_sockets_when_somebody_changes_a_password(site: Site):
    async with site.tab(site.sign_in("charlie")) as tab:
        await ask(site, "/change/?name=bob&password=other")
        await ask(site, "/notify/?person=3")
        assert (await frame(tab))["type"] == "notification.added"


async def test_a_session_deleted_behind_our_back_is_found_by_the_proof(launch: StartSite):
    site = launch(SITE_PROOF_SECONDS="2")
    async with site.tab(site.sign_in("alice")) as tab:
        site.elsewhere(  # in-process layer: nothing this process does reaches the other
            "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
        )
        assert await close_code(tab, 10) == 4001
    site.stop()


async def test_with_redis_gone_pages_work_and_logout_still_closes(launch: StartSite):
    redis = services.start_redis()
    site = launch(REDIS_URL=redis.url, SITE_PROOF_SECONDS="2")
    cookie = site.sign_in("alice")
    async with site.tab(cookie) as tab:
        redis.stop()
        for _ in range(5):
            await asyncio.wait_for(ask(site, "/say/?people=1"), 5)  # Redis is not in its way
        await ask(site, "/leave/", Cookie=cookie)
        assert await close_code(tab, 10) == 4001
    other = site.sign_in("bob")
    async with site.tab(other) as late:  # opens without Redis too
        assert late.state.name == "OPEN"
    site.stop()


async def test_when_redis_comes_back_tabs_are_told_to_ask_and_events_flow_again(
    launch: StartSite,
):
    redis = services.start_redis()
    port = int(redis.url.split(":")[2].split("/")[0])
    site = launch(REDIS_URL=redis.url)
    async with site.tab(site.sign_in("alice")) as tab:
        await ask(site, "/notify/?person=1")
        assert (await frame(tab))["type"] == "notification.added"
        redis.stop()
        await ask(site, "/say/?people=1&text=lost")
        with restarted_redis(port):
            assert (await frame(tab, 30))["type"] == "gap"
            await ask(site, "/say/?people=1&text=heard")
            assert (await frame(tab))["html"] == "heard"
    site.stop()


def restarted_redis(port: int) -> services.Service:
    """A Redis at the address where one was before."""
    patch = pytest.MonkeyPatch()
    patch.setattr("pinboard.services.free_port", lambda: port)
    try:
        return services.start_redis()
    finally:
        patch.undo()
