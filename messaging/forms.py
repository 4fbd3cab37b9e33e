"""Forms of the conversations."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from messaging.posting import Words, words
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.web.numbers import read_id

MAX_GUIDES = 12


class MessageForm(forms.Form):
    """What the composer sends: {client_id, text, pin (repeatable), q, g (repeatable), quote}."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2}), label="Your message"
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.pins = data.getlist("pin") if data else []
        self.search = search_of(data) if data else ""
        self.quote = quote_of(data) if data else None
        self.said = Words()

    def clean(self) -> dict[str, Any]:
        """Says in words what is wrong; self.said is what may be posted."""
        cleaned = super().clean() or {}
        pins = [pin for value in self.pins if (pin := read_id(value)) is not None]
        if len(pins) != len(self.pins):
            self.add_error(None, "A pin in this message is gone. Take it out and send the rest.")
            return cleaned
        try:
            self.said = words(
                text=cleaned.get("text", ""), pins=pins, search=self.search, quote=self.quote
            )
        except PinboardError as error:
            self.add_error("text", forms.ValidationError(error.message, code=error.code))
        return cleaned

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


def quote_of(data: QueryDict) -> int | None:
    """The message to answer. Nonsense is 0, a message that nobody finds."""
    raw = data.get("quote", "")
    return (read_id(raw) or 0) if raw else None


def search_of(data: QueryDict) -> str:
    """The query string of a shared search, tidied: "q=pasta&g=lemon"; "" for none."""
    query = data.get("q", "").strip()
    if not query:
        return ""
    tidy = QueryDict(mutable=True)
    tidy["q"] = query[:200]
    tidy.setlist("g", [guide.strip()[:60] for guide in data.getlist("g")[:MAX_GUIDES]])
    return tidy.urlencode()[:500]
