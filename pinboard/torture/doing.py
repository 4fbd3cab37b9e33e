"""What the people of a run do: they write, change their minds, judge, react, come and go.

Words go out as by static/js/lib/outbox.js: one conversation's in order, each tried again with the
client_id it was born with until it is acknowledged or refused.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Mapping
from random import Random
from time import monotonic
from typing import Any, Final

from pinboard.torture.door import NO_ANSWER, read_json
from pinboard.torture.history import Deed, Mark
from pinboard.torture.tab import Tab
from pinboard.torture.world import Talk, World

LONGEST_PAUSE_SECONDS: Final = 4.0
SIGNED_OUT: Final = {302, 401, 403}
PASSING: Final = {NO_ANSWER, 429, 500, 502, 503, 504}
VERDICTS: Final = ("yes", "maybe", "no", "question", "")
EMOJI: Final = ("\U0001f44d", "\U0001f602", "\U0001f389")
# How often what is done, out of their sum.
WEIGHTS: Final = {"say": 60, "read": 10, "judge": 8, "react": 8, "edit": 8, "unsend": 3, "leave": 1}


class Doer:
    """What is done in one tab. stop(): nothing new is begun; what is under way is ended."""

    def __init__(self, tab: Tab, world: World, dice: Random, *, per_second: float) -> None:
        self.tab = tab
        self._world = world
        self._dice = dice
        self._per_second = per_second
        self._stopped = False
        self._outboxes: dict[int, asyncio.Queue[Deed]] = defaultdict(asyncio.Queue)
        self._said: list[Deed] = []
        self._unsettled = 0
        self._pins: dict[str, int] = {}
        self._quotes: dict[str, int] = {}
        self._ids: dict[str, str] = {}

    def stop(self) -> None:
        self._stopped = True

    @property
    def is_idle(self) -> bool:
        """Whether everything it said was settled."""
        return not self._unsettled

    async def run(self) -> None:
        """Do one thing after the other, in its own time, until stopped."""
        acts = list(WEIGHTS)
        while not self._stopped:
            await asyncio.sleep(self._dice.expovariate(self._per_second))
            talk = self._dice.choice([talk for talk in self._world.talks if self._is_in(talk)])
            act = self._dice.choices(acts, [WEIGHTS[name] for name in acts])[0]
            await getattr(self, f"_{act}")(talk)

    def _is_in(self, talk: Talk) -> bool:
        view = self.tab.views.get(talk.id)
        return view is not None and view.is_open

    # ---------------------------------------------------------------- saying

    async def _say(self, talk: Talk) -> None:
        deed = self._deed("post", talk, word=f"t{self._dice.getrandbits(64):016x}")
        self._ids[deed.word] = str(uuid.UUID(int=self._dice.getrandbits(128), version=4))
        if not talk.is_plain and self._dice.random() < 0.2:
            self._pins[deed.word] = self._dice.choice(self._world.pins)
        items = self.tab.views[talk.id].items
        if items and self._dice.random() < 0.15:
            self._quotes[deed.word] = self._dice.choice(list(items.values())).id
        self.tab.history.add(deed)
        if talk.id not in self._outboxes:
            self.tab.begin(self._send(self._outboxes[talk.id]))
        self._outboxes[talk.id].put_nowait(deed)
        self._unsettled += 1

    async def _send(self, outbox: asyncio.Queue[Deed]) -> None:
        while True:
            deed = await outbox.get()
            deed.began = monotonic()
            fields: dict[str, Any] = {"client_id": self._ids[deed.word], "text": f"So {deed.word}"}
            if pin := self._pins.get(deed.word):
                fields["pin"] = pin
            if quote := self._quotes.get(deed.word):
                fields["quote"] = quote
            await self._settle(deed, f"/messages/{deed.conversation}/post/", fields)
            if deed.is_ok:
                self._said.append(deed)
            self._unsettled -= 1

    async def _settle(
        self, deed: Deed, path: str, fields: Mapping[str, Any], *, is_exposed: bool = True
    ) -> None:
        """Ask until it was done or refused."""
        failures = 0
        while True:
            began = monotonic()
            answers = await self.tab.door.post(
                path, self.tab.session, fields, is_exposed=is_exposed
            )
            ended = monotonic()
            for status, body in answers:
                deed.tries.append((began, ended, status))
                self.tab.notice(path, status)
                if status in (200, 201):
                    await self._take_answer(deed, read_json(body))
            statuses = {status for status, _ in answers}
            if statuses & {200, 201}:
                deed.ended, deed.outcome = ended, "ok"
                return
            if not statuses <= PASSING | SIGNED_OUT:
                # Refused now; but a try that was never answered may have done it before.
                answered = all(status not in PASSING for _, _, status in deed.tries)
                deed.ended, deed.outcome = ended, "fail" if answered else "unknown"
                return
            pause = min(2**failures, LONGEST_PAUSE_SECONDS) * (0.5 + self._dice.random())
            failures += 1
            await asyncio.sleep(pause)

    async def _take_answer(self, deed: Deed, answer: Any) -> None:
        if deed.kind == "post" and answer:
            deed.answers.append((answer["id"], answer["number"]))
            view = self.tab.views.get(deed.conversation)
            if view is not None and view.is_open:
                frame = {**answer, "after": answer["number"] - 1}
                await view.posted(frame, source="answer")

    # ---------------------------------------------------------------- changing one's mind

    def _own(self, talk: Talk) -> Deed | None:
        """One of the messages said here that was not taken back."""
        here = [deed for deed in self._said[-30:] if deed.conversation == talk.id]
        return self._dice.choice(here) if here and not talk.is_plain else None

    async def _edit(self, talk: Talk) -> None:
        if (post := self._own(talk)) is None:
            return
        word = f"t{self._dice.getrandbits(64):016x}"
        deed = self._deed("edit", talk, word=word, about=post.word, value=word)
        self.tab.history.add(deed)
        fields = {"message": post.answers[0][0], "text": f"Rather {word}"}
        await self._settle(deed, f"/messages/{talk.id}/amend/", fields)

    async def _unsend(self, talk: Talk) -> None:
        if (post := self._own(talk)) is None:
            return
        self._said.remove(post)
        deed = self._deed("unsend", talk, about=post.word)
        self.tab.history.add(deed)
        fields = {"message": post.answers[0][0]}
        await self._settle(deed, f"/messages/{talk.id}/take-back/", fields)

    async def _react(self, talk: Talk) -> None:
        items = [item for item in self.tab.views[talk.id].items.values() if item.words]
        if talk.is_plain or not items:
            return
        item, emoji = self._dice.choice(items[-20:]), self._dice.choice(EMOJI)
        on = self._dice.random() < 0.7
        deed = self._deed(
            "react",
            talk,
            about=item.words[0],
            key=f"{item.place} {emoji}",
            value="on" if on else "",
        )
        self.tab.history.add(deed)
        fields = {"message": item.id, "emoji": emoji, "on": int(on)}
        await self._settle(deed, f"/messages/{talk.id}/react/", fields)

    async def _judge(self, talk: Talk) -> None:
        said = [
            deed for deed in self._said if deed.conversation == talk.id and deed.word in self._pins
        ]
        if talk.is_plain or not said:
            return
        post, value = self._dice.choice(said), self._dice.choice(VERDICTS)
        pin = self._pins[post.word]
        deed = self._deed("verdict", talk, about=post.word, key=str(pin), value=value)
        self.tab.history.add(deed)
        fields = {"pin": pin, "value": value}
        await self._settle(deed, f"/messages/{talk.id}/verdict/", fields)

    async def _read(self, talk: Talk) -> None:
        began, known = monotonic(), self.tab.views[talk.id].known
        path = f"/messages/{talk.id}/read/"
        for status, body in await self.tab.door.post(path, self.tab.session, {"number": known}):
            self.tab.notice(path, status)
            if status == 200:
                self.tab.history.add(
                    Mark(
                        began=began,
                        ended=monotonic(),
                        person=self.tab.person,
                        conversation=talk.id,
                        read=read_json(body)["number"],
                    )
                )

    # ---------------------------------------------------------------- coming and going

    async def _leave(self, _: Talk) -> None:
        """Sign out; the line must end by itself."""
        if self.tab.is_signed_out:
            return
        deed = self._deed("logout", None, session=self.tab.session_tag)
        self.tab.history.add(deed)
        session = self.tab.session
        while deed.outcome == "unknown":
            began = monotonic()
            path = "/accounts/logout/"
            answers = await self.tab.door.post(path, session, {}, is_exposed=False)
            status = answers[0][0]
            deed.tries.append((began, monotonic(), status))
            self.tab.notice(path, status)
            if status in SIGNED_OUT | {200}:
                deed.ended, deed.outcome = monotonic(), "ok"
            else:
                await asyncio.sleep(self._dice.uniform(0.5, 2))
        self.tab.signed_out()

    async def keep(self, talk: Talk, names: Mapping[int, str]) -> None:
        """As the keeper of a group: put people out and bring them in again, until stopped."""
        present = {comer: comer in talk.members for comer in talk.comers}
        while not self._stopped:
            await asyncio.sleep(self._dice.uniform(1.5, 5))
            whom = self._dice.choice(talk.comers)
            kind = "remove" if present[whom] else "add"
            deed = self._deed(kind, talk, whom=whom)
            self.tab.history.add(deed)
            path = f"/messages/{talk.id}/members/"
            path += "add/" if kind == "add" else f"{whom}/remove/"
            await self._settle(deed, path, {"username": names[whom]}, is_exposed=False)
            if deed.outcome == "unknown":
                deed.outcome = "ok"  # an earlier try did it, and its answer was lost
            present[whom] = present[whom] != deed.is_ok

    def _deed(self, kind: str, talk: Talk | None, **more: Any) -> Deed:
        return Deed(
            kind=kind,
            tab=self.tab.number,
            person=self.tab.person,
            conversation=talk.id if talk else 0,
            began=monotonic(),
            **more,
        )
