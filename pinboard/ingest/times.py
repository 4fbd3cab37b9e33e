"""Durations and moments as pages write them, in most of the web's languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pinboard.ingest.values import text

_LONGEST_MINUTES = 60 * 24 * 60

_AMOUNT = r"(\d{1,6}(?:[.,]\d{1,6})?)"
#: ISO 8601, and what templates make of it: "PT1H30", "P0Y0M0DT0H35M0S", "PTHM20S", "PT30MIN".
#: Years and months are only ever zero; "P30M" means minutes where people cook.
_ISO_DURATION = re.compile(
    rf"[+]?P?(?:0*Y)?(?:0*M(?=.*T))?(?:{_AMOUNT}?W)?(?:{_AMOUNT}?D(?:AYS?)?)?T?"
    rf"(?:{_AMOUNT}?H(?:OURS?|RS?)?)?(?:{_AMOUNT}(?=$|M)|(?=M))?(?:M(?:IN(?:UTE)?S?)?)?"
    rf"(?:{_AMOUNT}?S(?:EC(?:OND)?S?)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?:\s*(?:h|hrs?|hours?|std\.?))?", re.I)

_FRACTIONS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75}
#: The unit's first letters say enough in most languages.
_UNITS = (
    (1440, ("days? tage? jours? d[ií]as? dn[ií] dzień dni giorn[oi] dagen dag dager dagar nap"
           " д(?:ень|ня|ней|ні) 日 天 d")),
    (60, ("hours? hrs? h std st(?:unden?)? heures? horas? or[ae] uren uur timm[ea]r? tim(?:e|er)?"
         " t godz(?:in[ay]?)? hod(?:in[ay]?)? óra u ώρ(?:α|ες) час(?:а|ов)? ч год(?:ин[аи]?)?"
         " saat sa giờ tuntia? 時間 小时 小時 시간 ساعة ساعات שעות שעה")),
    (1, ("min(?:s|ut\\w*)? mns? m perc dk dakika phút λεπτ(?:ά|ό) мин(?:ут\\w*)? м хв(?:илин)?"
        " 分钟 分鐘 分 분 دقيقة دقائق דקות")),
    (1 / 60, "sec(?:onds?)? sek(?:unden?)? s 秒"),
)  # fmt: skip
_MINUTES_OF_UNIT = [
    (re.compile("(?:" + "|".join(words.split()) + r")(?![^\W\d_])", re.IGNORECASE), minutes)
    for minutes, words in _UNITS
]
_WORDED = re.compile(
    r"(?:(\d{1,4})\s+(\d)/(\d)|(\d)/(\d)|(\d{1,4}(?:[.,]\d{1,2})?)?\s?([½⅓⅔¼¾])?)"
    r"(?:\s?(?:[-–—~]|to|bis|à|a|until|or)\s?(\d{1,4}(?:[.,]\d{1,2})?))?[\s\-+]{0,3}",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    (re.compile(r"\bhalf an hour\b", re.I), "30 min"),
    (re.compile(r"\b(?:an|one|a)\s+hour\b", re.I), "1 hour"),
    (re.compile(r"\band (?:a )?half\b", re.I), "½"),
)


def minutes(value: object) -> int:
    """A duration in whole minutes: "PT1H30M", "P0DT90M", "1 hour 30 mins", "90". 0 if unknown.

    Of a range ("30-40 min") the end: who plans an evening plans for that.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _sane(float(value))
    if not isinstance(value, str):
        return 0
    written = text(value, limit=80)
    squeezed = written.replace(" ", "")
    if squeezed.isdecimal():
        return _sane(float(squeezed[:6]))
    match = _ISO_DURATION.fullmatch(squeezed[:60]) if squeezed[:1] in "pPtT+" else None
    if match:
        found = [float((part or "0").replace(",", ".")) for part in match.groups()]
        weeks, days, hours, mins, seconds = found
        return _sane(weeks * 10_080 + days * 1440 + hours * 60 + mins + seconds / 60)
    if clock := _CLOCK.fullmatch(written):
        return _sane(int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60)
    return _sane(_worded(written))


def seconds(value: object) -> int:
    """The minutes in a number of seconds, or in a duration; at least one if there is any."""
    written = text(value, limit=40)
    if written.isdecimal():
        return max(1, round(int(written[:7]) / 60)) if int(written) else 0
    found = minutes(written)
    return found or int(bool(re.fullmatch(r"PT0*[1-9]\d?S", written, re.IGNORECASE)))


def _worded(written: str) -> float:
    """The sum of all amounts with a unit behind; a number that stands alone counts as minutes."""
    for pattern, plain in _NUMBER_WORDS:
        written = pattern.sub(plain, written)
    found, position, last_unit = 0.0, 0, 0.0
    while position < len(written):
        match = _WORDED.match(written, position)
        amount = _amount(match) if match else None
        if match is None or amount is None:
            position += 1
            continue
        position = match.end()
        for unit, worth in _MINUTES_OF_UNIT:
            if named := unit.match(written, position):
                found += amount * worth
                position, last_unit = named.end(), worth
                break
        else:
            is_rest = last_unit == 60 and not written[position:].strip()  # "1h30"
            if is_rest or re.fullmatch(r"\D*", written[: match.start()] + written[position:]):
                found += amount if is_rest or not found else 0.0
    return found


def _amount(match: re.Match[str]) -> float | None:
    whole, over, under, only_over, only_under, plain, fraction, end = match.groups()
    if over and int(under):
        return int(whole) + int(over) / int(under)
    if only_over and int(only_under):
        return int(only_over) / int(only_under)
    if end:
        return float(end.replace(",", ".")) if plain else None
    if not plain and not fraction:
        return None
    return float((plain or "0").replace(",", ".")) + _FRACTIONS.get(fraction or "", 0.0)


def _sane(found: float) -> int:
    return max(1, round(found)) if 0 < found <= _LONGEST_MINUTES else 0


#: The first letters of a month, of each language the first that is not ambiguous.
_MONTHS = (
    "jan gen ene янв січ 1", "feb fév fev лют фев 2", "mar mär mrt maa berez мар 3",
    "apr avr abr апр kwi 4", "may mai maj mei mag мая май 5", "jun juin giu июн cze 6",
    "jul juil lug июл lip 7", "aug aoû aou ago авг sie 8", "sep set сен wrz 9",
    "oct okt ott out окт paź 10", "nov ноя lis 11", "dec déc dez dic des дек gru 12",
)  # fmt: skip
_MONTH_OF = {name: 1 + place for place, names in enumerate(_MONTHS) for name in names.split()[:-1]}
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?\.?,?\s*(?:de |d')?([^\W\d]{3,10})\.?,?\s*(?:de )?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d]{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s?([ap]\.?m\b\.?)?\s?"
    r"(z\b|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def moment(value: object, *, country: str = "") -> str:
    """A date or a time in ISO 8601, as exact as the page gives it; "" if it is none.

    country: decides what 3/4/2026 is; only in the US it is a day in March.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    value = value.strip()[:60]
    if re.fullmatch(r"\d{10}|\d{13}", value):  # seconds or milliseconds since 1970
        found = datetime.fromtimestamp(int(value[:10]), UTC)
        return _iso(found, has_time=True)
    try:
        return _iso(datetime.fromisoformat(value), has_time="T" in value or ":" in value)
    except ValueError:
        pass
    try:
        if not re.search(r"\d\s?[ap]\.?m\b", value, re.IGNORECASE):
            return _iso(parsedate_to_datetime(value), has_time=":" in value)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    return _worded_moment(value, country)


def _worded_moment(value: str, country: str) -> str:
    value = unicodedata.normalize("NFKC", value)
    day = _day(value, country)
    if day is None:
        return ""
    time = _TIME.search(value)
    try:
        if time is None or not (":" in time[0] or time[4]):
            return _iso(datetime(*day, tzinfo=UTC), has_time=False)
        hour = int(time[1]) % 12 + 12 * time[4].lower().startswith("p") if time[4] else int(time[1])
        zone = (time[5] or "").upper()
        zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
        stamp = f"{day[0]:04}-{day[1]:02}-{day[2]:02}T{hour:02}:{time[2]}:{time[3] or '00'}{zone}"
        return _iso(datetime.fromisoformat(stamp), has_time=True)
    except ValueError:
        return ""


def _day(value: str, country: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.search(value):
        return int(match[1]), int(match[2]), int(match[3])
    if (match := _DAY_FIRST.search(value)) and (month := _month(match[2])):
        return int(match[3]), month, int(match[1])
    if (match := _MONTH_FIRST.search(value)) and (month := _month(match[1])):
        return int(match[3]), month, int(match[2])
    if match := _DOTTED.search(value):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        is_month_first = (country == "US" and first <= 12) or second > 12
        return (year, first, second) if is_month_first else (year, second, first)
    return None


def _month(name: str) -> int:
    name = name.lower()
    return _MONTH_OF.get(name[:4]) or _MONTH_OF.get(name[:3]) or 0


def _iso(found: datetime, *, has_time: bool) -> str:
    if not 1800 <= found.year <= 2200:
        return ""
    return found.isoformat(timespec="seconds") if has_time else found.date().isoformat()
