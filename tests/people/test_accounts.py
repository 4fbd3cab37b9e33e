"""Joining, signing in and out, a new password by mail, name and face."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pinboard.people.models import Person
from tests.together import meanwhile

PASSWORD = "rather-long-words-7"


def join(client: Client, username: str = "Dora", **more: Any) -> Any:
    data = {
        "email": f"{username.lower()}@example.org",
        "username": username,
        "password1": PASSWORD,
        "display_name": "Dora D.",
        **more,
    }
    return client.post("/accounts/signup/", data)


def test_somebody_joins_signs_out_and_in_again(client: Client, db: None) -> None:
    assert join(client).status_code == 302
    dora = Person.objects.get(username="dora")
    assert dora.display_name == "Dora D."
    assert 'href="/@dora/"' in client.get("/").content.decode()
    client.post("/accounts/logout/")
    assert 'href="/@dora/"' not in client.get("/").content.decode()
    for name in ("dora", "dora@example.org"):
        client.post("/accounts/login/", {"login": name, "password": PASSWORD})
        assert 'href="/@dora/"' in client.get("/").content.decode()
        client.post("/accounts/logout/")


@pytest.mark.parametrize("username", ["../etc", "a b", "äöü", "x", ".dot", "a" * 31, "me"])
def test_usernames_that_make_no_address_are_refused_with_what_was_typed_kept(
    client: Client, db: None, username: str
) -> None:
    answer = join(client, username)
    assert answer.status_code == 200
    assert "Dora D." in answer.content.decode()
    assert not Person.objects.exists()


def test_a_new_password_by_mail(client: Client, db: None) -> None:
    join(client)
    client.post("/accounts/logout/")
    mail.outbox.clear()
    client.post("/accounts/password/reset/", {"email": "dora@example.org"})
    (sent,) = mail.outbox
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(sent.body))
    assert found
    form = client.get(found[1], follow=True)
    url = form.redirect_chain[-1][0]
    client.post(url, {"password1": "other-long-words-8", "password2": "other-long-words-8"})
    client.post("/accounts/login/", {"login": "dora", "password": "other-long-words-8"})
    assert 'href="/@dora/"' in client.get("/").content.decode()
    assert "/key/" in found[1]
    again = Client().get(found[1], follow=True).content.decode()
    assert "password2" not in again


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client: Client, db: None) -> None:
    join(client)
    client.post("/accounts/logout/")
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("dora@example.org", "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]


def picture(kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(file, kind)
    return file.getvalue()


@pytest.mark.django_db(transaction=True)
def test_name_and_face(client: Client, alice: Person) -> None:
    client.force_login(alice)
    face = SimpleUploadedFile("me.jpg", picture(), "image/jpeg")
    data = {"display_name": "Alice A.", "about": "Pasta.", "face": face}
    assert client.post("/me/", data).status_code == 302
    alice.refresh_from_db()
    assert alice.display_name == "Alice A."
    assert Client().get(alice.face_url).status_code == 200
    assert alice.face_url in Client().get("/@alice/").content.decode()


def test_a_face_that_is_no_picture_gets_a_sentence_and_keeps_what_was_typed(
    client: Client, alice: Person
) -> None:
    client.force_login(alice)
    file = SimpleUploadedFile("me.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = client.post("/me/", {"display_name": "Typed name", "about": "", "face": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Typed name" in page
    assert "errorlist" in page
    alice.refresh_from_db()
    assert (alice.display_name, alice.face) == ("Alice", None)


def test_the_first_run_makes_the_owner_and_then_never_again(client: Client, db: None) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/welcome/")
    data = {"display_name": "Olga", "username": "olga", "email": "", "password": PASSWORD}
    assert client.post("/welcome/", data).status_code == 302
    assert Person.objects.get().is_superuser
    assert client.get("/").status_code == 200
    assert Client().get("/welcome/").status_code == 404
    assert Client().post("/welcome/", data).status_code == 404


def test_two_first_runs_at_once_make_one_owner(transactional_db: None) -> None:
    def run(name: str) -> Any:
        data = {"display_name": name, "username": name, "email": "", "password": PASSWORD}
        return Client().post("/welcome/", data)

    late: list[Any] = []
    with meanwhile(lambda: late.append(run("otto"))):
        run("olga")
    assert late[0].status_code == 404
    assert Person.objects.get().username == "olga"


def test_no_account_page_has_inline_scripts_or_styles(client: Client, alice: Person) -> None:
    pages = ["login", "signup", "password/reset"]
    client.force_login(alice)
    pages += ["email", "password/set", "2fa", "2fa/totp/activate", "sessions", "reauthenticate"]
    for page in pages:
        viewer = Client() if page in pages[:3] else client
        html = viewer.get(f"/accounts/{page}/", follow=True).content.decode()
        assert "topbar" in html, page
        assert not re.search(
            r"<script(?![^>]*(src=|application/json))[^>]*>|<style|\sstyle=|\son\w+=", html
        ), page


def test_settings_lead_to_codes_and_sessions(client: Client, alice: Person) -> None:
    client.force_login(alice)
    html = client.get("/me/").content.decode()
    for address in ("/accounts/2fa/", "/accounts/sessions/"):
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200


def test_sessions_are_named_for_browser_and_device(db: None) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
    client = Client(headers={"User-Agent": agent})
    join(client)
    html = client.get("/accounts/sessions/").content.decode()
    assert "Chrome on Linux" in html
    assert f'title="{agent}"' in html
    assert "Where you are signed in" in html


def test_account_pages_write_their_words_as_we_do(client: Client, alice: Person) -> None:
    client.force_login(alice)
    html = client.get("/accounts/2fa/").content.decode()
    assert '<h1 tabindex="-1">Two-factor authentication</h1>' in html
