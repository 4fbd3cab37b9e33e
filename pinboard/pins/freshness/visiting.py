"""One visit to a source: by itself, when it is due, or because somebody asked.

Nobody's press of a button waits for a stranger's server: asking takes the lease and a job reads.
robots.txt is about programs that come by themselves, so a visit somebody asked for does not look
at it; what a site asked for with Retry-After is obeyed by everybody.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.ingest.page import PageVisit, read_link, read_rules
from pinboard.ingest.robots import Rules
from pinboard.people.models import Person
from pinboard.pins.freshness import keeping, schedule
from pinboard.pins.freshness.models import Upkeep
from pinboard.pins.models import Source
from pinboard.web.ratelimit import count_up

#: How long we go by a site's robots.txt, and how soon one that could not be had is asked for again.
RULES_LAST = timedelta(hours=24)
BROKEN_RULES_LAST = timedelta(hours=1)
#: What is nobody's fault but ours is tried again soon.
BUSY_RETRY = timedelta(minutes=5)
#: Presses of "Read again": of one person in an hour, of one page by one person, by anybody.
ASKED_IN_AN_HOUR = 30
ASKED_APART_SECONDS = 600
READ_APART = timedelta(minutes=1)
MAX_OF_HOST = 30
STUMBLED = "Something went wrong on our side while reading this page. It is tried again later."


def visit_due(source_id: int) -> None:
    """The visit that was handed out: job and deed in one, safe to run twice."""
    upkeep = schedule.begin(source_id)
    if upkeep is None:
        return
    _visit(upkeep, is_asked=False)


def visit_asked(source_id: int, leased_until: str) -> None:
    """The visit that somebody asked for, under the lease that was taken then."""
    upkeep = Upkeep.objects.select_related("site", "source").filter(pk=source_id).first()
    if upkeep and upkeep.leased_until and upkeep.leased_until.isoformat() == leased_until:
        _visit(upkeep, is_asked=True)


def ask(*, actor: Person, source: Source) -> None:
    """Have a page read again now. Raises PinboardError with a sentence where that is too often."""
    from pinboard.pins.jobs import visit_source  # jobs call deeds; deeds enqueue them

    page, now = source.page, timezone.now()
    host = urlsplit(page.url).hostname or ""
    site = schedule.site_of(page.url)
    upkeep, _ = Upkeep.objects.get_or_create(source=page, defaults={"site": site})
    if upkeep.tried_at and now - upkeep.tried_at < READ_APART:
        raise PinboardError("This page was read just now.", code="read_just_now", status=429)
    _refuse_while_told_to_wait(upkeep, host)
    waits = (
        count_up("ask-again", f"{actor.pk}-{page.pk}", limit=2, seconds=ASKED_APART_SECONDS),
        count_up("ask-again", f"{actor.pk}", limit=ASKED_IN_AN_HOUR, seconds=3600),
        count_up("pages-of-host", host, limit=MAX_OF_HOST, seconds=60),
    )
    if wait := max(waits):
        minutes = -(-wait // 60)
        raise PinboardError(
            "You had this page read again a moment ago. Try again in "
            f"{minutes} minute{'' if minutes == 1 else 's'}.",
            code="asked_often",
            status=429,
        )
    with transaction.atomic():
        leased = schedule.lease(page.pk, begun_at=now)
        if leased and leased.leased_until:
            visit_source.enqueue(page.pk, leased.leased_until.isoformat())


def is_being_read(upkeep: Upkeep | None) -> bool:
    return bool(upkeep and upkeep.leased_until and upkeep.leased_until > timezone.now())


def _refuse_while_told_to_wait(upkeep: Upkeep, host: str) -> None:
    """A site that asked us to come back later said it about everybody."""
    left = (upkeep.site.free_at - timezone.now()).total_seconds()
    # The pace of our own visits is shorter than anything worth asking for.
    if left > max(60, 2 * upkeep.site.pace_seconds):
        minutes = int(-(-left // 60))
        raise PinboardError(
            f"{host} asked us to come back in {minutes} minutes. Try again then.",
            code="site_is_busy",
            status=429,
        )


def _visit(upkeep: Upkeep, *, is_asked: bool) -> None:
    try:
        visit = _read(upkeep, rules=None if is_asked else _rules_of(upkeep))
    except PinboardError as error:
        if error.code == "sandbox_busy":
            schedule.give_back(upkeep, after=BUSY_RETRY)
            return
        _settle(upkeep, error)
    except Exception:
        # Unknown to us, so it is loud; and no reason to come back at once.
        _settle(upkeep, PinboardError(STUMBLED, code="stumbled"))
        raise
    else:
        _settle(upkeep, visit)


def _read(upkeep: Upkeep, *, rules: Rules | None) -> PageVisit:
    return read_link(
        upkeep.source.url,
        allow=settings.FETCH_ALLOW,
        on_behalf_of=settings.FETCH_AS,
        known=keeping.validators_of(upkeep),
        rules=rules,
    )


def _rules_of(upkeep: Upkeep) -> Rules:
    """The site's robots.txt as we know it, asked for again once a day."""
    site, now = upkeep.site, timezone.now()
    if site.robots_until is None or site.robots_until <= now:
        rules = read_rules(
            upkeep.source.url, allow=settings.FETCH_ALLOW, on_behalf_of=settings.FETCH_AS
        )
        site.robots, site.robots_known = rules.text, rules.is_known
        site.pace_seconds = round(rules.delay_seconds)
        site.robots_until = now + (RULES_LAST if rules.is_known else BROKEN_RULES_LAST)
        site.save(update_fields=["robots", "robots_known", "pace_seconds", "robots_until"])
    return Rules(site.robots, site.robots_known, float(site.pace_seconds))


@transaction.atomic
def _settle(upkeep: Upkeep, outcome: PageVisit | PinboardError) -> None:
    """Write down how it went, unless the lease ran out and somebody else has it now."""
    source = Source.objects.select_for_update().filter(pk=upkeep.pk).first()
    held = Upkeep.objects.select_for_update().filter(pk=upkeep.pk).first()
    if source is None or held is None or held.leased_until != upkeep.leased_until:
        return
    if isinstance(outcome, PageVisit):
        keeping.keep_visit(source, held, outcome)
    else:
        keeping.keep_failure(source, held, outcome)


@transaction.atomic
def keep_pasted(*, source_id: int, visit: PageVisit) -> None:
    """The page of a link that was pasted again was read just now: as good as any other visit."""
    source = Source.objects.select_for_update().get(pk=source_id)
    Upkeep.objects.get_or_create(source=source, defaults={"site": schedule.site_of(source.url)})
    held = Upkeep.objects.select_for_update().get(pk=source_id)
    lease = held.leased_until
    keeping.keep_visit(source, held, visit)
    if lease:  # somebody else reads it too; their end is theirs
        Upkeep.objects.filter(pk=source_id).update(leased_until=lease)
