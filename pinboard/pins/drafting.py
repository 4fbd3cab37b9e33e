"""From files or a pasted link to pictures that are offered, and from those to pins.

A draft is made at once and, when it comes from a link, read in the background by
jobs.read_draft. It carries its state in the database, so a reading that died is started again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.images.models import Picture
from pinboard.ingest.links import absolute, site_of
from pinboard.ingest.page import PageVisit, read_link
from pinboard.ingest.reading import PageImage
from pinboard.live.events import DraftSettled
from pinboard.live.publish import publish
from pinboard.people import uploads
from pinboard.people.models import Person
from pinboard.pins import offering
from pinboard.pins.before import page_digest
from pinboard.pins.freshness.visiting import keep_pasted
from pinboard.pins.models import Draft, DraftPicture, Source
from pinboard.web.ratelimit import count_up

# Pictures that one draft holds, whether they come at once or one after another.
MAX_FILES = 30
FULL = f"Up to {MAX_FILES} pictures wait together. Pin those you have, then add more."
# A reading that has not ended by then has died. After so many, the page is given up.
PATIENCE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
GIVEN_UP = "This page could not be read. Try again, or save the picture and add it yourself."
# Pictures of other pages that are added at once while somebody waits.
MAX_AT_ONCE = 4
UNREACHABLE = (
    "No picture could be fetched from there. Save the picture and add the file; to keep a page,"
    " make a new pin from its link."
)
# Pictures that may come along with a link.
MAX_WANTED = 30
# Pages of one person that are read at the same time; there are few workers for everybody.
MAX_READINGS = 4
# Pages of one host that are begun in a minute, whoever asks: nobody's site is flooded through us.
MAX_OF_HOST = 30


class TooManyOfHost(PinboardError):
    code = "too_many_of_host"
    status = 429

    def __init__(self, host: str, wait_seconds: int) -> None:
        super().__init__(
            f"Many pages of {host} are being read. Try again in {wait_seconds} seconds."
        )
        self.retry_after_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that did not become a picture, and why, in a sentence."""

    name: str
    message: str


def draft_from_files(
    *, owner: Person, files: Iterable[UploadedFile[Any]], draft: Draft | None = None
) -> tuple[Draft | None, list[Refusal]]:
    """Offer uploaded pictures, in a new draft or in one that exists.

    Returns the draft (None when no file was a picture and none was given) and the files that
    were refused; the good ones are kept all the same. Raises PinboardError "uploads_busy".
    """
    pictures: list[Picture] = []
    refusals: list[Refusal] = []
    room = MAX_FILES - (draft.offers.count() if draft else 0)
    with uploads.place():
        for file in files:
            try:
                if len(pictures) >= room:
                    raise PinboardError(FULL, code="draft_full")
                pictures.append(uploads.store_upload(file, owner_id=owner.pk))
            except PinboardError as error:
                refusals.append(Refusal(file.name or "", error.message))
    if pictures:
        with transaction.atomic():
            draft = draft or Draft.objects.create(person=owner, state=Draft.State.READY)
            offer(draft, [(picture, "") for picture in pictures])
    return draft, refusals


@dataclass(frozen=True, slots=True)
class Brought:
    """What came along with a link. media: addresses of pictures, also relative to the link.

    is_small: from the small window of a save button or the bookmarklet.
    """

    media: Sequence[str] = ()
    title: str = ""
    description: str = ""
    is_small: bool = False


def draft_from_link(*, owner: Person, link: str, brought: Brought = Brought()) -> Draft:
    """Remember a link and have it read in the background.

    Raises PinboardError "too_many_readings", and TooManyOfHost.
    """
    from pinboard.pins.jobs import read_draft  # jobs call deeds; deeds enqueue them

    if owner.drafts.filter(state=Draft.State.READING).count() >= MAX_READINGS:
        raise PinboardError(
            f"{MAX_READINGS} of your pages are still being read. Wait until one of them is done.",
            code="too_many_readings",
            status=429,
        )
    host = urlsplit(link).hostname or ""
    if wait := count_up("pages-of-host", host, limit=MAX_OF_HOST, seconds=60):
        raise TooManyOfHost(host, wait)
    draft = Draft.objects.create(
        person=owner,
        link=link,
        state=Draft.State.READING,
        wanted=wanted_of(link, brought.media),
        title=brought.title[:200],
        description=brought.description[:2000],
        is_small=brought.is_small,
    )
    read_draft.enqueue(draft.pk)
    return draft


def describe(draft: Draft, brought: Brought, *, link: str = "") -> None:
    """Give uploaded pictures the words that came with them, and the page they lead to.

    The page is read in the background; if it cannot be, the pictures are there all the same.
    """
    from pinboard.pins.jobs import read_draft  # jobs call deeds; deeds enqueue them

    draft.title, draft.description = brought.title[:200], brought.description[:2000]
    fields = ["title", "description"]
    if link:
        draft.link, draft.state = link, Draft.State.READING
        fields += ["link", "state"]
    draft.save(update_fields=fields)
    if link:
        read_draft.enqueue(draft.pk)


def wanted_of(link: str, media: Iterable[str]) -> list[dict[str, str]]:
    """Addresses of pictures as a draft keeps them: absolute, each once, what is none left out."""
    urls = (absolute(link, address) for address in media)
    return [{"url": url} for url in dict.fromkeys(urls) if url][:MAX_WANTED]


def add_from_web(draft: Draft, media: Iterable[str]) -> None:
    """Offer pictures of other pages in a draft that is being filled in; somebody waits for it.

    Raises PinboardError "uploads_busy", "draft_full", and "picture_unreachable" when none came.
    """
    room = MAX_FILES - draft.offers.count()
    if room <= 0:
        raise PinboardError(FULL, code="draft_full")
    urls = [one["url"] for one in wanted_of(draft.link, media)][: min(room, MAX_AT_ONCE)]
    wanted = [PageImage(url=url, found_in="link") for url in urls]
    with uploads.place():
        pictures = offering.gather(owner_id=draft.person_id, wanted=wanted, found=())
    if not pictures:
        raise PinboardError(UNREACHABLE, code="picture_unreachable")
    offer(draft, pictures)


def begin_reading(draft_id: int) -> Draft | None:
    """The draft, if it is to be read now and nobody else reads it; given up if that died often."""
    now = timezone.now()
    due = Draft.objects.filter(pk=draft_id, state=Draft.State.READING, retry_at__lte=now)
    if due.filter(attempts__lt=MAX_ATTEMPTS).update(
        attempts=F("attempts") + 1, retry_at=now + PATIENCE
    ):
        return Draft.objects.filter(pk=draft_id).first()
    for draft in due:
        _fail(draft, GIVEN_UP)
    return None


def read(draft: Draft) -> None:
    """Read a draft's page and fetch the pictures it offers; record what went wrong.

    Safe to run twice: sources are found by address, pictures by content, and only the first to
    end changes the draft.
    """
    try:
        visit, pictures = _visit(draft)
    except PinboardError as error:
        _fail(draft, error.message)
        return
    except Exception:
        # Unknown to us, so it is loud; the sweep begins again as long as there are attempts.
        if draft.attempts >= MAX_ATTEMPTS:
            _fail(draft, GIVEN_UP)
        raise
    with transaction.atomic():
        draft.source = keep_source(link=draft.link, visit=visit) if visit else _unread(draft.link)
        if _settle(draft, Draft.State.READY):
            offer(draft, pictures)


def _visit(draft: Draft) -> tuple[PageVisit | None, list[tuple[Picture, str]]]:
    """The page, and the pictures to offer. A page that cannot be read (it may be for its members
    only) is None when pictures that came along with its link can be had."""
    wanted = [PageImage(url=one["url"], found_in="link") for one in draft.wanted]
    visit, failure = None, None
    try:
        visit = read_link(draft.link, allow=settings.FETCH_ALLOW, on_behalf_of=settings.FETCH_AS)
    except PinboardError as error:
        failure = error
    found = visit.reading.pictures if visit else ()
    pictures = offering.gather(owner_id=draft.person_id, wanted=wanted, found=found)
    if failure and not pictures and not draft.offers.exists():
        raise failure
    return visit, pictures


def keep_unread(draft: Draft) -> None:
    """Its page could not be read, but somebody added pictures: they lead there all the same."""
    draft.source, draft.state, draft.error = _unread(draft.link), Draft.State.READY, ""
    draft.save(update_fields=["source", "state", "error"])


def _unread(link: str) -> Source:
    """The source of a page that could not be read: whatever was known of it stays."""
    source, _ = Source.objects.get_or_create(
        url_digest=hashlib.sha256(link.encode()).hexdigest(),
        defaults={
            "url": link,
            "page_digest": page_digest(link),
            "site_name": site_of(link)[:200],
        },
    )
    return source


def keep_source(*, link: str, visit: PageVisit) -> Source:
    """The source for a link, with its newest reading.

    We keep the address as it was pasted: pages behind a consent screen redirect elsewhere.
    """
    source, _ = Source.objects.get_or_create(
        url_digest=hashlib.sha256(link.encode()).hexdigest(),
        defaults={"url": link, "site_name": visit.reading.site_name[:200]},
    )
    digest = page_digest(link, visit.reading.canonical_url)
    Source.objects.filter(pk=source.pk).exclude(page_digest=digest).update(page_digest=digest)
    keep_pasted(source_id=source.pk, visit=visit)
    source.refresh_from_db()
    return source


def offer(draft: Draft, pictures: Sequence[tuple[Picture, str]]) -> None:
    DraftPicture.objects.bulk_create(
        [DraftPicture(draft=draft, picture=picture, alt=alt[:500]) for picture, alt in pictures],
        ignore_conflicts=True,
    )


def end(draft: Draft, *, led_to: str) -> None:
    """It has become pins, at this address; it stays for whoever sends the form again."""
    draft.offers.all().delete()
    draft.state, draft.led_to = Draft.State.PINNED, led_to
    draft.save(update_fields=["state", "led_to"])


def _fail(draft: Draft, sentence: str) -> None:
    """The page could not be read. Pictures that wait already are worth more than the reason."""
    if draft.offers.exists():
        draft.source = _unread(draft.link)
        _settle(draft, Draft.State.READY)
    else:
        _settle(draft, Draft.State.FAILED, error=sentence)


def _settle(draft: Draft, state: Draft.State, *, error: str = "") -> bool:
    """End a reading, unless it has ended already. Returns whether this was the end."""
    reading = Draft.objects.filter(pk=draft.pk, state=Draft.State.READING)
    if not reading.update(state=state, error=error[:400], source=draft.source):
        return False
    publish(DraftSettled(draft=draft.pk), people=[draft.person_id])
    return True
