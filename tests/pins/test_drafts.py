"""Drafts: a reading ends once and always ends; nobody's readings or files crowd out the others'."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.images import press, storing
from pinboard.images.storing import UploadsExhausted
from pinboard.ingest.page import PageVisit
from pinboard.ingest.reading import PageImage, Reading
from pinboard.people import uploads
from pinboard.people.models import Person
from pinboard.pins import drafting, offering
from pinboard.pins.jobs import read_draft, read_forgotten_drafts
from pinboard.pins.models import Board, Draft, DraftPicture, Pin
from pinboard.sandbox import SandboxFailed
from tests.makers import make_board, make_picture
from tests.pins.test_create import finish, picture, upload
from tests.together import meanwhile

LINK = "https://kitchen.example/pasta"


def reading(person: Person, **fields: Any) -> Draft:
    return Draft.objects.create(person=person, link=LINK, state=Draft.State.READING, **fields)


def ready(person: Person, offers: int = 1) -> Draft:
    draft = Draft.objects.create(person=person, state=Draft.State.READY)
    for _ in range(offers):
        DraftPicture.objects.create(draft=draft, picture=make_picture())
    return draft


def raising(error: Exception) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        raise error

    return run


def let_time_pass() -> None:
    """As far as drafts can tell, their patience is over."""
    Draft.objects.update(retry_at=timezone.now() - timedelta(seconds=1))


def test_a_second_reading_that_fails_leaves_what_the_first_one_found(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = reading(alice)
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.READY)
    monkeypatch.setattr(drafting, "read_link", raising(PinboardError("Gone.")))
    drafting.read(draft)
    draft.refresh_from_db()
    assert (draft.state, draft.error) == (Draft.State.READY, "")


def test_a_draft_that_is_being_read_is_not_read_by_two(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Draft] = []
    monkeypatch.setattr(drafting, "read", runs.append)
    draft = reading(alice)
    read_draft(draft.pk)
    read_draft(draft.pk)
    read_forgotten_drafts()
    assert len(runs) == 1


def test_a_reading_that_breaks_in_an_unknown_way_ends_after_three_attempts(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "read_link", raising(ZeroDivisionError("a bug of ours")))
    draft = reading(alice)
    for _ in range(3):
        let_time_pass()
        with pytest.raises(ZeroDivisionError):
            read_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == Draft.State.FAILED
    assert "could not be read" in draft.error


def test_a_reading_whose_worker_was_killed_three_times_ends(
    transactional_db: None, alice: Person
) -> None:
    draft = reading(alice, attempts=3)
    let_time_pass()
    read_forgotten_drafts()
    draft.refresh_from_db()
    assert draft.state == Draft.State.FAILED
    assert "could not be read" in draft.error


def test_pictures_that_wait_already_are_not_lost_with_their_page(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shared with a link whose reading died three times, they were there no more."""
    monkeypatch.setattr(drafting, "read_link", raising(ZeroDivisionError("a bug of ours")))
    draft = reading(alice, attempts=3)
    DraftPicture.objects.create(draft=draft, picture=make_picture())
    let_time_pass()
    read_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == Draft.State.READY
    assert draft.source is not None
    assert draft.source.url == LINK


@pytest.mark.parametrize(
    "error",
    [
        UploadsExhausted("You have added 2 GB of pictures within a day."),
        SandboxFailed("Pinboard is very busy at the moment.", code="sandbox_busy", status=503),
    ],
)
def test_what_keeps_every_picture_from_being_stored_is_told(
    alice: Person, monkeypatch: pytest.MonkeyPatch, error: PinboardError
) -> None:
    def visit(*args: Any, **kwargs: Any) -> PageVisit:
        pictures = (PageImage(url="https://a.example/1.jpg"), PageImage(url="https://a.example/2"))
        return PageVisit(Reading(pictures=pictures), LINK)

    monkeypatch.setattr(drafting, "read_link", visit)
    monkeypatch.setattr(offering, "fetch_picture", lambda *args, **kwargs: b"one")
    monkeypatch.setattr(offering, "store_picture", raising(error))
    draft = reading(alice)
    drafting.read(draft)
    draft.refresh_from_db()
    assert (draft.state, draft.error) == (Draft.State.FAILED, error.message)


def test_a_fifth_page_at_once_gets_a_sentence_and_keeps_the_link(
    client: Client, alice: Person, bob: Person
) -> None:
    for _ in range(4):
        reading(alice)
    client.force_login(alice)
    answer = client.post("/create/", {"way": "link", "link": LINK})
    html = answer.content.decode()
    assert answer.status_code == 429
    assert "still being read" in html
    assert f'value="{LINK}"' in html
    client.force_login(bob)
    assert client.post("/create/", {"way": "link", "link": LINK}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_too_large_is_refused_unread_and_the_good_ones_stay(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = picture("teal"), picture("navy") + b"\0" * 400_000
    monkeypatch.setattr(press, "MAX_BYTES", len(small) + 1000)
    seen: list[int] = []
    store = storing.store_picture

    def remembering(data: bytes, **kwargs: Any) -> Any:
        seen.append(len(data))
        return store(data, **kwargs)

    monkeypatch.setattr(uploads, "store_picture", remembering)
    client.force_login(alice)
    answer = client.post("/create/", upload(("small.jpg", small), ("large.jpg", large)))
    assert answer.status_code == 422
    assert "large.jpg: This picture is larger than 20 MB" in answer.content.decode()
    assert Draft.objects.get().offers.count() == 1
    assert seen == [len(small)]


def test_when_many_pictures_are_being_stored_the_next_is_asked_to_wait(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0.01)
    client.force_login(alice)
    with uploads.place(), uploads.place(), uploads.place():
        answer = client.post("/create/", upload(("a.jpg", picture())))
        face = SimpleUploadedFile("me.jpg", picture(), "image/jpeg")
        mine = client.post("/me/", {"display_name": "Alice", "about": "", "face": face})
    for page in (answer, mine):
        assert page.status_code == 422
        assert "Many pictures are being stored right now" in page.content.decode()
    with uploads.place():
        pass


def test_two_wait_for_a_place_and_get_it_and_a_third_is_sent_away_at_once() -> None:
    full, free = threading.Barrier(3), threading.Event()
    with ThreadPoolExecutor(5) as pool:

        def hold() -> None:
            with uploads.place():
                full.wait(5)
                free.wait(5)

        def come() -> str:
            with uploads.place():
                return "stored"

        held = [pool.submit(hold) for _ in range(2)]
        with uploads.place():
            full.wait(5)
            waiting = [pool.submit(come) for _ in range(2)]
            while uploads._chairs._value:
                time.sleep(0.001)
            with pytest.raises(PinboardError, match="Many pictures"), uploads.place():
                pass
            assert not any(one.done() for one in waiting)
            free.set()
        assert [one.result(5) for one in waiting] == ["stored", "stored"]
        assert [one.result(5) for one in held] == [None, None]


def test_a_draft_holds_thirty_pictures_and_says_so(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = ready(alice, offers=30)
    monkeypatch.setattr(uploads, "store_picture", raising(AssertionError("not to be read")))
    client.force_login(alice)
    answer = client.post(draft.get_absolute_url(), upload(("more.jpg", picture())))
    assert answer.status_code == 422
    assert "more.jpg: Up to 30 pictures" in answer.content.decode()
    assert draft.offers.count() == 30


def test_sending_the_form_again_makes_no_second_pin_and_leads_to_the_first(
    client: Client, alice: Person
) -> None:
    draft, board = ready(alice), make_board(alice)
    data = finish(draft, 1, board=board.pk)
    client.force_login(alice)
    answers = [client.post(draft.get_absolute_url(), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"] == Pin.objects.get().get_absolute_url()
    # On the way back one meets the pin, not an empty form.
    assert client.get(draft.get_absolute_url())["Location"] == answers[0]["Location"]


def test_two_forms_sent_at_once_make_one_pin(transactional_db: None, alice: Person) -> None:
    draft, board = ready(alice), make_board(alice)
    data = finish(draft, 1, board=board.pk)
    first, second = Client(), Client()
    first.force_login(alice)
    second.force_login(alice)
    answers = []
    with meanwhile(lambda: answers.append(second.post(draft.get_absolute_url(), data))):
        answers.append(first.post(draft.get_absolute_url(), data))
    pin = Pin.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {pin.get_absolute_url()}


def test_a_board_that_is_gone_meanwhile_costs_nothing_that_was_typed(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pinboard.pins import saving

    draft, board = ready(alice), make_board(alice)

    def gone(board: Board) -> Board:
        raise PinboardError("This board is gone. Choose another.", code="board_gone", status=409)

    monkeypatch.setattr(saving, "hold_board", gone)
    client.force_login(alice)
    answer = client.post(draft.get_absolute_url(), finish(draft, 1, board=board.pk, note="typed"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This board is gone" in html
    assert 'value="typed"' in html
    assert not Pin.objects.exists()


def test_an_absurd_board_number_is_no_board(client: Client, alice: Person) -> None:
    from tests.makers import make_pin

    pin = make_pin(alice)
    client.force_login(alice)
    for number in ("9" * 5000, "²", "-1", ""):
        answer = client.post(f"/pins/{pin.pk}/unsave/", {"board": number})
        assert answer.status_code == 404


def test_nobodys_site_is_flooded_whoever_asks(
    client: Client, alice: Person, bob: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    """TRUST 65: a cap for each host, besides those for each person."""
    settings.RATE_LIMITS = True
    monkeypatch.setattr(read_draft, "enqueue", lambda draft: None)
    for number in range(drafting.MAX_OF_HOST):
        drafting.draft_from_link(owner=bob, link=f"https://kitchen.example/{number}")
        Draft.objects.update(state=Draft.State.READY)
    client.force_login(alice)
    link = "https://KITCHEN.example:443/another"
    answer = client.post("/create/", {"way": "link", "link": link})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Many pages of kitchen.example are being read." in page
    assert link in page, "what was typed stays"
    answer = client.post("/create/", {"way": "link", "link": "https://other.example/"})
    assert answer.status_code == 302
