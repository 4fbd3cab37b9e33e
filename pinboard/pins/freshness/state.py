"""How the way to a source is, in words for its pin's page: read when, failing since, gone."""

from __future__ import annotations

from dataclasses import dataclass

from pinboard.pins.freshness.keeping import CLOSED, FAILING, GONE
from pinboard.pins.freshness.models import Upkeep
from pinboard.pins.freshness.visiting import is_being_read
from pinboard.pins.models import Source
from pinboard.pins.read_times import read_words


@dataclass(frozen=True, slots=True)
class SourceState:
    """state: as Source.state. sentence: what is wrong, "" for nothing. read: "Read 2 hours ago"."""

    state: str
    sentence: str
    read: str
    is_corrected: bool
    is_being_read: bool


def state_of(source: Source) -> SourceState:
    """One query."""
    upkeep = Upkeep.objects.filter(pk=source.corrected_from_id or source.pk).first()
    read = read_words(source.read_at) if source.read_at else "never read"
    return SourceState(
        state=source.state,
        sentence=_sentence(source, upkeep),
        read=read[:1].upper() + read[1:],
        is_corrected=bool(source.corrections),
        is_being_read=is_being_read(upkeep),
    )


def _sentence(source: Source, upkeep: Upkeep | None) -> str:
    since = upkeep.failing_since if upkeep else None
    when = f" since {since:%-d %B %Y}" if since else ""
    if source.state == GONE:
        return f"This page seems to be gone{when}. What was read from it stays here."
    if source.state == FAILING:
        return f"This page could not be read{when}. What was read before stays here."
    if source.state == CLOSED:
        return (
            f"{source.site_name or 'This site'} asks programs not to visit this page, so it is"
            " read only when somebody asks for it here."
        )
    return ""
