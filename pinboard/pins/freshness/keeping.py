"""What a visit changes: the reading and its age, the history of its price, the page's state.

A source is in one of these states:
  ""       it answered the last time
  failing  it could not be read, and what was read before is kept
  gone     it does not exist any more (404, 410), or has failed for two weeks; kept as well
  closed   its site asks programs to stay away; it is read when somebody presses "Read again"

Everything here runs inside a transaction that holds the source's row, then its upkeep's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.ingest.answers import NOTHING_KNOWN, Validators
from pinboard.ingest.errors import FetchFailed, FetchUnwelcome
from pinboard.ingest.page import PageVisit
from pinboard.pins.facts import money
from pinboard.pins.freshness.corrections import laid_over
from pinboard.pins.freshness.models import PricePoint, Site, SourceChange, Upkeep
from pinboard.pins.freshness.prices import Base, Change, Seen, observe, seen_in
from pinboard.pins.freshness.schedule import next_due, scattered
from pinboard.pins.models import Pin, Source
from pinboard.pins.read_times import PRICES_HOLD, price_holds
from pinboard.pins.signals import facts_changed, pin_changed

FAILING, GONE, CLOSED = "failing", "gone", "closed"
#: Changes of price that are remembered of one source; the oldest go first.
MOST_POINTS = 100
#: A page that has failed for so long, and so often, counts as gone.
GONE_AFTER = timedelta(days=14)
GONE_FAILURES = 5
FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=2)
LONGEST_RETRY_OF_GONE = timedelta(days=30)
CLOSED_RETRY = timedelta(days=7)
#: A page that was read longer ago is read whole, and every page on one day of so many.
ASKED_WITHIN = timedelta(days=7)
WHOLE_EVERY_DAYS = 30
#: How long a card says that something is cheaper than it was, or is back.
NEWS_LAST = timedelta(days=14)
SAYS_NOTHING = (
    "The page answers, but does not say any more what it said before. What was read is kept."
)


def keep_visit(source: Source, upkeep: Upkeep, visit: PageVisit) -> None:
    """The page answered. A page that only says less than nothing any more counts as failing."""
    now = timezone.now()
    reading = source.reading if visit.is_unchanged else visit.reading.to_json()
    lost = source.kind != "plain" and reading.get("kind", "plain") == "plain"
    if lost and not visit.is_unchanged:
        keep_failure(source, upkeep, FetchFailed(SAYS_NOTHING, code="says_nothing"))
        return
    before, seen = seen_in(source.reading), seen_in(reading)
    _be_well(upkeep, visit.validators, now)
    is_priced = seen.price is not None or bool(seen.stock)
    changes = _remember_price(source, upkeep, seen, now)
    upkeep.outcome = _outcome(before, seen, changes, is_same=reading == source.reading)
    source.news = _news(source, upkeep, seen, changes, now)
    _write(
        source,
        reading=reading,
        site_name=source.site_name if visit.is_unchanged else visit.reading.site_name[:200],
        read_at=now,
        state="",
        # Open windows that show a price show its age as well.
        is_shown=is_priced,
    )
    upkeep.due_at = next_due(source, now=now)
    _end(upkeep, now)


def keep_failure(source: Source, upkeep: Upkeep, error: PinboardError) -> None:
    """It could not be read: what was read stays, and the page is tried later and later."""
    now = timezone.now()
    upkeep.outcome = error.message[:400]
    if isinstance(error, FetchUnwelcome):
        upkeep.failures, upkeep.failing_since = 0, None
        state, retry = CLOSED, CLOSED_RETRY
    else:
        upkeep.failures = min(upkeep.failures + 1, 30_000)
        upkeep.failing_since = upkeep.failing_since or now
        is_long = now - upkeep.failing_since >= GONE_AFTER and upkeep.failures >= GONE_FAILURES
        is_gone = error.code == "fetch_gone" or is_long or source.state == GONE
        state = GONE if is_gone else FAILING
        longest = LONGEST_RETRY_OF_GONE if is_gone else LONGEST_RETRY
        first = timedelta(days=1) if is_gone else FIRST_RETRY
        retry = min(first * (1 << min(upkeep.failures - 1, 12)), longest)
    asked = timedelta(seconds=getattr(error, "come_back_seconds", 0))
    if asked:
        site = Site.objects.filter(pk=upkeep.site_id, free_at__lt=now + asked)
        site.update(free_at=now + asked)
    if source.news and (source.read_at is None or now - source.read_at > PRICES_HOLD):
        source.news = None
    _write(source, state=state)
    upkeep.due_at = max(now + scattered(retry), now + asked) if upkeep.due_at else None
    _end(upkeep, now)


def validators_of(upkeep: Upkeep) -> Validators:
    """What to ask with: whether the page is another than the one that was read.

    Now and then it is read whole all the same: our readers learn, and sites err about what is new.
    """
    now, read_at = timezone.now(), upkeep.source.read_at
    is_its_day = (now.toordinal() + upkeep.pk) % WHOLE_EVERY_DAYS == 0
    if not upkeep.read_from or is_its_day or not read_at or now - read_at > ASKED_WITHIN:
        return NOTHING_KNOWN
    return Validators(upkeep.read_from, upkeep.etag, upkeep.last_modified)


def _be_well(upkeep: Upkeep, validators: Validators, now: datetime) -> None:
    upkeep.failures, upkeep.failing_since = 0, None
    upkeep.read_from = validators.url[:2048]
    upkeep.etag, upkeep.last_modified = validators.etag, validators.last_modified


def _end(upkeep: Upkeep, now: datetime) -> None:
    upkeep.attempts, upkeep.leased_until, upkeep.handed_at = 0, None, None
    upkeep.tried_at = now
    upkeep.save()


def _remember_price(source: Source, upkeep: Upkeep, seen: Seen, now: datetime) -> list[Change]:
    """A point of history where it differs from the last; what there is to tell is noted down."""
    last = PricePoint.objects.filter(source=source).order_by("-pk").first()
    known = Seen(last.price, last.currency, last.stock) if last else Seen()
    if seen != known and (last or seen != Seen()):
        PricePoint.objects.create(
            source=source, at=now, price=seen.price, currency=seen.currency, stock=seen.stock
        )
        points = PricePoint.objects.filter(source=source).order_by("-pk")
        oldest = points.values_list("pk", flat=True)[MOST_POINTS : MOST_POINTS + 1].first()
        if oldest:
            PricePoint.objects.filter(source=source, pk__lte=oldest).delete()
    base, changes = observe(_base_of(source, upkeep), seen, now=now)
    upkeep.base_price, upkeep.base_currency = base.price, base.currency
    upkeep.base_stock, upkeep.risen_at, upkeep.back_at = base.stock, base.risen_at, base.back_at
    SourceChange.objects.bulk_create(
        SourceChange(
            source=source,
            kind=one.kind,
            at=now,
            was=one.was,
            price=one.price,
            currency=one.currency,
        )
        for one in changes
    )
    return changes


def _base_of(source: Source, upkeep: Upkeep) -> Base:
    """Where nothing was remembered yet, what was read before is what it cost."""
    if upkeep.base_price is None and not upkeep.base_stock:
        seen = seen_in(source.reading)
        return Base(seen.price, seen.currency, seen.stock)
    return Base(
        upkeep.base_price,
        upkeep.base_currency,
        upkeep.base_stock,
        upkeep.risen_at,
        upkeep.back_at,
    )


def _news(
    source: Source, upkeep: Upkeep, seen: Seen, changes: list[Change], now: datetime
) -> dict[str, Any] | None:
    """What cards say of it: the newest change while it is true, for two weeks at most."""
    for change in changes:  # that it got cheaper is told first and says more
        news: dict[str, Any] = {"kind": change.kind, "since": now.isoformat()}
        return news | ({"was": str(change.was)} if change.was is not None else {})
    news = source.news or {}
    if not news or now - datetime.fromisoformat(news["since"]) > NEWS_LAST:
        return None
    is_over = seen.stock == "out_of_stock" or (news["kind"] == "cheaper" and upkeep.risen_at)
    return None if is_over or seen.price is None else news


def _outcome(before: Seen, seen: Seen, changes: list[Change], *, is_same: bool) -> str:
    """What came of reading, in a sentence for whoever asked for it."""
    now, was = money(str(seen.price or ""), seen.currency), ""
    if before.currency == seen.currency and before.price != seen.price:
        was = money(str(before.price or ""), before.currency)
    if any(change.kind == "back" for change in changes):
        return f"It is back in stock{f', for {now}' if now else ''}."
    if now and was:
        return f"It costs {now} now; it was {was} before."
    if seen.stock == "out_of_stock" != before.stock:
        return "It is sold out now."
    if is_same:
        return "Nothing has changed on the page."
    return f"The page was read again: it costs {now}." if now else "The page was read again."


def _write(source: Source, *, is_shown: bool = False, **fields: Any) -> None:
    """Write what differs, lay it under every correction, and tell whoever shows it."""
    before = Source.objects.get(pk=source.pk)
    for name, value in fields.items():
        setattr(source, name, value)
    if "reading" in fields:
        source.kind = source.reading.get("kind", source.kind)
    wanted = (*fields, "kind", "news")
    changed = [name for name in wanted if getattr(source, name) != getattr(before, name)]
    if not changed:
        return
    source.save(update_fields=changed)
    for copy in Source.objects.filter(corrected_from=source):
        lay_over(copy, source)
    if not is_shown and not set(changed) - {"read_at"}:
        return
    versions = [source.pk, *_copies(source)]
    facts_changed.send(Source, source_ids=versions)
    if is_shown and "reading" not in changed and not price_holds(before.read_at):
        # Search let go of the price when it became too old; what is the same is shown again.
        pins = Pin.objects.filter(source__in=versions)
        pin_changed.send(Pin, pin_ids=list(pins.values_list("pk", flat=True)))


def lay_over(copy: Source, page: Source) -> None:
    """Bring a corrected copy in line with its page and its corrections."""
    reading = laid_over(page.reading, copy.corrections or {})
    wanted = {
        "reading": reading,
        "kind": reading.get("kind", "plain"),
        "site_name": page.site_name,
        "page_digest": page.page_digest,
        "read_at": page.read_at,
        "state": page.state,
        "news": None if "product.price" in (copy.corrections or {}) else page.news,
    }
    changed = [name for name, value in wanted.items() if getattr(copy, name) != value]
    for name in changed:
        setattr(copy, name, wanted[name])
    if changed:
        copy.save(update_fields=changed)


def _copies(page: Source) -> list[int]:
    return list(Source.objects.filter(corrected_from=page).values_list("pk", flat=True))
