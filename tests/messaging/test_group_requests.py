"""Groups that somebody one does not know brings one into wait as requests too."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging import requesting
from messaging.joining import add_people, remove_person
from messaging.models import Member, Report
from pinboard.people.models import Person
from pinboard.people.relations import follow
from tests.conftest import make_person
from tests.makers import make_conversation, say
from tests.messaging.test_requests import write


def test_a_group_one_is_brought_into_by_a_stranger_is_a_request(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    follow(actor=bob, person=alice)
    group = write(client, alice, bob, charlie, text="canary", title="canary-title")
    assert group.members.get(person=bob).accepted
    dora = make_person("Dora")
    add_people(actor=bob, conversation_id=group.pk, people=[dora])
    for person, asker in ((charlie, "Alice"), (dora, "Bob")):
        client.force_login(person)
        page = client.get("/messages/requests/").content.decode()
        assert asker in page
        assert "canary" not in page
        assert client.get(f"/messages/{group.pk}/window/").status_code == 404
    assert not Member.objects.get(conversation=group, person=dora).accepted


def test_a_request_to_a_group_shows_the_askers_first_five_messages_only(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    follow(actor=charlie, person=alice)
    group = write(client, alice, bob, charlie, text="canary 1")
    for number in range(2, 9):
        say(group, alice, f"canary {number}")
    say(group, charlie, "from an accomplice")
    client.force_login(bob)
    page = client.get(f"/messages/requests/{group.pk}/").content.decode()
    assert [f"canary {number}" in page for number in range(1, 9)] == [True] * 5 + [False] * 3
    assert "accomplice" not in page


def test_a_request_reaches_who_had_put_the_group_away_but_not_who_deleted_it(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    follow(actor=bob, person=alice)
    dora = make_person("Dora")
    group = write(client, alice, bob, charlie, dora, text="Hello")
    requesting.delete(actor=dora, conversation_id=group.pk)
    requesting.accept(actor=charlie, conversation_id=group.pk)
    client.force_login(charlie)
    assert client.post(f"/messages/{group.pk}/archive/").status_code == 302
    for person in (charlie, dora):
        remove_person(actor=alice, conversation_id=group.pk, person=person)
    add_people(actor=alice, conversation_id=group.pk, people=[charlie, dora])
    assert [requesting.requests_of(person).count() for person in (charlie, dora)] == [1, 0]
    # Whoever knows them by now is not asked.
    remove_person(actor=alice, conversation_id=group.pk, person=dora)
    follow(actor=dora, person=alice)
    add_people(actor=alice, conversation_id=group.pk, people=[dora])
    client.force_login(dora)
    assert group.get_absolute_url() in client.get("/messages/").content.decode()


@pytest.mark.parametrize("words", ["canary", ""])
def test_a_report_of_a_request_to_a_group_accuses_who_asked(
    client: Client, alice: Person, bob: Person, charlie: Person, words: str
) -> None:
    group = make_conversation(alice, charlie, is_group=True)
    add_people(actor=alice, conversation_id=group.pk, people=[bob])
    if words:
        say(group, alice, words)
    say(group, charlie, "innocent")
    client.force_login(bob)
    url = f"/messages/requests/{group.pk}/report/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "spam"}).status_code == 302
    made = Report.objects.get()
    assert made.accused == alice
    assert made.evidence["text"] == (words or "Alice added Bob")
    assert "innocent" not in str(made.evidence)
    assert not requesting.requests_of(bob).exists()
