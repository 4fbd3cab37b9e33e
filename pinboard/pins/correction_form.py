"""The form in which a person says what a page should have said: one field for each fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from pinboard.pins.facts import STOCK, money, stars
from pinboard.pins.freshness.correcting import is_other
from pinboard.pins.freshness.corrections import value_at
from pinboard.pins.models import Source
from pinboard.pins.narrowing import KINDS

MOST_LINES = 100
LONGEST_LINE = 1_000
KIND_NAMES = {kind: name.removesuffix("s") for kind, name in KINDS.items()} | {
    "plain": "Just a picture"
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CURRENCY = RegexValidator(r"^[A-Z]{3}$", "Three capital letters, such as EUR.")


class LinesField(forms.CharField):
    """One entry on each line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Up to {MOST_LINES} lines.")
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(f"A line has up to {LONGEST_LINE} characters.")
        return lines


@dataclass(frozen=True, slots=True)
class Fact:
    """path: in a stored reading. show: what was read, as words. store: as Reading.to_json does."""

    path: str
    field: Callable[[], forms.Field]
    show: Callable[[Any, Mapping[str, Any]], str] = lambda value, reading: str(value or "")
    store: Callable[[Any], Any] = lambda value: _stored(value)

    @property
    def name(self) -> str:
        return self.path.replace(".", "-")


def _text(label: str, most: int = 200) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=label, required=False, max_length=most)


def _number(label: str, most: int) -> Callable[[], forms.Field]:
    return lambda: forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


def _lines(label: str) -> Callable[[], forms.Field]:
    return lambda: LinesField(label=label, required=False, help_text="One on each line.")


def _price() -> forms.Field:
    return forms.DecimalField(
        label="Price", required=False, min_value=0, max_digits=12, decimal_places=3
    )


def _stars() -> forms.Field:
    return forms.DecimalField(
        label="Rating, of 5", required=False, min_value=0, max_value=5, decimal_places=2
    )


def _currency() -> forms.Field:
    return forms.CharField(label="Currency", required=False, validators=[CURRENCY])


def _stock() -> forms.Field:
    return forms.ChoiceField(
        label="Stock", required=False, choices=[("", "Not said"), *STOCK.items()]
    )


def _day() -> forms.Field:
    return forms.DateField(
        label="Published", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def _joined(value: Any, _: Mapping[str, Any]) -> str:
    return "\n".join(value or ())


def _money(value: Any, reading: Mapping[str, Any]) -> str:
    return money(value, str(value_at(reading, "product.currency") or ""))


RATING = Fact(
    "rating.value",
    _stars,
    lambda value, reading: stars(reading.get("rating", {})),
    lambda value: float(value or 0),
)
FACTS: dict[str, tuple[Fact, ...]] = {
    "product": (
        Fact("product.price", _price, _money),
        Fact("product.currency", _currency),
        Fact("product.availability", _stock, lambda value, _: STOCK.get(value, "")),
        Fact("product.brand", _text("Brand")),
        Fact("product.variants", _lines("To choose from"), _joined),
        RATING,
    ),
    "recipe": (
        Fact("recipe.total_minutes", _number("Minutes", 100_000)),
        Fact("recipe.servings", _number("Servings", 1_000)),
        Fact("recipe.ingredients", _lines("Ingredients"), _joined),
        Fact("recipe.steps", _lines("Steps"), _joined),
        Fact("recipe.diets", _lines("Diet"), _joined),
        Fact("author", _text("By")),
        RATING,
    ),
    "article": (Fact("author", _text("By")), Fact("published", _day)),
    "place": (
        Fact("place.address", _text("Address", 300)),
        Fact("place.phone", _text("Phone", 40)),
        Fact("place.hours", _lines("Open"), _joined),
        Fact("place.price_range", _text("Prices", 40)),
        RATING,
    ),
    "movie": (
        Fact("movie.director", _text("Director")),
        Fact("movie.minutes", _number("Minutes", 100_000)),
        Fact("movie.cast", _lines("With"), _joined),
        RATING,
    ),
}
KIND = Fact(
    "kind",
    lambda: forms.ChoiceField(label="This is a", choices=list(KIND_NAMES.items())),
    lambda value, _: KIND_NAMES.get(value, ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what was read beside it."""

    field: forms.BoundField
    path: str
    read: str
    is_corrected: bool


class CorrectionForm(forms.Form):
    """The facts of a source's kind. said(): what was changed, by path, as a reading has it.

    What the form began with comes back with it: a fact that changed on the page meanwhile, and
    that nobody touched here, is no correction.
    """

    title = forms.CharField(label="Title", required=False, max_length=200)

    def __init__(self, data: Any = None, *, source: Source, title: str) -> None:
        self.facts = (KIND, *FACTS.get(source.kind, ()))
        self.source, self.page = source, source.page
        initial = {fact.name: _initial(source.reading, fact.path) for fact in self.facts}
        super().__init__(data, initial={**initial, "kind": source.kind, "title": title})
        for fact in self.facts:
            self.fields[fact.name] = fact.field()
        for field in self.fields.values():
            field.show_hidden_initial = True

    def said(self) -> dict[str, Any]:
        said = {}
        for fact in self.facts:
            if fact.name in self.changed_data:
                value = fact.store(self.cleaned_data[fact.name])
                read = value_at(self.page.reading, fact.path)
                said[fact.path] = read if _is_same(read, value) else value
        return said

    def rows(self) -> Iterator[Row]:
        read = str(self.page.reading.get("title", ""))
        title = str(self.initial["title"])
        yield Row(self["title"], "title", read, is_corrected=bool(read) and title != read[:200])
        corrections = self.source.corrections or {}
        for fact in self.facts:
            value = value_at(self.page.reading, fact.path)
            shown = fact.show(value or (fact is KIND and "plain"), self.page.reading)
            is_corrected = fact.path in corrections and is_other(value, corrections[fact.path])
            yield Row(self[fact.name], fact.path, shown, is_corrected)


def _initial(reading: Mapping[str, Any], path: str) -> Any:
    value = value_at(reading, path)
    if isinstance(value, list):
        return "\n".join(value)
    return str(value)[:10] if path == "published" and value else value


def _is_same(read: Any, said: Any) -> bool:
    """Whether a page says this too, with other zeros or with the time of the day."""
    if not isinstance(read, str) or not isinstance(said, str):
        return bool(read == said)
    try:
        return Decimal(read) == Decimal(said)
    except InvalidOperation:
        return bool(DAY.match(read)) and read[:10] == said


def _stored(value: Any) -> Any:
    """As Reading.to_json writes it; "" and 0 for nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Two decimals as nearly everywhere; dinars have three.
        return str(value.quantize(Decimal("0.001"))).removesuffix("0")
    return value.isoformat() if hasattr(value, "isoformat") else value
