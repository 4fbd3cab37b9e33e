"""From files or a pasted link to pictures that are offered, and from those to pins.

A draft is made at once and, when it comes from a link, read in the background by
jobs.read_draft. It carries its state in the database, so a reading that died is started again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from pinboard.ingest.page import PageVisit, fetch_picture, read_link
from pinboard.live.events import DraftSettled
from pinboard.live.publish import publish
from pinboard.people.models import Person
from pinboard.pins.models import Draft, DraftPicture, Source

# Pictures of a page that are fetched and offered. Fetching is polite: two at a time.
MAX_OFFERS = 8
MAX_TRIES = 14


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that did not become a picture, and why, in a sentence."""

    name: str
    message: str


def draft_from_files(
    *, owner: Person, files: Iterable[tuple[str, bytes]], draft: Draft | None = None
) -> tuple[Draft | None, list[Refusal]]:
    """Offer uploaded pictures, in a new draft or in one that exists.

    files: pairs of name and content. Returns the draft (None when no file was a picture and
    none was given) and the files that were refused; the good ones are kept all the same.
    """
    pictures: list[Picture] = []
    refusals: list[Refusal] = []
    for name, data in files:
        try:
            pictures.append(store_picture(data, owner_id=owner.pk))
        except PinboardError as error:
            refusals.append(Refusal(name, error.message))
    if pictures:
        with transaction.atomic():
            draft = draft or Draft.objects.create(person=owner, state=Draft.State.READY)
            offer(draft, [(picture, "") for picture in pictures])
    return draft, refusals


def draft_from_link(*, owner: Person, link: str) -> Draft:
    """Remember a pasted link and have it read in the background."""
    from pinboard.pins.jobs import read_draft  # jobs call deeds; deeds enqueue them

    draft = Draft.objects.create(person=owner, link=link, state=Draft.State.READING)
    read_draft.enqueue(draft.pk)
    return draft


def read(draft: Draft) -> None:
    """Read a draft's page and fetch the pictures it offers; record what went wrong.

    Safe to run twice: sources are found by address and pictures by content.
    """
    try:
        visit = read_link(draft.link, allow=settings.FETCH_ALLOW, on_behalf_of=settings.ORIGIN)
        found = _fetch_offers(visit)
    except PinboardError as error:
        _settle(draft, Draft.State.FAILED, error=error.message)
        return
    pictures: list[tuple[Picture, str]] = []
    for data, alt in found:
        try:
            pictures.append((store_picture(data, owner_id=draft.person_id), alt))
        except PinboardError:
            continue  # one picture of a page that is no picture; the others are offered
    with transaction.atomic():
        draft.source = keep_source(link=draft.link, visit=visit)
        offer(draft, pictures)
        _settle(draft, Draft.State.READY)


def keep_source(*, link: str, visit: PageVisit) -> Source:
    """The source for a link, with its newest reading.

    We keep the address as it was pasted: pages behind a consent screen redirect elsewhere.
    """
    source, _ = Source.objects.update_or_create(
        url_digest=hashlib.sha256(link.encode()).hexdigest(),
        defaults={
            "url": link,
            "site_name": visit.reading.site_name[:200],
            "kind": visit.reading.kind,
            "reading": visit.reading.to_json(),
            "read_at": timezone.now(),
        },
    )
    return source


def offer(draft: Draft, pictures: Sequence[tuple[Picture, str]]) -> None:
    DraftPicture.objects.bulk_create(
        [DraftPicture(draft=draft, picture=picture, alt=alt[:500]) for picture, alt in pictures],
        ignore_conflicts=True,
    )


def _settle(draft: Draft, state: Draft.State, *, error: str = "") -> None:
    draft.state, draft.error = state, error[:400]
    draft.save(update_fields=["state", "error", "source"])
    publish(DraftSettled(draft=draft.pk), people=[draft.person_id])


def _fetch_offers(visit: PageVisit) -> list[tuple[bytes, str]]:
    """The pictures of a page that could be fetched, in the page's order of merit."""

    def fetch(index: int) -> bytes | None:
        try:
            return fetch_picture(
                candidates[index].url, allow=settings.FETCH_ALLOW, on_behalf_of=settings.ORIGIN
            )
        except PinboardError:
            return None

    candidates = visit.reading.pictures[:MAX_TRIES]
    with ThreadPoolExecutor(max_workers=2) as pool:
        fetched = pool.map(fetch, range(len(candidates)))
        pairs = zip(fetched, candidates, strict=True)
        return [(data, image.alt) for data, image in pairs if data][:MAX_OFFERS]
