"""Every address of the site and who may open it. An address that is not listed here fails.

Each row says what a GET and a POST without a body answer to nobody, to Charlie (a stranger),
and to Alice (the owner of everything in the example). 302 for nobody means "sign in first".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from messaging.models import Conversation
from pinboard.people.models import Person
from pinboard.pins.models import Board, Draft, Pin
from tests.makers import make_board, make_conversation, make_pin, make_source, say


@dataclass(frozen=True)
class Example:
    """Alice's things: a private pin, a secret board, a draft, a talk with Bob."""

    pin: Pin
    board: Board
    draft: Draft
    talk: Conversation
    bob: Person


@pytest.fixture
def example(alice: Person, bob: Person, charlie: Person) -> Example:
    board = make_board(alice, "Secrets", is_secret=True)
    pin = make_pin(alice, board=board, source=make_source())
    talk = make_conversation(alice, bob, is_group=True)
    say(talk, alice, pins=(pin,))
    draft = Draft.objects.create(person=alice, state=Draft.State.READY)
    return Example(pin, board, draft, talk, bob)


# name: (address, GET by nobody / stranger / owner, POST by nobody / stranger / owner)
PAGES: dict[str, tuple[str, tuple[int, int, int], tuple[int, int, int]]] = {
    "healthz": ("/healthz", (200, 200, 200), (405, 405, 405)),
    "readyz": ("/readyz", (200, 200, 200), (405, 405, 405)),
    "pins:home": ("/", (200, 200, 200), (405, 405, 405)),
    "pins:favourites": ("/favourites/", (302, 200, 200), (405, 405, 405)),
    "pins:create": ("/create/", (302, 200, 200), (302, 422, 422)),
    "pins:draft": ("/create/{draft}/", (302, 404, 200), (302, 404, 422)),
    "pins:button": ("/pin/create/button/", (302, 422, 422), (405, 405, 405)),
    "pins:bookmarklet": ("/create/bookmarklet/", (302, 200, 200), (405, 405, 405)),
    "pins:share": ("/share/", (302, 302, 302), (302, 302, 302)),
    "pins:manifest": ("/manifest.webmanifest", (200, 200, 200), (405, 405, 405)),
    "pins:changes": ("/changes/2026-11-23/", (302, 200, 200), (405, 405, 405)),
    "pins:marks": ("/pins/marks/", (302, 200, 200), (405, 405, 405)),
    "pins:pin": ("/pins/{pin}/", (404, 404, 200), (405, 405, 405)),
    "pins:card": ("/pins/{pin}/card/", (404, 404, 200), (405, 405, 405)),
    "pins:visit": ("/pins/{pin}/visit/", (404, 404, 302), (405, 405, 405)),
    "pins:again": ("/pins/{pin}/again/", (302, 404, 200), (302, 404, 302)),
    "pins:correct": ("/pins/{pin}/correct/", (302, 404, 200), (302, 404, 422)),
    "pins:relink": ("/pins/{pin}/link/", (302, 404, 200), (302, 404, 422)),
    "pins:edit": ("/pins/{pin}/edit/", (302, 404, 200), (302, 404, 302)),
    "pins:save": ("/pins/{pin}/save/", (302, 404, 200), (302, 404, 422)),
    "pins:unsave": ("/pins/{pin}/unsave/", (405, 405, 405), (302, 404, 404)),
    "pins:favourite": ("/pins/{pin}/favourite/", (405, 405, 405), (302, 404, 302)),
    "pins:unfavourite": ("/pins/{pin}/unfavourite/", (405, 405, 405), (302, 404, 302)),
    # The example's pin is no video, and no recipe.
    "pins:player": ("/pins/{pin}/player/", (404, 404, 404), (405, 405, 405)),
    "pins:shopping": ("/pins/{pin}/shopping/", (404, 404, 404), (405, 405, 405)),
    "pins:shopping_tick": ("/pins/{pin}/shopping/tick/", (405, 405, 405), (302, 404, 404)),
    "pins:board_new": ("/boards/new/", (302, 200, 200), (302, 422, 422)),
    "pins:board": ("/@alice/secrets/", (404, 404, 200), (405, 405, 405)),
    "pins:board_edit": ("/@alice/secrets/edit/", (302, 404, 200), (302, 404, 422)),
    "pins:board_delete": ("/@alice/secrets/delete/", (405, 405, 405), (302, 404, 302)),
    "pins:board_leave": ("/@alice/secrets/leave/", (405, 405, 405), (302, 404, 302)),
    "pins:board_share": ("/@alice/secrets/people/add/", (405, 405, 405), (302, 404, 400)),
    "pins:board_unshare": (
        "/@alice/secrets/people/{bob}/remove/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "pins:delete": ("/pins/{pin}/delete/", (302, 404, 200), (302, 404, 302)),
    "people:profile": ("/@alice/", (200, 200, 200), (405, 405, 405)),
    "people:settings": ("/me/", (302, 200, 200), (302, 422, 422)),
    "people:delete": ("/me/delete/", (302, 200, 200), (302, 422, 422)),
    "people:welcome": ("/welcome/", (404, 404, 404), (404, 404, 404)),
    "people:follow": ("/@bob/follow/", (405, 405, 405), (302, 302, 302)),
    "people:unfollow": ("/@bob/unfollow/", (405, 405, 405), (302, 302, 302)),
    "people:block": ("/@bob/block/", (405, 405, 405), (302, 302, 302)),
    "people:unblock": ("/@bob/unblock/", (405, 405, 405), (302, 302, 302)),
    "notifications:list": ("/notifications/", (302, 200, 200), (405, 405, 405)),
    "notifications:seen": ("/notifications/seen/", (405, 405, 405), (302, 302, 302)),
    "notifications:wishes": ("/notifications/wishes/", (302, 200, 200), (302, 302, 302)),
    "notifications:subscribe": ("/notifications/subscribe/", (405, 405, 405), (302, 400, 400)),
    "notifications:unsubscribe": ("/notifications/unsubscribe/", (405, 405, 405), (302, 302, 302)),
    # A signed word from a letter is the proof there; this one is none.
    "notifications:no_letters": ("/notifications/no-letters/x/", (404, 404, 404), (404, 404, 404)),
    "service_worker": ("/service-worker.js", (200, 200, 200), (405, 405, 405)),
    "messaging:list": ("/messages/", (302, 200, 200), (405, 405, 405)),
    "messaging:new": ("/messages/new/", (302, 200, 200), (302, 422, 422)),
    "messaging:people": ("/messages/people/", (302, 200, 200), (405, 405, 405)),
    "messaging:guest": ("/messages/guest/", (302, 404, 404), (405, 405, 405)),
    "messaging:tray": ("/messages/tray/", (302, 200, 200), (405, 405, 405)),
    "messaging:search": ("/messages/search/", (302, 200, 200), (405, 405, 405)),
    "messaging:unread": ("/messages/unread/", (302, 200, 200), (405, 405, 405)),
    "messaging:conversation": ("/messages/{talk}/", (302, 404, 200), (405, 405, 405)),
    "messaging:window": ("/messages/{talk}/window/", (302, 404, 200), (405, 405, 405)),
    "messaging:changes": ("/messages/{talk}/changes/", (302, 404, 200), (405, 405, 405)),
    "messaging:read": ("/messages/{talk}/read/", (405, 405, 405), (302, 404, 400)),
    "messaging:post": ("/messages/{talk}/post/", (405, 405, 405), (302, 404, 422)),
    # Without ?message= there is nothing to act on.
    "messaging:acts": ("/messages/{talk}/acts/", (302, 404, 404), (405, 405, 405)),
    "messaging:react": ("/messages/{talk}/react/", (405, 405, 405), (302, 404, 400)),
    "messaging:amend": ("/messages/{talk}/amend/", (405, 405, 405), (302, 404, 404)),
    "messaging:take_back": ("/messages/{talk}/take-back/", (405, 405, 405), (302, 404, 404)),
    "messaging:bring": ("/messages/{talk}/bring/", (302, 404, 200), (302, 404, 422)),
    "messaging:brought": ("/messages/brought/{draft}/", (302, 404, 200), (405, 405, 405)),
    "messaging:brought_away": (
        "/messages/brought/{draft}/away/",
        (405, 405, 405),
        (302, 404, 302),
    ),
    "messaging:board": ("/messages/boards/{board}/", (302, 404, 302), (405, 405, 405)),
    "messaging:find_board": (
        "/messages/boards/alice/secrets/",
        (302, 404, 200),
        (405, 405, 405),
    ),
    "messaging:poll": ("/messages/{talk}/poll/", (302, 404, 200), (302, 404, 422)),
    "messaging:poll_vote": (
        "/messages/{talk}/polls/1/vote/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "messaging:poll_close": (
        "/messages/{talk}/polls/1/close/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "messaging:verdict": ("/messages/{talk}/verdict/", (405, 405, 405), (302, 404, 404)),
    "messaging:decide": ("/messages/{talk}/decide/", (405, 405, 405), (302, 404, 404)),
    "messaging:reopen": ("/messages/{talk}/reopen/", (405, 405, 405), (302, 404, 404)),
    "messaging:add_member": ("/messages/{talk}/members/add/", (405, 405, 405), (302, 404, 422)),
    "messaging:remove_member": (
        "/messages/{talk}/members/{bob}/remove/",
        (302, 404, 200),
        (302, 404, 302),
    ),
    "messaging:group": ("/messages/{talk}/group/", (302, 404, 200), (405, 405, 405)),
    "messaging:rename": ("/messages/{talk}/rename/", (405, 405, 405), (302, 404, 302)),
    "messaging:picture": ("/messages/{talk}/picture/", (405, 405, 405), (302, 404, 422)),
    "messaging:make_link": ("/messages/{talk}/links/", (405, 405, 405), (302, 404, 422)),
    "messaging:close_link": ("/messages/{talk}/links/1/close/", (405, 405, 405), (302, 404, 400)),
    # A link that was never made; the pages of real ones are in tests/messaging/test_guests.py.
    "join": ("/join/nothing/", (404, 404, 404), (404, 404, 404)),
    "messaging:ideas": ("/messages/{talk}/ideas/", (302, 404, 302), (405, 405, 405)),
    "messaging:shelf": ("/messages/{talk}/shelf/", (302, 404, 200), (405, 405, 405)),
    "messaging:shelf_save": ("/messages/{talk}/shelf/save/", (405, 405, 405), (302, 404, 422)),
    "messaging:shelf_undo": ("/messages/{talk}/shelf/undo/", (405, 405, 405), (302, 404, 302)),
    "messaging:shelf_board": ("/messages/{talk}/shelf/board/", (405, 405, 405), (302, 404, 302)),
    "messaging:compare": ("/messages/{talk}/compare/", (302, 404, 200), (405, 405, 405)),
    "messaging:shopping": ("/messages/{talk}/shopping/", (302, 404, 200), (405, 405, 405)),
    "messaging:shopping_choose": (
        "/messages/{talk}/shopping/choose/",
        (302, 404, 200),
        (302, 404, 302),
    ),
    "messaging:shopping_tick": (
        "/messages/{talk}/shopping/tick/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "messaging:shopping_over": (
        "/messages/{talk}/shopping/start-over/",
        (405, 405, 405),
        (302, 404, 302),
    ),
    "messaging:leave": ("/messages/{talk}/leave/", (302, 404, 200), (302, 404, 302)),
    "messaging:archived": ("/messages/archived/", (302, 200, 200), (405, 405, 405)),
    "messaging:requests": ("/messages/requests/", (302, 200, 200), (405, 405, 405)),
    # The talk is no request to Alice: to her too there is none.
    "messaging:request": ("/messages/requests/{talk}/", (302, 404, 404), (405, 405, 405)),
    "messaging:request_accept": (
        "/messages/requests/{talk}/accept/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "messaging:request_delete": (
        "/messages/requests/{talk}/delete/",
        (405, 405, 405),
        (302, 404, 404),
    ),
    "messaging:request_report": (
        "/messages/requests/{talk}/report/",
        (302, 404, 404),
        (302, 404, 404),
    ),
    "messaging:receipts": ("/messages/{talk}/receipts/", (302, 404, 200), (405, 405, 405)),
    "messaging:report": ("/messages/{talk}/report/", (302, 404, 404), (302, 404, 404)),
    "messaging:mute": ("/messages/{talk}/mute/", (405, 405, 405), (302, 404, 302)),
    "messaging:unmute": ("/messages/{talk}/unmute/", (405, 405, 405), (302, 404, 302)),
    "messaging:archive": ("/messages/{talk}/archive/", (405, 405, 405), (302, 404, 302)),
    "messaging:unarchive": ("/messages/{talk}/unarchive/", (405, 405, 405), (302, 404, 302)),
    # Of the keepers: to everybody else there is nothing, whatever the method.
    "keepers:reports": ("/keepers/reports/", (404, 404, 404), (404, 404, 404)),
    "keepers:report": ("/keepers/reports/1/", (404, 404, 404), (404, 404, 404)),
    "keepers:dismiss": ("/keepers/reports/1/dismiss/", (404, 404, 404), (404, 404, 404)),
    "keepers:deactivate": ("/keepers/reports/1/deactivate/", (404, 404, 404), (404, 404, 404)),
    "search:results": ("/search/", (200, 200, 200), (405, 405, 405)),
    "search:boards": ("/search/boards/", (200, 200, 200), (405, 405, 405)),
    "search:people": ("/search/people/", (200, 200, 200), (405, 405, 405)),
    "search:history": ("/search/history/", (302, 200, 200), (405, 405, 405)),
    "search:history_keep": ("/search/history/keep/", (405, 405, 405), (302, 302, 302)),
    "search:history_clear": ("/search/history/clear/", (405, 405, 405), (302, 302, 302)),
    "search:together": ("/search/together/", (200, 200, 200), (405, 405, 405)),
    "search:together_next": ("/search/together/next/", (200, 200, 200), (405, 405, 405)),
    "search:suggest": ("/search/suggest/", (200, 200, 200), (405, 405, 405)),
    "search:covers": ("/search/covers/", (200, 200, 200), (405, 405, 405)),
    # 404 as for a key that never existed: the picture is only in a secret pin.
    "images:media": ("{picture}", (404, 404, 404), (405, 405, 405)),
}


# Mail programs press this button: the signed word in the address stands for the token. A share
# sheet has none either: tests/pins/test_sharing.py.
PROVEN_OTHERWISE = {"notifications:no_letters", "pins:share"}


def all_names(patterns: Any = None, prefix: str = "") -> list[str]:
    """Names of all our addresses; allauth's have tests of their own."""
    names: list[str] = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern) != "accounts/":
                space = f"{entry.namespace}:" if entry.namespace else prefix
                names += all_names(entry.url_patterns, space)
        elif isinstance(entry, URLPattern):
            names.append(f"{prefix}{entry.name}")
    return names


def test_every_address_is_listed() -> None:
    assert sorted(all_names()) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_it(name: str, example: Example, alice: Person, charlie: Person) -> None:
    address, gets, posts = PAGES[name]
    url = address.format(
        pin=example.pin.pk,
        draft=example.draft.pk,
        talk=example.talk.pk,
        bob=example.bob.pk,
        board=example.board.pk,
        picture=example.pin.picture.src,
    )
    # The owner last: her POST may take away what the others must not find.
    for method, expected in (("get", gets), ("post", posts)):
        for viewer, status in zip((None, charlie, alice), expected, strict=True):
            client = Client()
            if viewer:
                client.force_login(viewer)
            answer = getattr(client, method)(url)
            assert answer.status_code == status, f"{method} {url} by {viewer or 'nobody'}"
            if viewer is None and status == 302:
                assert answer["Location"].startswith("/accounts/login/")


def test_the_answer_to_a_stranger_is_the_answer_to_a_wrong_number(
    example: Example, charlie: Person
) -> None:
    """404 with the same body and headers for what is hidden and for what never was."""
    client = Client()
    client.force_login(charlie)
    for name, (address, gets, _) in PAGES.items():
        if gets[1] != 404 or "{" not in address or "picture" in address:
            continue
        real = client.get(
            address.format(
                pin=example.pin.pk,
                draft=example.draft.pk,
                talk=example.talk.pk,
                bob=example.bob.pk,
                board=example.board.pk,
            )
        )
        wrong = client.get(
            address.format(pin=10**9, draft=10**9, talk=10**9, bob=10**9, board=10**9)
        )
        assert comparable(real) == comparable(wrong), name


def comparable(answer: Any) -> tuple[int, bytes, list[str]]:
    body = re.sub(rb'data-csrf="[^"]+"|value="[A-Za-z0-9]{64}"', b"", answer.content)
    return answer.status_code, body, sorted(answer.headers)


def test_a_form_from_elsewhere_changes_nothing(example: Example, alice: Person) -> None:
    """Every unsafe address refuses a request without our token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    for name, (address, _, posts) in PAGES.items():
        if posts[2] == 405 or name in PROVEN_OTHERWISE:
            continue
        url = address.format(
            pin=example.pin.pk,
            draft=example.draft.pk,
            talk=example.talk.pk,
            bob=example.bob.pk,
            board=example.board.pk,
            picture="",
        )
        assert client.post(url).status_code == 403, name
    assert Pin.objects.filter(pk=example.pin.pk).exists()


def test_every_answer_carries_the_policies(example: Example, client: Client) -> None:
    for url in ("/", "/accounts/login/", "/nowhere/", "/search/?q=pasta", "/messages/"):
        headers = client.get(url).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "private" in headers["Cache-Control"]


def test_a_foreign_host_gets_a_page_and_nothing_more(client: Client, db: None) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "topbar" in answer.content.decode() or "Pinboard" in answer.content.decode()
