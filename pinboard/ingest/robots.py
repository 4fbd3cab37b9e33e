"""What a site asks of programs that come by themselves: its robots.txt (RFC 9309).

Asked before the automatic visits only. Somebody who pastes a link or presses "Read again" visits
as a browser does, and robots.txt is not about them.

A file of rules is as hostile as any page, so it is fetched through the guard and read in the
sandbox: `ask` fetches it, `gate` decides within the visit, for every address on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from pinboard.ingest.errors import FetchFailed, FetchUnwelcome
from pinboard.ingest.fetch import Limits, MayGo, fetch
from pinboard.ingest.links import Link

#: The name by which rules may single us out; the first word of our User-Agent.
AGENT = "Pinboard"
RULES = Limits(wants="text", connect_seconds=3.0, total_seconds=8.0)
#: A site may ask for more time between two visits, up to this much.
MAX_DELAY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """text: the file, at most RULES.text_bytes of it; "" where there is none, and all is open.

    is_known: False while the site fails to say (5xx, 429): then we stay away for now.
    delay_seconds: what it asks for between two visits; 0 where it does not say.
    """

    text: str = ""
    is_known: bool = True
    delay_seconds: float = 0.0


def origin_of(url: str) -> str:
    """ "https://shop.example:8443": whom the rules belong to; lower case, port only if given."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def ask(url: str, *, allow: Sequence[str] = (), on_behalf_of: str = "") -> Rules:
    """Fetch and read the rules of the site that a page is on. Only in the sandbox.

    Raises FetchRefused and FetchFailed where the site cannot be reached at all.
    """
    try:
        answer = fetch(
            f"{origin_of(url)}/robots.txt", limits=RULES, allow=allow, on_behalf_of=on_behalf_of
        )
    except FetchFailed as error:
        if not error.answer_status:
            raise
        # Section 2.3.1: what is not there forbids nothing; what is broken forbids all for now.
        return Rules(is_known=error.answer_status < 500 and error.answer_status != 429)
    text = answer.body.decode("utf-8", "replace").replace("\x00", "")
    return Rules(text=text, delay_seconds=_delay(text))


def gate(rules: Rules, *, url: str, allow: Sequence[str], on_behalf_of: str) -> MayGo:
    """For fetch(): keeps to the rules of the site of url, and of any other it sends us on to."""
    known = {origin_of(url): rules}

    def may_go(link: Link) -> None:
        origin = origin_of(link.url)
        if origin not in known:
            known[origin] = ask(link.url, allow=allow, on_behalf_of=on_behalf_of)
        if not permits(known[origin], link.url):
            raise FetchUnwelcome(f"{link.host} asks programs not to visit this page.")

    return may_go


def permits(rules: Rules, url: str) -> bool:
    if not rules.text:
        return rules.is_known
    return bool(Protego.parse(rules.text).can_fetch(url, AGENT))


def _delay(text: str) -> float:
    """Seconds between visits by Crawl-delay or Request-rate, whichever is longer."""
    rules = Protego.parse(text)
    delay = rules.crawl_delay(AGENT) or 0.0
    rate = rules.request_rate(AGENT)
    if rate and rate.requests:
        delay = max(delay, rate.seconds / rate.requests)
    return min(max(delay, 0.0), MAX_DELAY_SECONDS)
