"""Our glue to django-allauth: what we ask when somebody joins, and names that make addresses."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from pinboard.people.deleting import is_kept_back
from pinboard.people.models import Person, username_is_plain


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Usernames become addresses (/@ana/), so they are plain and lower case."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        cleaned: str = super().clean_username(username.lower(), shallow=shallow)
        username_is_plain(cleaned)
        # Asked after whether it is taken: a deletion sets the name free and keeps it back in one
        # commit, so whoever found it free just now finds it kept back here.
        if not shallow and is_kept_back(cleaned):
            raise self.validation_error("username_taken")
        return cleaned


class NameForm(forms.Form):
    """What we ask besides allauth's own fields."""

    display_name = forms.CharField(label="Your name", max_length=60, required=False)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth with the new account."""
        user.display_name = self.cleaned_data.get("display_name") or user.username
        user.save(update_fields=["display_name"])


def display_name(person: Person) -> str:
    return person.display_name
