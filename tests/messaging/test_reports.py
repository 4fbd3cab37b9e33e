"""Reports: evidence outlives what was said; keepers see it and nothing else (TRUST 52, 89)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from messaging import reporting, requesting
from messaging.amending import take_back
from messaging.guests import open_links
from messaging.joining import remove_person, start_conversation
from messaging.models import Conversation, Message, Report, ReportEntry
from messaging.numbers import NotAMember
from messaging.reporting import deactivate
from pinboard.people.models import Person
from tests.conftest import make_person
from tests.makers import bring_in, make_conversation, make_guest, make_keeper, make_pin, say

JSON = {"Accept": "application/json"}


@pytest.fixture
def keeper(db: None) -> Person:
    return make_keeper(make_person("Kim"))


def report(client: Client, reporter: Person, message: Message, **fields: str) -> Any:
    client.force_login(reporter)
    data = {"message": message.pk, "reason": "harassment", **fields}
    url = f"/messages/{message.conversation_id}/report/"
    return client.post(url, data, headers=JSON)


def test_the_evidence_outlives_an_edit_and_a_message_taken_back(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(bob, "Canary pin")
    far = say(talk, alice, "canary-far")
    say(talk, alice, "before 2")
    say(talk, bob, "before 1")
    bad = say(talk, bob, "canary-bad", pins=(pin,))
    say(talk, alice, "after 1")
    assert report(client, alice, bad, words="He threatens me").status_code == 200
    client.force_login(bob)
    client.post(f"/messages/{talk.pk}/amend/", {"message": bad.pk, "text": "nothing"})
    client.post(f"/messages/{talk.pk}/take-back/", {"message": bad.pk})
    pin.delete()
    client.force_login(keeper)
    listed = client.get("/keepers/reports/").content.decode()
    assert "It harasses" in listed
    made = Report.objects.get()
    page = client.get(f"/keepers/reports/{made.pk}/").content.decode()
    for words in ("canary-bad", "Canary pin", "before 1", "before 2", "after 1", "He threatens me"):
        assert words in page
    # Nothing else of the conversation: not its other words, not the way in.
    assert far.text not in page
    assert client.get(talk.get_absolute_url()).status_code == 404
    assert made.accused == bob


def test_one_person_reports_a_message_once(client: Client, alice: Person, bob: Person) -> None:
    message = say(make_conversation(alice, bob), bob)
    assert report(client, alice, message).status_code == 200
    again = report(client, alice, message, reason="spam")
    assert (again.status_code, again.json()["code"]) == (409, "already_reported")
    assert Report.objects.count() == 1


def test_what_one_may_not_see_or_said_oneself_cannot_be_reported(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    message = say(group, alice)
    bring_in(group, charlie)
    assert report(client, alice, message).status_code == 404
    assert report(client, charlie, message).status_code == 404
    remove_person(actor=bob, conversation_id=group.pk, person=bob)
    assert report(client, bob, message).status_code == 404
    other = make_conversation(bob, charlie)
    foreign = {"message": message.pk, "reason": "spam"}
    assert client.post(f"/messages/{other.pk}/report/", foreign).status_code == 404
    assert not Report.objects.exists()


def test_without_a_reason_the_form_says_what_is_missing(
    client: Client, alice: Person, bob: Person
) -> None:
    message = say(make_conversation(alice, bob), bob, "Something bad")
    client.force_login(alice)
    url = f"/messages/{message.conversation_id}/report/?message={message.pk}"
    assert "Something bad" in client.get(url).content.decode()
    answer = client.post(url, {"reason": "nonsense", "words": "Really"})
    assert answer.status_code == 422
    assert "Choose what is wrong" in answer.content.decode()
    assert "Really" in answer.content.decode()
    done = client.post(url, {"reason": "spam"}, follow=True)
    assert "Somebody will look at it" in done.content.decode()


def test_a_request_is_reported_with_everything_said_and_then_gone(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    talk = start_conversation(actor=alice, people=[bob])
    for text in ("canary one", "canary two"):
        say(talk, alice, text)
    client.force_login(bob)
    url = f"/messages/requests/{talk.pk}/report/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "spam"}).status_code == 302
    assert "Alice" not in client.get("/messages/requests/").content.decode()
    client.force_login(keeper)
    page = client.get(f"/keepers/reports/{Report.objects.get().pk}/").content.decode()
    assert "canary one" in page
    assert "canary two" in page


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/dismiss/", "{pk}/deactivate/"])
def test_to_everybody_but_keepers_there_are_no_reports(
    client: Client, alice: Person, bob: Person, path: str
) -> None:
    message = say(make_conversation(alice, bob), bob, "canary")
    report(client, alice, message)
    url = "/keepers/reports/" + path.format(pk=Report.objects.get().pk)
    for viewer in (None, alice, bob):
        client.logout()
        if viewer:
            client.force_login(viewer)
        for send in (client.get, client.post):
            real, wrong = send(url, headers=JSON), send("/keepers/nothing/", headers=JSON)
            assert (real.status_code, real.content) == (wrong.status_code, wrong.content)
            assert real.status_code == 404
    assert Report.objects.get().closed is None


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/dismiss/", "{pk}/deactivate/"])
def test_a_keeper_without_a_second_factor_is_led_to_setting_one_up(
    client: Client, alice: Person, bob: Person, path: str
) -> None:
    report(client, alice, say(make_conversation(alice, bob), bob, "canary"))
    client.force_login(make_keeper(make_person("Kim"), has_second_factor=False))
    url = "/keepers/reports/" + path.format(pk=Report.objects.get().pk)
    for send in (client.get, client.post):
        page = send(url)
        assert page.status_code == 403
        assert 'href="/accounts/2fa/"' in page.content.decode()
        assert "canary" not in page.content.decode()
        assert send(url, headers=JSON).json()["code"] == "second_factor"
    assert Report.objects.get().closed is None
    assert not ReportEntry.objects.exists()


def test_a_request_taken_back_while_it_is_reported_is_not_there(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = start_conversation(actor=alice, people=[bob])
    said = say(talk, alice, "canary")
    real = reporting.report_request

    def meet(**wanted: Any) -> Report:
        take_back(actor=alice, conversation_id=talk.pk, message_id=said.pk)
        return real(**wanted)

    monkeypatch.setattr(reporting, "report_request", meet)
    client.force_login(bob)
    url = f"/messages/requests/{talk.pk}/report/"
    assert client.post(url, {"reason": "spam"}).status_code == 404
    assert not Report.objects.exists()


def test_a_request_that_cannot_be_put_away_is_not_reported_either(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = start_conversation(actor=alice, people=[bob])
    say(talk, alice, "canary")

    def refuse(**_: object) -> None:
        raise NotAMember

    monkeypatch.setattr(requesting, "delete", refuse)
    client.force_login(bob)
    url = f"/messages/requests/{talk.pk}/report/"
    assert client.post(url, {"reason": "spam"}, headers=JSON).status_code == 404
    assert not Report.objects.exists()


def test_a_keeper_dismisses_and_the_log_says_who_did_what(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    report(client, alice, say(make_conversation(alice, bob), bob))
    url = f"/keepers/reports/{Report.objects.get().pk}/"
    client.force_login(keeper)
    client.get(url)
    assert client.post(f"{url}dismiss/").status_code == 302
    assert client.post(f"{url}dismiss/", headers=JSON).json()["code"] == "closed"
    made = Report.objects.get()
    assert (made.closed_by, made.action) == (keeper, "Dismissed")
    assert made.closed is not None
    log = list(ReportEntry.objects.values_list("keeper", "deed"))
    assert log == [(keeper.pk, "opened"), (keeper.pk, "dismissed")]
    assert "Kim: Dismissed it" in client.get(url).content.decode()
    assert Person.objects.get(pk=bob.pk).is_active


def test_a_keeper_deactivates_the_account_and_every_way_in_ends(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    talk = make_conversation(alice, bob)
    first, second = say(talk, bob, "one"), say(talk, bob, "two")
    report(client, alice, first)
    report(client, alice, second)
    his = Client()
    his.force_login(bob)
    assert his.get(talk.get_absolute_url()).status_code == 200
    client.force_login(keeper)
    url = f"/keepers/reports/{Report.objects.order_by('pk')[0].pk}/"
    assert client.post(f"{url}deactivate/").status_code == 302
    assert his.get(talk.get_absolute_url()).status_code == 302
    assert his.get("/messages/unread/", headers=JSON).status_code == 401
    assert {one.action for one in Report.objects.all()} == {"Deactivated @bob"}
    assert not Report.objects.filter(closed=None).exists()


def test_with_the_account_its_links_close_and_their_guests_are_out(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    his, hers = make_guest(group, bob), make_guest(group, alice, "Tom")
    report(client, alice, say(group, bob))
    deactivate(keeper=keeper, report_id=Report.objects.get().pk)
    assert [link.made_by for link in open_links(group)] == [alice]
    here = group.members.filter(left__isnull=True)
    assert not here.filter(person=his).exists()
    assert here.filter(person=hers).exists()


def test_a_keepers_account_is_not_closed_by_another(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    Person.objects.filter(pk=bob.pk).update(is_staff=True)
    report(client, alice, say(make_conversation(alice, bob), bob))
    client.force_login(keeper)
    url = f"/keepers/reports/{Report.objects.get().pk}/deactivate/"
    assert client.post(url, headers=JSON).json()["code"] == "keeper"
    assert Person.objects.get(pk=bob.pk).is_active


def test_reporting_is_limited(client: Client, alice: Person, bob: Person, settings: Any) -> None:
    talk: Conversation = make_conversation(alice, bob)
    messages = [say(talk, bob, str(number), client_id=uuid.uuid4()) for number in range(21)]
    settings.RATE_LIMITS = True
    answers = [report(client, alice, message).status_code for message in messages]
    assert answers == [200] * 20 + [429]


def test_keepers_are_told_that_a_report_waits_and_of_nothing_in_it(
    client: Client, alice: Person, bob: Person, keeper: Person
) -> None:
    bad = say(make_conversation(alice, bob), bob, "canary-bad")
    report(client, alice, bad)
    report(client, alice, bad)  # a second time it is refused, and nobody hears of it
    found = Report.objects.get()
    client.force_login(keeper)
    page = client.get("/notifications/").content.decode()
    assert page.count("Alice reported a message") == 1
    assert f'href="/keepers/reports/{found.pk}/"' in page
    assert "canary" not in page
    reporting.dismiss(keeper=keeper, report_id=found.pk)
    assert "reported a message" not in client.get("/notifications/").content.decode()
    client.force_login(bob)
    assert "reported a message" not in client.get("/notifications/").content.decode()
