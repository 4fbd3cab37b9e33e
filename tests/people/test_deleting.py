"""Deleting an account: nothing of it is found, nothing is inherited, peers see "Deleted user"."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from PIL import Image
from redis import Redis

from messaging.joining import add_people, start_conversation
from messaging.models import Conversation, GuestLink, Message
from messaging.reporting import report_message
from pinboard.errors import PinboardError
from pinboard.notifications.models import Notification
from pinboard.people import deleting
from pinboard.people.models import Deletion, Follow, FormerName, Person
from pinboard.people.relations import follow
from pinboard.pins import shopping
from pinboard.pins.collaborating import add_collaborators
from pinboard.pins.models import Board, BoardCollaborator, Draft, Pin, Save
from pinboard.pins.saving import favourite, save_to_board
from search.models import Search
from search.question import Question
from search.remembering import remember
from tests.conftest import make_person
from tests.makers import (
    make_board,
    make_conversation,
    make_guest,
    make_keeper,
    make_pin,
    make_source,
    say,
)
from tests.people.test_accounts import PASSWORD, join

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "canary7f3"


@pytest.fixture
def dora() -> Person:
    """Somebody who joined as people do, with a canary in every name."""
    client = Client()
    assert join(client, CANARY, display_name=f"Dora {CANARY}").status_code == 302
    return Person.objects.get(username=CANARY)


@pytest.fixture
def signed_in(dora: Person) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": CANARY, "password": PASSWORD})
    assert client.get("/me/").status_code == 200
    return client


def delete(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/me/delete/", {"password": password, **more})


def everything_kept() -> str:
    """All tables of the database and the cache, as one text in small letters."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                words = [
                    bytes(value).decode(errors="replace")
                    if isinstance(value, bytes | memoryview)
                    else str(value)
                    for value in row
                ]
                found.append(f"{table}: {' | '.join(words)}".replace("\n", " ").replace("\r", " "))
    found.extend(f"cache: {key} {value}" for key, value in remembered().items())
    return "\n".join(found).lower()


def remembered() -> dict[str, str]:
    """The cache as it is kept: in this process, or with everything else that is in Redis."""
    kept: dict[Any, Any] = dict(getattr(cache, "_cache", {}))
    if settings.REDIS_URL:
        redis = Redis.from_url(settings.REDIS_URL)
        kept = {key: redis.get(key) for key in redis.scan_iter(_type="string")}
    return {str(key): str(value) for key, value in kept.items()}


def rows_with(word: str) -> list[str]:
    return [row[:300] for row in everything_kept().split("\n") if word in row]


def picture_file(colour: str) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (300, 400), colour).save(file, "PNG")
    return SimpleUploadedFile(f"{CANARY}.png", file.getvalue(), "image/png")


def files_kept() -> set[str]:
    root = Path(default_storage.path(""))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def fill(dora: Person, client: Client, bob: Person) -> Conversation:
    """Something of everything an account may leave behind, with the canary in it."""
    details = {"display_name": f"Dora {CANARY}", "about": f"I am {CANARY}"}
    client.post("/me/", {**details, "face": picture_file("red")})
    secret = make_board(dora, f"{CANARY} wishes", is_secret=True)
    source = make_source(url=f"https://shop.example/{CANARY}", reading={"title": CANARY})
    pin = make_pin(dora, f"{CANARY} lamp", board=secret, source=source, note=f"{CANARY} gift")
    make_pin(dora, f"{CANARY} in public")
    theirs = make_pin(bob, "Soup")
    save_to_board(actor=dora, pin=theirs, board=make_board(dora, CANARY), note=CANARY)
    shared = make_board(bob, "Ours")
    follow(actor=dora, person=bob)
    follow(actor=bob, person=dora)
    add_collaborators(actor=bob, board=shared, people=[dora])
    save_to_board(actor=dora, pin=theirs, board=shared, note=f"{CANARY} says yes")
    favourite(actor=dora, pin=theirs)
    shopping.tick(actor=dora, pin=theirs, key="0" * 24, is_on=True)
    remember(person=dora, question=Question(query=CANARY))
    client.get(f"/search/?q={CANARY}")
    client.get(f"/search/suggest/?q={CANARY}")
    Draft.objects.create(
        person=dora, link=f"https://shop.example/{CANARY}", state=Draft.State.READY, source=source
    )
    group = make_conversation(dora, bob, is_group=True)
    say(group, dora, f"{CANARY} said", pins=(pin,))
    bob_said = say(group, bob, "Good")
    say(group, dora, f"{CANARY} answers", quote=bob_said.pk)
    make_guest(group, dora, "Greta")
    talk = make_conversation(dora, bob)
    say(talk, dora, f"between us: {CANARY}")
    return group


# ---------------------------------------------------------------- 91


def test_nothing_of_a_deleted_account_is_left_in_tables_files_index_or_cache(
    dora: Person, signed_in: Client, bob: Person
) -> None:
    before = files_kept()
    fill(dora, signed_in, bob)
    assert len(rows_with(CANARY)) > 20
    assert "\ncache: " in everything_kept()
    assert files_kept() - before
    assert delete(signed_in, takes_back="on").status_code == 302
    assert rows_with(CANARY) == []
    assert files_kept() - before == set()


def test_others_see_a_deleted_user_where_somebody_spoke(
    dora: Person, signed_in: Client, bob: Person
) -> None:
    group = fill(dora, signed_in, bob)
    talk = Conversation.objects.get(pair__isnull=False)
    assert delete(signed_in).status_code == 302
    client = Client()
    client.force_login(bob)
    for one in (group, talk):
        page = client.get(f"/messages/{one.pk}/").content.decode()
        assert "Deleted user" in page
        assert f"Dora {CANARY}" not in page
        assert 'guest-mark">' not in page.split("message-line")[0]
    assert "said" in client.get(f"/messages/{group.pk}/").content.decode()
    lines = list(group.messages.filter(kind=Message.Kind.LINE).values_list("text", flat=True))
    assert "Deleted user started this conversation" in lines
    assert "Deleted user left" in lines
    assert "Greta joined as a guest of Deleted user" in lines
    assert not group.members.filter(left__isnull=True).exclude(person=bob).exists()
    assert not GuestLink.objects.filter(revoked__isnull=True).exists()
    assert "You can no longer write to each other" in (
        client.get(f"/messages/{talk.pk}/window/").content.decode()
    )
    answer = client.post(
        f"/messages/{talk.pk}/post/",
        {"text": "Are you there?", "client_id": str(uuid.uuid4())},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 403
    for path in ("/messages/", "/messages/tray/", "/notifications/", "/search/?q=soup"):
        assert f"Dora {CANARY}" not in client.get(path).content.decode()


def test_open_windows_hear_that_the_name_changed(
    dora: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_conversation(dora, bob, is_group=True)
    said = say(group, dora, "Hello")
    group.refresh_from_db()
    seen = group.counter
    deleting.delete_account(person=dora)
    client = Client()
    client.force_login(bob)
    changes = client.get(f"/messages/{group.pk}/changes/?after={seen}").content.decode()
    assert f"message-{said.pk}" in changes
    assert "Deleted user" in changes
    assert CANARY not in changes


# Every relation to a person, and what becomes of it. A new model has to be decided on here.
GOES = {
    "account.EmailAddress.user",
    "images.Upload.person",
    "mfa.Authenticator.user",
    "notifications.Notification.person",
    "notifications.PushSubscription.person",
    "notifications.Wishes.person",
    "people.Block.blocked",
    "people.Block.blocker",
    "people.Follow.followed",
    "people.Follow.follower",
    "people.NamePart.person",
    "people.Person_groups.person",
    "people.Person_user_permissions.person",
    "pins.Board.owner",
    "pins.BoardCollaborator.person",
    "pins.Draft.person",
    "pins.Favourite.person",
    "pins.Save.saver",
    "pins.ShoppingTick.person",
    "search.Search.person",
    "usersessions.UserSession.user",
}
STAYS = {
    "messaging.Decision.person": "what a group settled on is the group's",
    "messaging.Guest.person": "guests have no account to delete",
    "messaging.GuestLink.made_by": "closed; tells by which link somebody came",
    "messaging.Member.added_by": "tells who brought somebody in",
    "messaging.Member.person": "left; what was said needs its sender",
    "messaging.Message.sender": "stays for the others, or is taken back",
    "messaging.PollVote.person": "part of a poll's result",
    "messaging.Reaction.person": "as messages",
    "messaging.Report.accused": "a report protects somebody else",
    "messaging.Report.closed_by": "the keepers' log is never changed",
    "messaging.Report.reporter": "as above, without words once it is closed",
    "messaging.ReportEntry.keeper": "the keepers' log is never changed",
    "messaging.ShoppingHave.person": "what a group has bought is the group's",
    "messaging.Verdict.person": "part of what a group thinks of a pin",
    "notifications.Notification.actor": "reports only: the keepers' own",
    "people.Deletion.person": "that it was deleted",
    "pins.Pin.maker": "pins that others saved or were sent",
    "pins.Source.corrected_by": "what those pins say",
}


def relations() -> dict[str, Any]:
    fields: list[Any] = Person._meta.get_fields(include_hidden=True)
    return {
        f"{one.related_model._meta.app_label}.{one.related_model.__name__}.{one.field.name}": one
        for one in fields
        if one.auto_created and (one.one_to_many or one.one_to_one)
    }


def test_every_relation_to_a_person_is_decided_on(
    dora: Person, signed_in: Client, bob: Person
) -> None:
    assert set(relations()) == GOES | set(STAYS)
    fill(dora, signed_in, bob)
    deleting.delete_account(person=dora)
    left = [
        name
        for name in sorted(GOES)
        if relations()[name]
        .related_model._base_manager.filter(**{relations()[name].field.name: dora.pk})
        .exists()
    ]
    assert left == []
    assert not Notification.objects.filter(actor=dora).exists()
    assert not Search.objects.exists()


# ---------------------------------------------------------------- 35


def test_whoever_takes_the_username_later_inherits_nothing(
    dora: Person, signed_in: Client, bob: Person
) -> None:
    group = fill(dora, signed_in, bob)
    board = Board.objects.get(owner=dora, name="Dinner")
    address = f"/@{CANARY}/"
    assert Client().get(address).status_code == 200
    assert delete(signed_in).status_code == 302
    assert Client().get(address).status_code == 404
    for name in (CANARY, CANARY.upper(), CANARY.title()):
        assert join(Client(), name, email="new@example.org").status_code == 200, name
    FormerName.objects.update(until=timezone.now() - timedelta(seconds=1))
    fresh = Client()
    assert join(fresh, CANARY, email=f"{CANARY}@example.org", display_name="Eve").status_code == 302
    eve = Person.objects.get(username=CANARY)
    assert eve.pk != dora.pk
    assert Client().get(f"{address}{board.slug}/").status_code == 404
    page = fresh.get(address).content.decode()
    assert "Eve" in page
    assert "Dinner" not in page
    held = {
        name
        for name, one in relations().items()
        if one.related_model._base_manager.filter(**{one.field.name: eve.pk}).exists()
    }
    assert held <= {
        "account.EmailAddress.user",
        "people.NamePart.person",
        "usersessions.UserSession.user",
    }
    assert fresh.get(f"/messages/{group.pk}/").status_code == 404
    assert fresh.get("/messages/").content.decode().count("conversation-row") == 0
    assert "Deleted user" not in fresh.get("/").content.decode()
    for path in ("/notifications/", "/favourites/", "/create/", "/me/"):
        answer = fresh.get(path)
        assert answer.status_code == 200, path
        assert f"Dora {CANARY}" not in answer.content.decode()


def test_names_are_kept_back_for_a_while_and_nobody_can_read_which(dora: Person) -> None:
    deleting.delete_account(person=dora)
    assert deleting.is_kept_back(CANARY.upper())
    assert CANARY not in str(list(FormerName.objects.values_list()))
    FormerName.objects.update(until=timezone.now())
    assert not deleting.is_kept_back(CANARY)
    deleting.forget_former_names()
    assert not FormerName.objects.exists()


# ---------------------------------------------------------------- the door


def test_every_way_in_ends(dora: Person, signed_in: Client) -> None:
    elsewhere, with_forced = Client(), Client()
    elsewhere.post("/accounts/login/", {"login": CANARY, "password": PASSWORD})
    with_forced.force_login(dora)
    answer = delete(signed_in)
    assert answer.headers["Location"] == "/"
    assert "Your account is deleted." in signed_in.get("/").content.decode()
    for client in (signed_in, elsewhere, with_forced):
        assert client.get("/me/").status_code == 302
    for name in (CANARY, f"{CANARY}@example.org"):
        elsewhere.post("/accounts/login/", {"login": name, "password": PASSWORD})
        assert elsewhere.get("/me/").status_code == 302
    assert not EmailAddress.objects.exists()


def test_without_the_password_nothing_happens(dora: Person, signed_in: Client) -> None:
    for wrong in ("", "wrong", PASSWORD.upper(), "x" * 5000):
        answer = delete(signed_in, wrong)
        assert answer.status_code == 422
        assert "Delete my account" in answer.content.decode()
    assert signed_in.get("/me/delete/").status_code == 200
    assert signed_in.get("/me/").status_code == 200
    assert not Deletion.objects.exists()


def test_guessing_the_password_ends_soon(dora: Person, signed_in: Client, settings: Any) -> None:
    settings.RATE_LIMITS = True
    assert [delete(signed_in, "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    assert delete(signed_in).status_code == 429


def test_signed_out_in_another_tab_a_moment_ago(dora: Person, signed_in: Client) -> None:
    signed_in.post("/accounts/logout/")
    answer = delete(signed_in)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]
    assert not Deletion.objects.exists()


def test_an_account_without_a_password_is_asked_for_its_username(alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    assert "Your username (alice)" in client.get("/me/delete/").content.decode()
    assert delete(client, "bob").status_code == 422
    assert delete(client, "Alice").status_code == 302
    alice.refresh_from_db()
    assert alice.is_deleted


def test_twice_is_once(dora: Person, bob: Person) -> None:
    group = make_conversation(dora, bob, is_group=True)
    stale = Person.objects.get(pk=dora.pk)
    deleting.delete_account(person=dora)
    deleting.delete_account(person=stale)
    deleting.empty(dora.pk)
    assert Deletion.objects.count() == 1
    assert group.messages.filter(text="Deleted user left").count() == 1
    connections.close_all()


def test_the_only_keeper_of_a_place_stays(dora: Person, bob: Person, signed_in: Client) -> None:
    make_keeper(dora)
    signed_in.force_login(dora)
    answer = delete(signed_in)
    assert answer.status_code == 422
    assert "only keeper" in answer.content.decode()
    make_keeper(bob)
    assert delete(signed_in).status_code == 302


# ---------------------------------------------------------------- what is shared


def test_a_job_that_died_half_way_is_finished_by_the_next(
    dora: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_conversation(dora, bob, is_group=True)
    say(group, dora, f"{CANARY} said")
    make_pin(dora, f"{CANARY} lamp")
    parts = list(deleting._parts)

    def die(deletion: Deletion) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(deleting, "_parts", [*(p for p in parts if p[0] < 3), (3, die)])
        deleting.delete_account(person=dora, takes_back=True)
    assert deleting.unfinished() == [dora.pk]
    assert rows_with(CANARY)
    deleting.empty(dora.pk)
    assert rows_with(CANARY) == []


def test_what_was_on_its_way_goes_in_a_second_round(dora: Person) -> None:
    deleting.delete_account(person=dora)
    assert deleting.unfinished() == []
    make_pin(dora, f"{CANARY} late")
    Deletion.objects.update(asked=timezone.now() - timedelta(minutes=3))
    assert deleting.unfinished() == [dora.pk]
    deleting.empty(dora.pk)
    assert deleting.unfinished() == []
    assert rows_with(CANARY) == []


def test_a_group_that_nobody_is_left_in_goes(dora: Person, bob: Person) -> None:
    alone = make_conversation(dora, bob, is_group=True)
    say(alone, dora, f"{CANARY} to nobody")
    make_guest(alone, dora)
    alone.members.filter(person=bob).update(left=timezone.now())
    asked = start_conversation(actor=dora, people=[bob])
    deleting.delete_account(person=dora)
    assert not Conversation.objects.filter(pk__in=(alone.pk, asked.pk)).exists()
    assert rows_with(CANARY) == []


def test_the_others_go_on_without_them(dora: Person, alice: Person, bob: Person) -> None:
    group = make_conversation(dora, alice, bob, is_group=True)
    deleting.delete_account(person=dora)
    say(group, alice, "We go on")
    assert group.messages.filter(text="We go on").exists()
    emil = make_person("Emil")
    add_people(actor=alice, conversation_id=group.pk, people=[emil])
    assert group.messages.filter(text="Alice added Emil").exists()


def test_boards_kept_together_go_on_with_their_pins(
    dora: Person, alice: Person, bob: Person
) -> None:
    for person in (alice, bob):
        follow(actor=person, person=dora)
    make_board(bob, "Ours")
    ours = make_board(dora, "Ours", is_secret=True)
    viewer = BoardCollaborator.Role.VIEWER
    add_collaborators(actor=dora, board=ours, people=[alice], role=viewer)
    add_collaborators(actor=dora, board=ours, people=[bob])
    pin = make_pin(dora, "Lamp", board=ours, note="my own words")
    alone = make_board(dora, "Mine")
    add_collaborators(actor=dora, board=alone, people=[alice], role=viewer)
    gone = make_pin(dora, "Chair", board=alone)
    deleting.delete_account(person=dora)
    ours.refresh_from_db()
    assert ours.owner == bob
    assert ours.slug == "ours-2"
    assert [row.person for row in ours.collaborators.all()] == [alice]
    save = Save.objects.get(board=ours)
    assert (save.pin, save.saver, save.note) == (pin, bob, "")
    assert not Board.objects.filter(pk=alone.pk).exists()
    assert not Pin.objects.filter(pk=gone.pk).exists()
    client = Client()
    client.force_login(bob)
    page = client.get(f"/pins/{pin.pk}/").content.decode()
    assert "Pinned by Deleted user" in page
    assert client.get(f"/@{bob.username}/ours-2/").status_code == 200


def test_pins_that_others_saved_or_were_sent_stay_without_a_name(
    dora: Person, alice: Person, bob: Person
) -> None:
    saved, sent, own = (make_pin(dora, title) for title in ("Saved", "Sent", "Own"))
    save_to_board(actor=bob, pin=saved, board=make_board(bob))
    favourite(actor=alice, pin=own)
    say(make_conversation(dora, bob), dora, "Look", pins=(sent,))
    deleting.delete_account(person=dora)
    assert set(Pin.objects.all()) == {saved, sent}
    assert not Pin.objects.get(pk=sent.pk).is_public
    assert "Deleted user" in Client().get(f"/pins/{saved.pk}/").content.decode()
    assert not Follow.objects.exists()


def test_evidence_of_a_report_outlives_the_account_and_names_nobody(
    dora: Person, bob: Person, alice: Person
) -> None:
    make_keeper(alice)
    talk = make_conversation(dora, bob)
    report = report_message(actor=bob, message=say(talk, dora, "A threat"), reason="harm")
    deleting.delete_account(person=dora, takes_back=True)
    report.refresh_from_db()
    assert report.evidence["text"] == "A threat"
    assert report.evidence["sender"] == "Deleted user"
    assert rows_with(CANARY) == []
    client = Client()
    client.force_login(alice)
    assert client.get(f"/keepers/reports/{report.pk}/").status_code == 200


def test_a_refusal_has_a_sentence(dora: Person) -> None:
    make_keeper(dora)
    with pytest.raises(PinboardError) as refused:
        deleting.delete_account(person=dora)
    assert refused.value.code == "only_keeper"
