"""How one wants to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms

from pinboard.notifications.models import Wishes

if TYPE_CHECKING:
    WishesModelForm = forms.ModelForm[Wishes]
else:  # Django's own class takes no parameter at run time
    WishesModelForm = forms.ModelForm


class WishesForm(WishesModelForm):
    class Meta:
        model = Wishes
        fields = ("mails", "prices", "quiet_from", "quiet_to", "time_zone")
        labels = {
            "mails": "Write me a letter when I missed something, once a day at most",
            "prices": "Tell me when something I keep gets cheaper or is back in stock",
            "quiet_from": "Quiet from",
            "quiet_to": "Until",
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "time_zone": forms.HiddenInput(attrs={"data-time-zone": ""}),
        }

    def clean_time_zone(self) -> str:
        """A zone we do not know counts as none given: the browser chose it, not the person."""
        name: str = self.cleaned_data["time_zone"]
        return name if name in available_timezones() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_to")):
            self.add_error("quiet_to", "Say when the quiet hours begin and when they end.")
        return cleaned
