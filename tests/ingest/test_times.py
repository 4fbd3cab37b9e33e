"""Durations and moments as pages write them."""

from __future__ import annotations

from typing import Any

import pytest

from pinboard.ingest import times


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *(("PT1H30M", 90), ("P0DT90M", 90), ("PT1.5H", 90), ("P1DT2H", 1560), ("PT90", 90)),
        *(("P0Y0M0DT0H35M0.000S", 35), ("pt20m", 20), ("PT3000S", 50), ("PTH30M", 30)),
        *(("PT1H30", 90), ("PT30MIN", 30), ("P30M", 30), ("T30M", 30), ("PT 1 H", 60)),
        *(("1 hour 30 mins", 90), ("1h30", 90), ("1 hr 20 mins", 80), ("90 min", 90), ("90", 90)),
        *(("1½ hours", 90), ("1 1/2 hours", 90), ("half an hour", 30), ("an hour", 60)),
        *(("30-40 min", 40), ("30 minutes to 1 hour", 90), ("1:30", 90), ("01:30:00", 90)),
        *(("45 Minuten", 45), ("1 Std. 20 Min", 80), ("ca. 1,5 Std.", 90), ("1 tim 5 min", 65)),
        *(("1 heure et 15 minutes", 75), ("1 ora e 30 minuti", 90), ("2 uur", 120), ("1 hora", 60)),
        *(("1 godz. 15 min", 75), ("1 óra 20 perc", 80), ("1時間30分", 90), ("30 分钟", 30)),
        *(("20 minutes + chilling", 20), ("1 day 2 hours", 1560), (25, 25)),
        *(("PT0M", 0), ("PTHM", 0), ("P", 0), ("", 0), (None, 0), ("soon", 0), (-5, 0)),
        *((1e99, 0), (True, 0), ([], 0)),
    ],
)
def test_a_duration_is_whole_minutes(written: Any, minutes: int) -> None:
    assert times.minutes(written) == minutes


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("213", 4), ("PT3M33S", 4), ("PT45S", 1), ("0", 0), ("", 0), (None, 0), ("PT1H", 60)],
)
def test_the_length_of_a_video_is_often_seconds(written: Any, minutes: int) -> None:
    assert times.seconds(written) == minutes


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T07:15:00+01:00", "2026-11-23T07:15:00+01:00"),
        ("2026-11-23T07:15:00.123Z", "2026-11-23T07:15:00+00:00"),
        ("2026-11-23 07:15:00 +0100", "2026-11-23T07:15:00+01:00"),
        ("2026-11-23T7:15:00", "2026-11-23T07:15:00"),
        ("Mon, 23 Nov 2026 07:15:00 GMT", "2026-11-23T07:15:00+00:00"),
        ("November 23, 2026 7:15 PM EST", "2026-11-23T19:15:00"),
        *(("Nov 23, 2026", "2026-11-23"), ("Monday, November 23rd, 2026", "2026-11-23")),
        *(("23. November 2026", "2026-11-23"), ("23 de noviembre de 2026", "2026-11-23")),
        *(("1er mars 2026", "2026-03-01"), ("2026年11月23日", "2026-11-23")),
        *(("23.11.2026", "2026-11-23"), ("2026/11/23 07:15", "2026-11-23T07:15:00")),
        *(("1700000000", "2023-11-14T22:13:20+00:00"), ("20261123", "2026-11-23")),
        *(("yesterday", ""), ("0001-01-01", ""), ("2026-13-45", ""), ("", ""), (None, ""), (7, "")),
    ],
)
def test_a_moment_is_iso(written: Any, moment: str) -> None:
    assert times.moment(written) == moment


def test_only_the_us_puts_the_month_first() -> None:
    assert times.moment("3/4/2026", country="US") == "2026-03-04"
    assert times.moment("3/4/2026", country="GB") == "2026-04-03"
    assert times.moment("3/14/2026", country="GB") == "2026-03-14"
