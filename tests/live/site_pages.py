"""The pages of tests/live/site.py."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator

from django.contrib.auth import get_user_model, login, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from pinboard.live.events import MessagePosted, Notified
from pinboard.live.hearing import Audience, on_typing
from pinboard.live.publish import publish
from pinboard.web.files import FileAnswer
from tests.live import site

BACKEND = "django.contrib.auth.backends.ModelBackend"
MEMBERS = {7: {1: "Alice", 2: "Bob"}}
begun, holding = threading.Event(), threading.Event()


@on_typing
def audience(person: int, conversation: int) -> Audience | None:
    members = MEMBERS.get(conversation, {})
    return Audience(members, members[person]) if person in members else None


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def enter(request: HttpRequest) -> HttpResponse:
    person = get_user_model().objects.get(username=request.GET["name"])
    login(request, person, backend=BACKEND)
    return JsonResponse({"id": person.pk})


def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("bye")


def change(request: HttpRequest) -> HttpResponse:
    person = get_user_model().objects.get(username=request.GET["name"])
    if "password" in request.GET:
        person.set_password(request.GET["password"])
    else:
        person.is_active = False
    person.save()
    return HttpResponse("changed")


def say(request: HttpRequest) -> HttpResponse:
    """Publish `times` messages of `size` letters to people, from this page's thread."""
    people = [int(word) for word in request.GET["people"].split(",")]
    html = request.GET.get("text", "") or "x" * int(request.GET.get("size", 1))
    for number in range(1, int(request.GET.get("times", 1)) + 1):
        event = MessagePosted(conversation=7, number=number, after=number - 1, html=html)
        publish(event, people=people)
    return HttpResponse(threading.current_thread().name)


def notify(request: HttpRequest) -> HttpResponse:
    publish(Notified(), people=[int(request.GET["person"])])
    return HttpResponse("told")


def receive(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    size = file.size if file else len(request.body)
    return JsonResponse({"size": size, "connection": id(connection.connection)})


def hold(request: HttpRequest) -> HttpResponse:
    """Answers once /release/ has been asked."""
    begun.set()
    holding.wait(20)
    return HttpResponse("held")


def is_held(request: HttpRequest) -> HttpResponse:
    """Answers once /hold/ is being worked on."""
    begun.wait(20)
    return HttpResponse("held")


def release(request: HttpRequest) -> HttpResponse:
    holding.set()
    return HttpResponse("released")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        for number in range(5):
            yield f"{number}:{threading.current_thread().name}\n"

    return StreamingHttpResponse(parts(), content_type="text/plain")


def file(request: HttpRequest) -> FileAnswer:
    return FileAnswer(request, site.DATA_DIR / "big.bin", etag="one")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def weight(request: HttpRequest) -> JsonResponse:
    """Peak resident memory of this process in KB, and its page threads."""
    pages = [t.name for t in threading.enumerate() if t.name.startswith("page")]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return JsonResponse({"peak_kb": peak, "threads": sorted(pages)})


urlpatterns = [
    path(f"{view.__name__.replace('_', '-')}/", view)
    for view in (
        hello, enter, leave, change, say, notify, receive, hold, is_held, release, stream,
        file, broken, weight,
    )
]  # fmt: skip
