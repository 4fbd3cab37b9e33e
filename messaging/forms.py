"""Forms of the conversations."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from messaging.asking import DEADLINES, Question, question
from messaging.bringing import MARK
from messaging.posting import Words, words
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.narrowing import Narrowing
from pinboard.web.numbers import read_id

MAX_GUIDES = 12
LONGEST_SEARCH = 500


class MessageForm(forms.Form):
    """What the composer sends: {client_id, text, pin (repeatable), q, g (repeatable), quote}.

    And {board}. A pin is a number, or "o12" for a picture brought from outside that waits to
    become one.
    """

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2}), label="Your message"
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.pins = data.getlist("pin") if data else []
        self.search = search_of(data) if data else ""
        self.quote = quote_of(data) if data else None
        self.board = board_of(data) if data else None
        self.said = Words()

    def clean(self) -> dict[str, Any]:
        """Says in words what is wrong; self.said is what may be posted."""
        cleaned = super().clean() or {}
        pins, offers = pins_in(self.pins)
        if len(pins) + len(offers) != len(self.pins):
            self.add_error(None, "A pin in this message is gone. Take it out and send the rest.")
            return cleaned
        try:
            self.said = words(
                text=cleaned.get("text", ""),
                pins=pins,
                search=self.search,
                quote=self.quote,
                offers=offers,
                board=self.board,
                poll=self.asked(cleaned),
            )
        except PinboardError as error:
            self.add_error("text", forms.ValidationError(error.message, code=error.code))
        return cleaned

    def asked(self, cleaned: dict[str, Any]) -> Question | None:
        """The poll of this message. Raises PinboardError."""
        return None

    @property
    def client_id_or_new(self) -> uuid.UUID:
        """A form without one (a script that forgot) is posted once, not never."""
        return self.cleaned_data.get("client_id") or uuid.uuid4()


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not at run time
    """People by their ids."""

    def clean(self, value: Any) -> Any:
        if any(read_id(str(one)) is None for one in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().clean(value)


class StartForm(MessageForm):
    """Whom to talk to, and the first words, which may stay empty."""

    people = PeopleField(
        queryset=Person.objects.none(),
        error_messages={
            "required": "Choose at least one person.",
            "invalid_choice": "One of these people cannot be reached.",
        },
    )
    title = forms.CharField(label="Name of the group", required=False, max_length=80)

    def __init__(self, data: QueryDict | None = None, *, viewer: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        people = self.fields["people"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = Person.objects.visible_to(viewer).exclude(pk=viewer.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text = self.errors.get("text")
        if text and any(error.code == "empty" for error in text.as_data()):
            del self.errors["text"]
        return cleaned


class PollForm(MessageForm):
    """A question over the chosen pins: {question, deadline, date, zone} and what a message has."""

    question = forms.CharField(label="What do you want to know?", required=False, max_length=200)
    deadline = forms.ChoiceField(
        label="Until when?",
        choices=DEADLINES,
        required=False,
        initial="tonight",
        widget=forms.RadioSelect,
    )
    date = forms.CharField(label="Day and time", required=False, max_length=40)
    zone = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def asked(self, cleaned: dict[str, Any]) -> Question | None:
        return question(
            text=cleaned.get("question", ""),
            deadline=cleaned.get("deadline", ""),
            date=cleaned.get("date", ""),
            zone=cleaned.get("zone", ""),
        )


def pins_in(raw: Sequence[str]) -> tuple[list[int], list[int]]:
    """Pins by their ids and brought pictures ("o12") by theirs; nonsense is left out."""
    pins = [pin for value in raw if (pin := read_id(value)) is not None]
    marked = [value.removeprefix(MARK) for value in raw if value.startswith(MARK)]
    return pins, [pk for value in marked if (pk := read_id(value)) is not None]


def board_of(data: QueryDict) -> int | None:
    """The board to send along. Nonsense is 0, a board that nobody finds."""
    raw = data.get("board", "")
    return (read_id(raw) or 0) if raw else None


def quote_of(data: QueryDict) -> int | None:
    """The message to answer. Nonsense is 0, a message that nobody finds."""
    raw = data.get("quote", "")
    return (read_id(raw) or 0) if raw else None


def search_of(data: QueryDict) -> str:
    """The query string of a shared search, tidied: "q=pasta&g=lemon&type=recipe"; "" for none."""
    query = data.get("q", "").strip()[:200]
    guides = [guide.strip()[:60] for guide in data.getlist("g")[:MAX_GUIDES]]
    pairs = [
        ("q", query),
        *(("g", guide) for guide in guides),
        *Narrowing.of(data).shared().pairs(),
    ]
    # Cut between parts, never inside one.
    said = [(name, value) for name, value in pairs if value]
    while len(tidy := urlencode(said)) > LONGEST_SEARCH:
        name, value = said.pop()
        if not said:
            said = [(name, value[:-10])]
    return tidy
