"""How long it takes to find people by name among very many: `manage.py bench people`.

A child fills an engine with people, follows and conversations and times the type-ahead's answer
in Django's handler, middleware and all, beside a lookup by primary key and the hello view. No
server and no network: it is the server's own time that is limited.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from pinboard.bench.report import limit, table
from pinboard.bench.serving import ROOT, BenchFailed, Engine, environment
from pinboard.bench.sums import Spread, spread

if TYPE_CHECKING:
    from django.test import Client

    from pinboard.people.models import Person

MOST_MS: Final = 25
STARTS: Final = ("An", "Bel", "Cris", "Dav", "El", "Fran", "Ga", "Hel", "Is", "Jo", "Ka", "Lu")
MIDDLES: Final = ("a", "e", "i", "o", "an", "en", "is", "or", "al", "é")
ENDS: Final = ("na", "ra", "lo", "mir", "ta", "ne", "son", "bert", "lia", "ş", "x", "do")
FAMILIES: Final = ("berg", "mann", "ova", "ez", "sen", "wright", "ström", "ini", "eau", "ak")


def measure(folder: Path, stands_on: Engine, *, people: int, times: int) -> Iterator[str]:
    """Lines to print. Raises BenchFailed when the child does."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pinboard.bench.people",
            json.dumps({"people": people, "times": times}),
        ],
        cwd=ROOT,
        env=environment(folder, stands_on),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"People could not be measured:\n{done.stderr[-2000:]}")
    yield from done.stdout.splitlines()


def measure_here(people: int, times: int) -> Iterator[str]:
    """In the child: fill, then time each way of typing for two people."""
    from django.core.management import call_command
    from django.db import connection

    from pinboard.bench.dataset import gather_statistics

    call_command("migrate", verbosity=0, interactive=False)
    began = perf_counter()
    crowd = _fill(people, Random(3))
    gather_statistics()
    yield f"{connection.vendor}; {len(crowd):,} people, filled in {perf_counter() - began:.0f} s."
    yield ""
    rows, slowest = [], 0.0
    for name, found, processor_ms in _timed(crowd, times):
        if name.startswith("find"):
            slowest = max(slowest, found.p95)
        values = (found.p50, found.p95, found.longest, processor_ms)
        rows.append([name, *(f"{value:.2f}" for value in values)])
    # Of this process: what PostgreSQL uses beside it is in the other columns only.
    yield from table(["", "p50 ms", "p95 ms", "longest ms", "processor ms"], rows)
    yield ""
    yield limit("finding people, the slowest p95, ms", slowest, MOST_MS)


def _timed(crowd: Sequence[Person], times: int) -> Iterator[tuple[str, Spread, float]]:
    """What was asked, how long it took, and its mean processor time in ms."""
    from pinboard.people.models import Person

    usual, known = _client(crowd[1]), _client(crowd[0])
    target = crowd[len(crowd) // 2]
    yield "hello (yardstick)", *_time(lambda: _get(usual, "/bench/hello/"), times)
    by_key = partial(Person.objects.get, pk=target.pk)
    yield "one person by primary key (yardstick)", *_time(by_key, times)
    first, last = target.display_name.split()
    typed = {
        "nothing yet": "",
        "one letter": first[0],
        "three letters": first[:3],
        "a whole first name": first,
        "first and last name": f"{first} {last}",
        "last and first name": f"{last} {first[:2]}",
        "a username": target.username,
        "nobody": "qqqq",
        "a first and no last name": f"{first[:2]} qqqq",
    }
    for who, client in (("usual", usual), ("known to half", known)):
        for name, words in typed.items():
            address = f"/messages/people/?find={words}"
            ask = partial(_get, client, address)
            yield f"find: {name}, {who}", *_time(ask, times)


def _time(run: Callable[[], object], times: int) -> tuple[Spread, float]:
    run()
    seconds = []
    processor = process_time()
    for _ in range(times):
        began = perf_counter()
        run()
        seconds.append(perf_counter() - began)
    return spread(seconds), 1000 * (process_time() - processor) / times


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _client(person: Person) -> Client:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _fill(count: int, dice: Random) -> list[Person]:
    """The first is known to half of all and follows, talks and meets a great many; the second
    has the company of a usual person."""
    from pinboard.people.finding import keep_names
    from pinboard.people.models import Follow, Person

    def draw() -> str:
        first = dice.choice(STARTS) + dice.choice(MIDDLES) + dice.choice(ENDS)
        family = dice.choice(STARTS) + dice.choice(MIDDLES) + dice.choice(FAMILIES)
        return f"{first} {family}"

    crowd = Person.objects.bulk_create(
        [
            Person(username=f"user{number}", display_name=draw(), password="!")
            for number in range(count)
        ],
        batch_size=1000,
    )
    keep_names(crowd)
    known, usual, *others = crowd
    pairs = [(one, known) for one in others[: count // 2]]
    pairs += [(known, one) for one in dice.sample(others, min(5_000, len(others)))]
    pairs += [(usual, one) for one in dice.sample(others, min(200, len(others)))]
    pairs += [(one, usual) for one in dice.sample(others, min(300, len(others)))]
    Follow.objects.bulk_create(
        [Follow(follower=one, followed=other) for one, other in pairs], batch_size=1000
    )
    companies = [[one, other] for one, other in zip(others[::2], others[1::2], strict=False)]
    for one, talks, groups in ((known, 1_000, 60), (usual, 30, 5)):
        companies += [[one, other] for other in dice.sample(others, min(talks, len(others)))]
        companies += [[one, *dice.sample(others, min(49, len(others)))] for _ in range(groups)]
    _talk(companies, dice)
    return crowd


def _talk(companies: Sequence[Sequence[Person]], dice: Random) -> None:
    """A talk for each company; nothing but its number says that words were said."""
    from datetime import timedelta

    from django.utils import timezone

    from messaging.models import Conversation, Member, pair_of

    now = timezone.now()
    conversations = Conversation.objects.bulk_create(
        [
            Conversation(
                is_group=len(present) > 2,
                pair=None if len(present) > 2 else pair_of(*present),
                counter=1,
                active=now - timedelta(minutes=dice.randrange(100_000)),
            )
            for present in companies
        ],
        batch_size=1000,
    )
    Member.objects.bulk_create(
        [
            Member(conversation=conversation, person=one)
            for conversation, present in zip(conversations, companies, strict=True)
            for one in present
        ],
        batch_size=1000,
    )


if __name__ == "__main__":
    import django

    django.setup()
    for line in measure_here(**json.loads(sys.argv[1])):
        print(line, flush=True)
