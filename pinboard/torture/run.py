"""One run: tabs talk while things break; then all is mended, read once more and checked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from time import monotonic
from typing import Final

from pinboard.torture.checker import check
from pinboard.torture.doing import Doer
from pinboard.torture.door import Door, Weather
from pinboard.torture.faults import Faults
from pinboard.torture.history import Found, History, Item, Shown, Truth
from pinboard.torture.servers import Servers, TortureFailed
from pinboard.torture.tab import Tab
from pinboard.torture.view import read_item
from pinboard.torture.violations import Violation
from pinboard.torture.world import World

# After everything was mended: until whatever is unsent is settled, and every tab knows all.
SETTLE_SECONDS: Final = 45.0
CONVERGE_SECONDS: Final = 30.0
PEOPLE_PER_TAB: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    seconds: float
    seed: int
    tabs: int
    kinds: Sequence[str]
    per_second: float = 2.0


@dataclass(slots=True, kw_only=True)
class Outcome:
    """converged_seconds: how long after the mending every tab knew all; None when some did not."""

    history: History
    truth: Truth
    violations: list[Violation]
    began: float
    mended: float
    converged_seconds: float | None
    unsettled: int


def people_for(tabs: int) -> int:
    """Two tabs for each person, and enough people for coming and going."""
    return max(6, tabs // PEOPLE_PER_TAB)


async def torture(servers: Servers, world: World, asked: Asked) -> Outcome:
    """servers: begun and answering."""
    dice, history, weather = Random(asked.seed), History(), Weather()
    tabs = _open_tabs(servers, world, asked, weather, history)
    doers = [
        Doer(tab, world, Random(dice.random()), per_second=asked.per_second / 2) for tab in tabs
    ]
    faults = Faults(servers, tabs, weather, history, Random(dice.random()))
    lines = [asyncio.ensure_future(work) for tab in tabs for work in (tab.live(), tab.poll())]
    began = monotonic()
    try:
        await _break_things(doers, faults, world, asked)
        for web in servers.webs:
            await web.ready()
        mended = monotonic()
        await _until(lambda: all(doer.is_idle for doer in doers), SETTLE_SECONDS)
        unsettled = sum(not doer.is_idle for doer in doers)
        for tab in tabs:
            tab.read_on()
        counters = {found.conversation: found.counter for found in await _keepers(tabs, world)}
        knowing = monotonic()
        converged = await _until(lambda: _know_all(tabs, counters), CONVERGE_SECONDS)
        took = monotonic() - knowing if converged else None
        truth = await _read_all(tabs, world)
    finally:
        await _end([*lines, *(task for tab in tabs for task in tab.work)])
        for tab in tabs:
            tab.end()
    return Outcome(
        history=history,
        truth=truth,
        violations=check(history, truth),
        began=began,
        mended=mended,
        converged_seconds=took,
        unsettled=unsettled,
    )


def _open_tabs(
    servers: Servers, world: World, asked: Asked, weather: Weather, history: History
) -> list[Tab]:
    ports = [web.port for web in servers.webs]
    each = -(-asked.tabs // len(world.people))
    tabs = []
    for number in range(asked.tabs):
        somebody = world.people[number % len(world.people)]
        sessions = somebody.sessions[number // len(world.people) :: each]
        door = Door(ports, number, weather, Random(asked.seed + number))
        tab = Tab(number, somebody.id, sessions, door, history)
        tab.open(talk.id for talk in world.talks if somebody.id in (*talk.members, *talk.comers))
        tabs.append(tab)
    return tabs


async def _break_things(doers: Sequence[Doer], faults: Faults, world: World, asked: Asked) -> None:
    """For so long. Every deed that was begun goes on until it is settled."""
    names = {somebody.id: somebody.username for somebody in world.people}
    acting = [asyncio.ensure_future(doer.run()) for doer in doers]
    for talk in world.talks:
        keeper = next(doer for doer in doers if doer.tab.person == talk.keeper)
        if talk.comers:
            acting.append(asyncio.ensure_future(keeper.keep(talk, names)))
    breaking = asyncio.ensure_future(faults.run(asked.kinds)) if asked.kinds else None
    await asyncio.wait(
        [*acting, *([breaking] if breaking else [])],
        timeout=asked.seconds,
        return_when=asyncio.FIRST_EXCEPTION,
    )
    for doer in doers:
        doer.stop()
    if breaking is not None:
        faults.stop()
        await breaking  # what it broke it mends, and a failure of its own is told
    done, _ = await asyncio.wait(acting, timeout=SETTLE_SECONDS)
    for task in done:
        task.result()


def _know_all(tabs: Sequence[Tab], counters: dict[int, int]) -> bool:
    return all(
        view.known >= counters.get(view.conversation, 0)
        for tab in tabs
        for view in tab.views.values()
        if view.is_open
    )


async def _until(condition: Callable[[], bool], seconds: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  # asked by nobody else, and rarely
                await asyncio.sleep(0.05)
            return True
    return False


async def _keepers(tabs: Sequence[Tab], world: World) -> list[Found]:
    whole = []
    for talk in world.talks:
        tab = next(tab for tab in tabs if tab.person == talk.keeper and not tab.is_signed_out)
        found = await _find(tab, talk.id)
        if found is None:
            raise TortureFailed(f"the keeper of {talk.id} does not find it any more")
        whole.append(found)
    return whole


async def _read_all(tabs: Sequence[Tab], world: World) -> Truth:
    """Ask everything anew, once as each person; first what the tabs show, then what there is."""
    shown = tuple(
        Shown(
            tab=tab.number,
            person=tab.person,
            conversation=view.conversation,
            visit=view.visit,
            known=view.known,
            items=dict(view.items),
        )
        for tab in tabs
        for view in tab.views.values()
        if view.is_open and not tab.is_signed_out
    )
    one_each = {tab.person: tab for tab in tabs if not tab.is_signed_out}
    found = [
        await _find(tab, talk.id)
        for tab in one_each.values()
        for talk in world.talks
        if tab.person in (*talk.members, *talk.comers)
    ]
    return Truth(
        found=tuple(one for one in found if one is not None),
        shown=shown,
        keepers={talk.id: talk.keeper for talk in world.talks},
        first_members={talk.id: frozenset(talk.members) for talk in world.talks},
        plain=frozenset(talk.id for talk in world.talks if talk.is_plain),
    )


async def _find(tab: Tab, conversation: int) -> Found | None:
    """All of a conversation as this person finds it; None when it does not exist for them."""
    items: dict[int, Item] = {}
    after, more = 0, True
    while more:
        path = f"/messages/{conversation}/changes/?after={after}"
        status, page = await tab.get_json(path)
        if status == 404:
            return None
        if status != 200:
            raise TortureFailed(f"{path} answered {status} after everything was mended")
        for message in page["messages"]:
            item = read_item(message["html"])
            items[item.place] = item
        after, more = page["number"], page["more"]
    return Found(conversation=conversation, person=tab.person, counter=after, items=items)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
