"""Amounts as recipes write them: "1 1/2", "1½", "2-3", "0,5", "half a", and back into text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

GLYPHS = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
# What a spoon or a cup can be told from; eighths and thirds.
NICE = tuple(sorted(GLYPHS[glyph] for glyph in "½⅓⅔¼¾⅛⅜⅝⅞"))
_BY_VALUE = {value: glyph for glyph, value in GLYPHS.items()}
SMALLEST = Fraction(1, 16)
MOST = Fraction(1_000_000)

_GLYPH = f"[{''.join(GLYPHS)}]"
_SLASHED = r"\d{1,2}\s?[/⁄]\s?\d{1,2}(?![\d/])"
_ONE = (
    rf"\d{{1,3}}(?:\s+|-){_SLASHED}"  # 1 1/2, 1-1/2
    rf"|\d{{1,3}}(?:\s+and\s+|\s*){_GLYPH}"  # 1½, 1 ½
    rf"|{_SLASHED}|{_GLYPH}"
    r"|\d{1,3}(?:,\d{3})+(?![\d,])"  # 1,000
    r"|\d{1,6}[.,]\d{1,3}(?!\d)|\d{1,6}"
)
_BETWEEN = r"\s*[-–—]\s*|\s+(?:to|or|bis|oder|à)\s+"
# Not inside a word or a longer number: "T45", "00", "no7".
NUMBER = re.compile(
    rf"(?<![A-Za-zÀ-ɏ\d.,⁄])(?<!\d/)(?P<low>{_ONE})(?:(?:{_BETWEEN})(?P<high>{_ONE})(?![\d/]))?"
)
_NOT_ONE = "few|little|bit|couple|lot|touch|good few"
WORD = re.compile(
    r"(?:^|(?<=\bof )|(?<=\band )|(?<=\bplus ))"
    rf"(?P<word>half(?:\s+an?)?|(?:{'|'.join(WORDS)})(?:\s+(?:and\s+a\s+)?half)?)\s+(?!{_NOT_ONE})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """low alone, or from low to high. start, end: where it stands in its line.

    is_fraction: it was written as one. comma: 0,5 and not 0.5. dash: what stood between.
    """

    low: Fraction
    high: Fraction | None
    start: int
    end: int
    is_fraction: bool = False
    comma: bool = False
    dash: str = ""

    @property
    def most(self) -> Fraction:
        return self.low if self.high is None else self.high


def amounts_in(line: str) -> list[Amount]:
    """Everything in the line that reads as a number, in its order."""
    found = [_amount(line, match) for match in NUMBER.finditer(line)]
    said = [_said(match) for match in WORD.finditer(line)]
    known = [amount for amount in found if amount and amount.low <= MOST]
    taken = {amount.start for amount in known}
    return sorted(
        [*known, *(amount for amount in said if amount.start not in taken)],
        key=lambda amount: amount.start,
    )


def _amount(line: str, match: re.Match[str]) -> Amount | None:
    low, high = value_of(match["low"]), value_of(match["high"] or "")
    if low is None:
        return None
    end, dash = match.end(), ""
    if high is not None and high > low:
        dash = line[match.end("low") : match.start("high")]
    else:
        high, end = None, match.end("low")
    text = line[match.start() : end]
    return Amount(
        low=low,
        high=high,
        start=match.start(),
        end=end,
        is_fraction=bool(re.search(rf"[/⁄]|{_GLYPH}", text)),
        comma=bool(re.search(r"\d,\d{1,2}(?!\d)", text)),
        dash=dash,
    )


def _said(match: re.Match[str]) -> Amount:
    first, *others = match["word"].lower().split()
    value = Fraction(1, 2) if first == "half" else Fraction(WORDS[first])
    if "half" in others:
        value += Fraction(1, 2)
    return Amount(value, None, match.start("word"), match.end("word"))


def value_of(text: str) -> Fraction | None:
    """ "1 ½" as 3/2; None for what is no amount: "00", "1/0"."""
    text = text.replace("⁄", "/").replace(" and ", " ").strip()
    if glyph := re.search(_GLYPH, text):
        return Fraction(text[: glyph.start()].strip() or 0) + GLYPHS[glyph[0]]
    if "/" in text:
        whole, _, part = re.sub(r"\s*/\s*", "/", text).replace("-", " ").rpartition(" ")
        over, under = part.split("/")
        return (
            Fraction(whole.strip() or 0) + Fraction(int(over), int(under)) if int(under) else None
        )
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) or re.fullmatch(r"[1-9]\d{0,2}[.]\d{3}", text):
        return Fraction(re.sub("[.,]", "", text))  # nobody weighs to the thousandth
    if not text or re.fullmatch(r"0\d+", text):
        return None
    value = Fraction(text.replace(",", "."))
    return value or None


def write(value: Fraction, *, decimal: bool, comma: bool = False) -> str:
    """decimal: "187.5" for scales and jugs; otherwise "187 ½" as cups and cloves are told."""
    if decimal:
        written = _decimal(value)
        return written.replace(".", ",") if comma else written
    return _fraction(value)


def _decimal(value: Fraction) -> str:
    """Rounded to what a kitchen scale tells."""
    number = float(value)
    if number >= 1000:
        return f"{round(number / 10) * 10:d}"
    if number >= 100:
        return f"{round(number / 5) * 5:d}"
    if number >= 10:
        return f"{round(number):d}"
    return f"{number:.2g}" if number < 1 else f"{number:.2f}".rstrip("0").rstrip(".")


def _fraction(value: Fraction) -> str:
    if value < SMALLEST:
        return f"{float(value):.1g}"
    whole, rest = divmod(value, 1)
    if whole >= 20:
        return str(round(value))
    halves = (Fraction(0), Fraction(1, 2), Fraction(1))
    if whole >= 10 or rest not in _BY_VALUE:
        steps = halves if whole >= 10 else (Fraction(0), *NICE, Fraction(1))
        # From the middle upwards: nothing runs short.
        rest = min(reversed(steps), key=lambda step: abs(step - rest))
    if rest == 1:
        whole, rest = whole + 1, Fraction(0)
    glyph = _BY_VALUE.get(rest, "")
    return f"{whole or ''}{glyph}" or "⅛"
