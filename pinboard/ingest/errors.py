"""What can go wrong between a link and its reading, in sentences for the one who pasted it."""

from __future__ import annotations

from pinboard.errors import PinboardError


class FetchError(PinboardError):
    """A link that could not be read. The sentence stands beside the form field."""

    status = 422


class FetchRefused(FetchError):
    """We do not go there: a private address, a port or scheme of other services, a bad link.

    For addresses the sentence is always the same and nothing is connected to, so that nobody can
    learn from it what runs inside our network.
    """

    code = "fetch_refused"


class FetchFailed(FetchError):
    """We tried: no such name, no answer in time, a broken answer, or an answer that says no.

    answer_status: of the answer that said no; 0 where none came. come_back_seconds: how long the
    site asked us to stay away; 0 where it did not say.
    """

    code = "fetch_failed"
    answer_status = 0
    come_back_seconds = 0


class FetchUnwelcome(FetchError):
    """The site's robots.txt asks programs that come by themselves not to read this page."""

    code = "fetch_unwelcome"


class FetchTooLarge(FetchError):
    """More bytes, decoded, than a page or a picture may have."""

    code = "fetch_too_large"


class FetchUnsupported(FetchError):
    """It answered, but with neither a web page nor a picture we can read."""

    code = "fetch_unsupported"
