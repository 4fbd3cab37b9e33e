"""The share sheet: a draft by the person's own hand, and nothing by anybody else's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.models import Draft, Pin
from pinboard.pins.views.sharing import OURS
from tests.pins.test_create import picture, shop

__all__ = ["shop"]

FROM_THE_PHONE = {"Sec-Fetch-Site": "none"}


@pytest.fixture
def phone(alice: Person) -> Client:
    """As the share sheet posts: with the session, without a token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def share(client: Client, site: str = "none", **fields: Any) -> Any:
    headers = {"Sec-Fetch-Site": site} if site else {}
    return client.post("/share/", fields, headers=headers, follow=False)


def files(*names: str) -> list[SimpleUploadedFile]:
    colours = ("navy", "olive", "plum")
    return [
        SimpleUploadedFile(name, picture(colours[at]), "image/jpeg")
        for at, name in enumerate(names)
    ]


@pytest.mark.django_db(transaction=True)
def test_several_pictures_become_a_draft_and_no_pin(phone: Client) -> None:
    answer = share(phone, title="Holiday", text="By the sea", pictures=files("a.jpg", "b.jpg"))
    draft = Draft.objects.get()
    assert answer["Location"] == draft.get_absolute_url()
    assert draft.offers.count() == 2
    assert not Pin.objects.exists()
    html = phone.get(draft.get_absolute_url()).content.decode()
    assert html.count('value="Holiday"') == 2
    assert "By the sea</textarea>" in html


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "fields",
    [
        {"url": "{}/pasta"},
        {"text": "Look at this: {}/pasta."},
        {"title": "Pasta", "text": "{}/pasta"},
        {"title": "{}/pasta"},
    ],
)
def test_a_link_is_found_wherever_the_app_put_it(
    phone: Client, shop: str, fields: dict[str, str]
) -> None:
    answer = share(phone, **{name: words.format(shop) for name, words in fields.items()})
    draft = Draft.objects.get()
    assert draft.link == f"{shop}/pasta"
    assert draft.state == Draft.State.READY
    assert answer["Location"] == draft.get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_a_picture_with_its_page_leads_there(phone: Client, shop: str) -> None:
    share(phone, text=f"{shop}/pasta", pictures=files("a.jpg"))
    draft = Draft.objects.select_related("source").get()
    assert draft.source is not None
    assert draft.source.url == f"{shop}/pasta"
    offered = [offer.picture.width for offer in draft.offers.select_related("picture")]
    assert len(offered) == 3


@pytest.mark.django_db(transaction=True)
def test_a_picture_stays_when_its_page_cannot_be_read(phone: Client, shop: str) -> None:
    share(phone, text=f"{shop}/gone", pictures=files("a.jpg"))
    draft = Draft.objects.get()
    assert (draft.state, draft.offers.count()) == (Draft.State.READY, 1)


@pytest.mark.parametrize("site", ["", "cross-site", "same-site"])
def test_from_anybody_else_nothing_is_kept_and_nothing_fetched(phone: Client, site: str) -> None:
    assert share(phone, site, pictures=files("a.jpg")).status_code == 403
    answer = share(phone, site, url="https://evil.example/", title="Evil")
    assert answer["Location"].startswith("/pin/create/button/?url=https%3A%2F%2Fevil.example")
    assert not Draft.objects.exists()


def test_somebody_signed_out_signs_in_and_finds_the_link_again(client: Client, db: None) -> None:
    answer = share(client, text="See https://shop.example/lamp?a=1")
    assert "next=/pin/create/button/%3Furl%3Dhttps" in answer["Location"]
    assert "next=/create/" in share(client, pictures=files("a.jpg"))["Location"]
    assert not Draft.objects.exists()


def test_what_is_no_picture_gets_its_sentence(phone: Client) -> None:
    bad = SimpleUploadedFile("notes.txt", b"words", "text/plain")
    answer = phone.post("/share/", {"pictures": [bad]}, headers=FROM_THE_PHONE, follow=True)
    assert "notes.txt" in answer.content.decode()
    assert not Draft.objects.exists()


def test_words_alone_lead_to_where_one_can_add_something(phone: Client) -> None:
    answer = phone.post("/share/", {"text": "Hello"}, headers=FROM_THE_PHONE, follow=True)
    assert "no picture and no link" in answer.content.decode()


def test_the_session_comes_with_no_form_of_another_site() -> None:
    """The share target rests on it, and on Sec-Fetch-Site."""
    assert settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")
    assert set(OURS) == {"none", "same-origin"}


def test_the_manifest_offers_a_place_in_the_share_sheet(client: Client, db: None) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = json.loads(answer.content)
    target = said["share_target"]
    assert (target["action"], target["method"]) == ("/share/", "POST")
    assert target["enctype"] == "multipart/form-data"
    assert "image/jpeg" in target["params"]["files"][0]["accept"]
    assert {"192x192", "512x512"} <= {one["sizes"] for one in said["icons"]}
    sign_in = client.get("/accounts/login/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in sign_in
