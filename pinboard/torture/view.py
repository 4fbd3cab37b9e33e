"""One visit to a conversation in one tab: what static/js/elements/conversation-window.js does.

It applies an event if its number is the next one, and asks for what it missed otherwise. Where
the window draws, this remembers, and writes down what it was told.
"""

from __future__ import annotations

import re
from itertools import count
from time import monotonic
from typing import Any, Final, Protocol

from pinboard.torture.history import Heard, History, Item, Mark, Reached, words_of

HEAD: Final = re.compile(r'data-message="(\d+)" data-number="(\d+)" data-place="(\d+)"')
TEXT: Final = re.compile(r'<p class="message-text[^"]*">(.*?)</p>', re.DOTALL)
MARKS: Final = re.compile(
    r'data-shared="(?P<pin>\d+)"'
    r'|value="(?P<value>[^"]+)" (?:data-verdict="\w+"|data-act="react")'
    r' data-people="(?P<by>[\d ]*)"'
)
visits = count(1)


def read_item(html: str) -> Item:
    """A message from its HTML. Raises ValueError where that is something else."""
    head = HEAD.search(html)
    if head is None:
        raise ValueError(f"no message: {html[:80]!r}")
    pk, number, place = (int(part) for part in head.groups())
    text = TEXT.search(html)
    own = words_of(text.group(1)) if text else ()
    words = tuple(dict.fromkeys([*own, *words_of(html)]))
    return Item(
        id=pk, place=place, number=number, words=words, marks=frozenset(_marks(html, place))
    )


def _marks(html: str, place: int) -> list[str]:
    """ "person:pin=verdict" and "person:place emoji=on"."""
    found: list[str] = []
    pin = ""
    for part in MARKS.finditer(html):
        if part["pin"]:
            pin = part["pin"]
            continue
        for person in part["by"].split():
            if part["value"].isascii():
                found.append(f"{person}:{pin}={part['value']}")
            else:
                found.append(f"{person}:{place} {part['value']}=on")
    return found


class Asks(Protocol):
    """What a visit needs of its tab."""

    number: int
    person: int
    history: History

    @property
    def session_tag(self) -> str: ...

    async def get_json(self, path: str) -> tuple[int, Any]: ...


class View:
    """is_open: False once the conversation was not found any more."""

    def __init__(self, tab: Asks, conversation: int) -> None:
        self.conversation = conversation
        self.visit = next(visits)
        self.known = 0
        self.items: dict[int, Item] = {}
        self.is_open = True
        self.needs_retry = False
        self._tab = tab
        self._asking = False
        self._ask_again = False

    # ---------------------------------------------------------------- events

    async def posted(self, frame: dict[str, Any], *, source: str = "socket") -> None:
        item = self._hear(frame["html"], source)
        if frame["number"] <= self.known:
            return
        if frame["after"] != self.known:
            await self.catch_up()
            return
        self._put(item)
        self._reach(frame["number"])

    async def changed(self, frame: dict[str, Any], *, source: str = "socket") -> None:
        item = self._hear(frame["html"], source)
        if frame["number"] <= self.known:
            return
        if frame["number"] > self.known + 1:
            await self.catch_up()
            return
        self._put(item)
        self._reach(frame["number"])

    async def catch_up(self) -> None:
        """Ask for everything after what is known, until there is no more."""
        if not self.is_open:
            return
        if self._asking:
            self._ask_again = True
            return
        self._asking = True
        try:
            self._ask_again = True
            while self._ask_again:
                self._ask_again = False
                await self._ask()
        finally:
            self._asking = False

    async def _ask(self) -> None:
        asked = monotonic()
        path = f"/messages/{self.conversation}/changes/?after={self.known}"
        status, page = await self._tab.get_json(path)
        if status == 404:
            self.is_open = False
        self.needs_retry = status not in (200, 404)
        if status != 200:
            return
        self.take_page(page, asked=asked)
        if page["more"]:
            self._ask_again = True

    def take_page(self, page: dict[str, Any], *, asked: float) -> None:
        self.items = {place: item for place, item in self.items.items() if place > page["since"]}
        for message in page["messages"]:
            item = self._hear(message["html"], "changes", asked=asked)
            self._put(item)
        self._reach(page["number"])
        self._tab.history.add(
            Mark(
                began=asked,
                ended=monotonic(),
                person=self._tab.person,
                conversation=self.conversation,
                read=page["read"],
            )
        )

    # ---------------------------------------------------------------- what is shown

    def _put(self, item: Item) -> None:
        shown = self.items.get(item.place)
        if shown is None or shown.number <= item.number:
            self.items[item.place] = item

    def _reach(self, number: int) -> None:
        if number > self.known:
            self.known = number
            self._tab.history.add(
                Reached(
                    at=monotonic(),
                    tab=self._tab.number,
                    conversation=self.conversation,
                    visit=self.visit,
                    number=number,
                )
            )

    def _hear(self, html: str, source: str, *, asked: float = 0) -> Item:
        item, now = read_item(html), monotonic()
        self._tab.history.add(
            Heard(
                at=now,
                tab=self._tab.number,
                person=self._tab.person,
                session=self._tab.session_tag,
                conversation=self.conversation,
                visit=self.visit,
                source=source,
                place=item.place,
                number=item.number,
                words=item.words,
                asked=asked or now,
            )
        )
        return item
