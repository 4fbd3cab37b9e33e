"""Input no page of ours sends: zero bytes, numbers beyond measure, words as a way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import path

from pinboard.people.models import Person
from pinboard.web.answers import done

AS_SCRIPT = {"Accept": "application/json"}


def told(request: HttpRequest, words: str = "") -> HttpResponse:
    if request.GET.get("deed") == "overflow":
        raise OverflowError("Python int too large to convert to SQLite INTEGER")
    sizes = [len(file.read()) for file in request.FILES.values() if not isinstance(file, list)]
    return JsonResponse({"words": words, "sizes": sizes, "text": request.POST.get("text", "")})


urlpatterns = [path("told/", told), path("told/<str:words>/", told)]


@pytest.fixture
def told_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.django_db
@pytest.mark.usefixtures("told_pages")
@pytest.mark.parametrize("address", ["/told/a%00b/", "/told/?q=a%00b", "/told/?%00=1"])
def test_a_zero_byte_in_an_address_is_a_bad_request(client: Client, address: str):
    answer = client.get(address, headers=AS_SCRIPT)
    assert (answer.status_code, answer.json()["code"]) == (400, "zero_byte")


@pytest.mark.django_db
@pytest.mark.usefixtures("told_pages")
def test_a_zero_byte_in_a_form_is_a_bad_request_and_in_a_file_is_a_file(client: Client):
    file = SimpleUploadedFile("picture.png", b"\0\0\0")
    for said in ({"text": "a\0b"}, {"text": "a\0b", "file": file}, {"a\0b": "text"}):
        assert client.post("/told/", said, headers=AS_SCRIPT).status_code == 400
    file.seek(0)
    answer = client.post("/told/", {"text": "ab", "file": file}, headers=AS_SCRIPT)
    assert answer.json() == {"words": "", "sizes": [3], "text": "ab"}


@pytest.mark.django_db
@pytest.mark.usefixtures("told_pages")
def test_a_percent_sign_that_means_itself_is_allowed(client: Client):
    assert client.get("/told/?q=100%2500").status_code == 200


@pytest.mark.django_db
def test_a_zero_byte_in_the_session_cookie_is_nobody(client: Client, settings: Any):
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\0ijkl"
    answer = client.get("/messages/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/messages/")


@pytest.mark.django_db
@pytest.mark.usefixtures("told_pages")
def test_a_number_no_database_can_hold_is_a_bad_request(client: Client):
    answer = client.get("/told/?deed=overflow", headers=AS_SCRIPT)
    assert (answer.status_code, answer.json()["code"]) == (400, "number_too_large")


def test_a_conversation_with_a_person_of_thirty_digits_is_refused(client: Client, alice: Person):
    client.force_login(alice)
    for number in ("9" * 30, "9" * 19, "-" + "9" * 30):
        answer = client.post("/messages/new/", {"people": number, "text": "hello"})
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("/pins/7/?a=1#b", "/pins/7/?a=1#b"),
        ("/", "/"),
        ("foo", "/fallback/"),
        ("pins:home", "/fallback/"),
        ("", "/fallback/"),
        ("//evil.example/", "/fallback/"),
        ("/\\evil.example/", "/fallback/"),
        ("https://evil.example/", "/fallback/"),
        ("/[", "/["),
        ("//[", "/fallback/"),
    ],
)
def test_after_a_deed_only_addresses_of_ours_lead_back(wanted: str, address: str):
    answer = done(RequestFactory().post("/", {"next": wanted}), "/fallback/")
    assert (answer.status_code, answer["Location"]) == (302, address)
