"""Background work of the search."""

from __future__ import annotations

from pinboard.jobs import job, periodic
from search import index
from search.keeping import catch_up


@job(retries=2)
def index_stale() -> None:
    catch_up()


@periodic(minutes=1)
def index_forgotten() -> None:
    """Read the notes that a killed worker left."""
    catch_up()
    index.engine().settle()
