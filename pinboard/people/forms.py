"""Forms of the people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import QueryDict

from pinboard.people.models import Person, username_is_plain

if TYPE_CHECKING:
    PersonModelForm = forms.ModelForm[Person]
else:  # Django's own class takes no parameter at run time
    PersonModelForm = forms.ModelForm


class SettingsForm(PersonModelForm):
    face = forms.FileField(
        label="Your face",
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}
        ),
    )

    class Meta:
        model = Person
        fields = ("display_name", "about", "shows_read", "shows_typing")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "shows_read": "Others see how far I have read",
            "shows_typing": "Others see when I am writing",
        }


class DeleteForm(forms.Form):
    """Whoever has the password may end the account; without one, whoever types its username."""

    takes_back = forms.BooleanField(
        label="Take back what I said in conversations and my own pins on boards of others, too",
        required=False,
    )
    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        max_length=200,
    )

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person
        if not person.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=f"Your username ({person.username})", max_length=30
            )

    def clean_password(self) -> str:
        said: str = self.cleaned_data["password"]
        if self.person.has_usable_password():
            if not self.person.check_password(said):
                raise forms.ValidationError("This is not your password.")
        elif said.lower() != self.person.username:
            raise forms.ValidationError("This is not your username.")
        return said


class OwnerForm(forms.Form):
    """The very first account, which owns the place."""

    display_name = forms.CharField(label="Your name", max_length=60)
    username = forms.CharField(max_length=30)
    email = forms.EmailField(label="E-mail", required=False)
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), max_length=200
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"].lower()
        username_is_plain(username)
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            names = {key: cleaned.get(key, "") for key in ("username", "email", "display_name")}
            try:
                validate_password(password, Person(**names))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    @transaction.atomic
    def make_owner(self) -> Person | None:
        """The owner; None when somebody else became it at the same moment.

        A row that is always there is held meanwhile, so that a second first run waits and sees.
        """
        from allauth.account.models import EmailAddress  # an app model: only once apps are ready
        from django.contrib.contenttypes.models import ContentType

        people = ContentType.objects.filter(app_label="people", model="person")
        people.select_for_update().first()
        if Person.objects.exists():
            return None
        data = self.cleaned_data
        owner = Person.objects.create_superuser(
            data["username"],
            data["password"],
            display_name=data["display_name"],
            email=data["email"],
        )
        if owner.email:
            EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
        return owner
