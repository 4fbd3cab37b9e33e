"""From a link to a reading: what the rest of Pinboard calls.

``read_link`` and ``fetch_picture`` do everything that touches strangers' bytes, the network
included, in a sandboxed child, and wait for it: call them from a job or a request's thread.
``read_page`` is the pure part in the middle.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

from pinboard import sandbox
from pinboard.ingest import money, oembed, robots, titles
from pinboard.ingest.answers import NOTHING_KNOWN, Validators
from pinboard.ingest.document import Document
from pinboard.ingest.errors import FetchFailed, FetchUnsupported
from pinboard.ingest.fetch import PAGE, PICTURE, Limits, fetch
from pinboard.ingest.links import is_same_site, site_of, without_tracking
from pinboard.ingest.merging import merge
from pinboard.ingest.readers import (
    html,
    jsonld,
    known,
    microdata,
    opengraph,
    pantry,
    rdfa,
    shop,
    twitter,
)
from pinboard.ingest.readers.offers import was
from pinboard.ingest.reading import PageImage, Reading

P = ParamSpec("P")
T = TypeVar("T")

#: In order of trust: what a site writes for machines first, what it writes for eyes last.
READERS: dict[str, Callable[[Document], Reading]] = {
    "jsonld": jsonld.read,
    "microdata": microdata.read,
    "rdfa": rdfa.read,
    "known": known.read,
    "opengraph": opengraph.read,
    "twitter": twitter.read,
    "html": html.read,
}

#: What reads known recipe sites takes 0.7 s to import: not in every child anew.
CHILDREN_MAY_IMPORT = ("pinboard.ingest.warm",)
#: On top of the fetch's own limit: parsing, and a resolver that does not answer. By the wall's
#: clock, and generous, because on a busy machine a child gets a tenth of a core.
_READING_SECONDS = 15.0
#: What a visit may take of a processor; pages that are not hostile take a twentieth of it.
_PROCESSOR_SECONDS = 5.0
_MEMORY_BYTES = 512 << 20


@dataclass(frozen=True, slots=True)
class PageVisit:
    """A page that was read. final_url: its address after redirects.

    validators: to be given as known the next time. is_unchanged: what was read then still holds,
    and reading is empty.
    """

    reading: Reading
    final_url: str
    validators: Validators = NOTHING_KNOWN
    is_unchanged: bool = False


def read_link(
    url: str,
    *,
    allow: Sequence[str] = (),
    limits: Limits = PAGE,
    on_behalf_of: str = "",
    known: Validators = NOTHING_KNOWN,
    rules: robots.Rules | None = None,
) -> PageVisit:
    """Fetch the page behind a link and read it; a picture's own address is a page with one picture.

    allow, on_behalf_of, known: as for `fetch`.
    rules: of the link's site (`read_rules`), for a visit that nobody asked for; None: a person did.
    Raises FetchRefused, FetchFailed, FetchTooLarge, FetchUnsupported, FetchUnwelcome or
    SandboxFailed, each with a sentence for the one who pasted the link.
    """
    return _in_sandbox(limits, _visit, url, tuple(allow), limits, on_behalf_of, known, rules)


def read_rules(url: str, *, allow: Sequence[str] = (), on_behalf_of: str = "") -> robots.Rules:
    """What the site of a page asks of programs. Raises FetchRefused, FetchFailed, SandboxFailed."""
    return _in_sandbox(robots.RULES, _ask, url, tuple(allow), on_behalf_of)


def fetch_picture(
    url: str, *, allow: Sequence[str] = (), limits: Limits = PICTURE, on_behalf_of: str = ""
) -> bytes:
    """The bytes of a picture: they begin like one, but have not been decoded. Raises as above."""
    return _in_sandbox(limits, _fetch_body, url, tuple(allow), limits, on_behalf_of)


def read_page(
    body: bytes, *, url: str, charset: str = "", ask: oembed.Ask | None = None
) -> Reading:
    """Read a page. Takes any bytes, and never raises.

    url: where it came from; absolute http(s). charset: from the Content-Type header, or "".
    ask: how to visit the address where the page's provider says more; None: not at all.
    """
    document = Document.parse(body, url=url, charset=charset)
    found: dict[str, Reading] = {}
    for name in READERS:
        if name == "twitter" and ask and oembed.is_worth_asking(found.values()):
            found["oembed"] = oembed.read(document, ask)
        if name != "known" or not known.is_whole(found.values(), document):
            found[name] = _read(name, document)
    reading = _completed(merge(_without_poor_lists(found, document)), document)
    return _finished(reading, url, headline=document.headline, locale=document.locale)


def _read(name: str, document: Document) -> Reading:
    try:
        return READERS[name](document)
    except Exception:  # noqa: BLE001 - a reader that stumbles must not cost what the others found
        return Reading()


def _without_poor_lists(found: dict[str, Reading], document: Document) -> dict[str, Reading]:
    """The same, but ingredients that lack much make way for a known site's own list."""
    own = found.get("known", Reading()).recipe.ingredients
    if not own:
        return found
    return {
        name: replace(reading, recipe=replace(reading.recipe, ingredients=()))
        if name != "known" and known.is_better(own, reading.recipe.ingredients, document)
        else reading
        for name, reading in found.items()
    }


def _completed(reading: Reading, document: Document) -> Reading:
    """The same, held against what people see on the page."""
    origins = dict(reading.origins)
    listed = reading.recipe.ingredients
    if listed and origins.get("recipe.ingredients") != "known":
        checked = pantry.checked(listed, document)
        return replace(reading, recipe=replace(reading.recipe, ingredients=checked))
    product = reading.product
    if reading.kind == "product":
        product = shop.completed(product, document)
        for name in ("availability", "brand"):
            if getattr(product, name) != getattr(reading.product, name):
                origins[f"product.{name}"] = "html"
    return replace(reading, product=product, origins=origins)


def _finished(reading: Reading, url: str, *, headline: str = "", locale: str = "") -> Reading:
    """What only the whole reading and its address can tell."""
    origins = dict(reading.origins)
    canonical = reading.canonical_url
    if not canonical or not is_same_site(canonical, url):
        canonical, origins["canonical_url"] = url, "link"  # a page may not speak for another site
    site_name = reading.site_name
    if not site_name:
        site_name, origins["site_name"] = site_of(url), "link"
    title = titles.shortened(reading.title, site_name, site_of(url), headline)
    if not title:
        title, origins["title"] = (
            headline or titles.from_address(url),
            "html" if headline else "link",
        )
    author = titles.name_alone(reading.author)
    if not author:
        origins.pop("author", None)
    product = reading.product
    if product.price and not product.currency:
        code = money.currency_of_country(money.country_of(locale))
        product, origins["product.currency"] = replace(product, currency=code), "link"
    return replace(
        reading,
        title=title,
        author=author,
        site_name=site_name,
        canonical_url=without_tracking(canonical),
        product=replace(product, previous_price=was(product.price, product.previous_price)),
        origins=origins,
    )


def _visit(
    url: str,
    allow: tuple[str, ...],
    limits: Limits,
    on_behalf_of: str,
    known: Validators,
    rules: robots.Rules | None,
) -> PageVisit:
    _be_brief_with_the_resolver()
    whoever = robots.gate(rules, url=url, allow=allow, on_behalf_of=on_behalf_of) if rules else None
    answer = fetch(
        url, limits=limits, allow=allow, on_behalf_of=on_behalf_of, known=known, may_go=whoever
    )
    reading = Reading()
    if answer.kind == "picture":
        picture = PageImage(url=answer.url, found_in="link")
        reading = _finished(Reading(pictures=(picture,)), answer.url)
    elif not answer.is_unchanged:

        def ask(address: str) -> bytes:
            return fetch(
                address,
                limits=oembed.LIMITS,
                allow=allow,
                on_behalf_of=on_behalf_of,
                may_go=whoever,
            ).body

        reading = read_page(answer.body, url=answer.url, charset=answer.charset, ask=ask)
    return PageVisit(reading, answer.url, answer.validators, answer.is_unchanged)


def _ask(url: str, allow: tuple[str, ...], on_behalf_of: str) -> robots.Rules:
    _be_brief_with_the_resolver()
    return robots.ask(url, allow=allow, on_behalf_of=on_behalf_of)


def _fetch_body(url: str, allow: tuple[str, ...], limits: Limits, on_behalf_of: str) -> bytes:
    _be_brief_with_the_resolver()
    return fetch(url, limits=limits, allow=allow, on_behalf_of=on_behalf_of).body


def _be_brief_with_the_resolver() -> None:
    """The C library's default is two tries of five seconds for each name server."""
    os.environ.setdefault("RES_OPTIONS", "timeout:2 attempts:2")


def _in_sandbox(
    limits: Limits, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    try:
        return sandbox.run(
            function,
            *args,
            seconds=limits.total_seconds + _READING_SECONDS,
            processor_seconds=_PROCESSOR_SECONDS,
            memory_bytes=_MEMORY_BYTES,
            lane="network",
        )
    except sandbox.SandboxFailed as error:
        if error.code == "sandbox_busy":
            raise
        if error.code == "sandbox_time":
            raise FetchFailed(
                "This page took too long to read. Try again later.", code="fetch_timeout"
            ) from error
        raise FetchUnsupported(
            "This page could not be read. Save a picture of it instead."
        ) from error
