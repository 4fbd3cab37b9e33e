"""Forms of the pins: what people type, checked, with a sentence beside the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from pinboard.images.press import reads_heic
from pinboard.people.models import Person
from pinboard.pins.boards import add_section, make_board
from pinboard.pins.drafting import MAX_FILES, MAX_WANTED, Brought
from pinboard.pins.guessing import guess_boards
from pinboard.pins.models import Board, Pin, Section

if TYPE_CHECKING:
    BoardModelForm = forms.ModelForm[Board]
    PinModelForm = forms.ModelForm[Pin]
    BoardChoiceField = forms.ModelChoiceField[Board]
else:  # Django's own class takes no parameter at run time
    BoardModelForm = PinModelForm = forms.ModelForm
    BoardChoiceField = forms.ModelChoiceField

# Where HEIC is in the list, iPhones send it as it is; where it is not, they make a JPEG of it.
FILE_TYPES = "image/jpeg,image/png,image/webp,image/gif,image/avif"
if reads_heic():
    FILE_TYPES += ",image/heic"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Some files; whether they are pictures, and not too large, is said of each by itself."""

    widget = ManyFilesInput(attrs={"accept": FILE_TYPES, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [file for file in data or [] if file]
        if len(files) > MAX_FILES:
            raise ValidationError(f"Up to {MAX_FILES} pictures at once.", code="too_many")
        return [super(PicturesField, self).clean(file, initial) for file in files] or [
            super().clean(None, initial)
        ]


class UploadForm(forms.Form):
    """Pictures from one's device. is_waiting: none was taken yet, so they are offered again."""

    is_waiting = True
    pictures = PicturesField(
        error_messages={
            "required": "Choose at least one picture.",
            "empty": "One of these files is empty.",
        }
    )


class LinkForm(forms.Form):
    link = forms.CharField(
        label="Link",
        max_length=2000,
        strip=True,
        widget=forms.URLInput(
            attrs={"placeholder": "https://…", "autocomplete": "off", "inputmode": "url"}
        ),
        error_messages={
            "required": "Paste a link to a page or a picture.",
            "max_length": "This link is too long: at most 2,000 characters can be kept.",
        },
    )

    def clean_link(self) -> str:
        """Accept what people paste: without a scheme it is https; only web addresses pass."""
        link: str = self.cleaned_data["link"]
        if "://" not in link and not link.startswith(("javascript:", "data:", "mailto:")):
            link = f"https://{link}"
        try:
            parts = urlsplit(link)
            is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        except ValueError:
            is_web = False
        if not is_web or any(char.isspace() for char in link):
            raise ValidationError(
                "This is not a web address. It should look like https://example.org/page."
            )
        return link


class ArrivalForm(LinkForm):
    """A link with what came along: from a page of ours, a save button or the bookmarklet.

    media (see `media`): addresses of pictures, any number of them.
    """

    title = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    description = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    small = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def media_addresses(self) -> list[str]:
        """As they were sent; what is none is left out later."""
        data = self.data
        found = data.getlist("media") if isinstance(data, QueryDict) else []
        return [address.strip() for address in found[:MAX_WANTED] if address.strip()]

    def brought(self) -> Brought:
        """Only after is_valid()."""
        cleaned = self.cleaned_data
        return Brought(
            media=self.media_addresses,
            title=cleaned["title"],
            description=cleaned["description"],
            is_small=cleaned["small"],
        )


class BoardChoice(BoardChoiceField):
    """One of the viewer's own boards, last used first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Board.objects.none(), **kwargs)

    def offer(self, viewer: Person) -> None:
        self.queryset = Board.objects.of(viewer)

    def suggest(self, boards: Sequence[Board], suggested: int) -> None:
        """Offer these boards in this order, the first few of them as suggestions."""
        choices = [(board.pk, self.label_from_instance(board)) for board in boards]
        groups = (("Suggested", choices[:suggested]), ("Your boards", choices[suggested:]))
        shown = [group for group in groups if group[1]] if suggested else choices
        self.widget.choices = [("", self.empty_label or ""), *shown]

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} (secret)" if obj.is_secret else obj.name


class SaveForm(forms.Form):
    """Where something is saved: one of one's boards, or a new one; and why."""

    board = BoardChoice(
        required=False, error_messages={"invalid_choice": "This board is gone. Choose another."}
    )
    new_board = forms.CharField(label="New board", required=False, max_length=80)
    secret = forms.BooleanField(label="Keep it secret", required=False)
    section = forms.CharField(required=False, max_length=60)
    note = forms.CharField(label="Why are you saving this?", required=False, max_length=500)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        board = self.fields["board"]
        assert isinstance(board, BoardChoice)
        board.offer(viewer)
        board.empty_label = "Choose a board"
        self.has_boards = True

    def suggest(self, words: str, site: str) -> None:
        """Offer first, and choose to begin with, the board on which this seems to belong.

        When nothing tells, it is the one that was used last; never one that somebody else keeps
        and that the viewer has not used: there, others would see it by a mere press.
        """
        boards, suggested = guess_boards(self.viewer, words, site)
        board = self.fields["board"]
        assert isinstance(board, BoardChoice)
        board.suggest(boards, suggested)
        self.has_boards = bool(boards)
        mine = (one for one in boards if one.owner_id == self.viewer.pk or one.last_used)  # type: ignore[attr-defined]  # annotated
        if (best := next(mine, None)) and not self.initial.get("new_board"):
            self.initial.setdefault("board", best.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("board") and not cleaned.get("new_board") and not self.errors:
            self.add_error("board", "Choose a board, or name a new one.")
        return cleaned

    def place(self, *, new_first: bool = False) -> tuple[Board, Section | None]:
        """The chosen board and section, made when they are new. Only after is_valid().

        new_first: a name for a new board counts more than a board: where one is chosen already
        when the form is shown.
        """
        board, name = self.cleaned_data["board"], self.cleaned_data["new_board"]
        if not board or (new_first and name):
            secret = self.cleaned_data["secret"]
            board = make_board(owner=self.viewer, name=name, is_secret=secret)
        name = self.cleaned_data["section"]
        return board, add_section(board=board, name=name) if name else None


class BoardForm(BoardModelForm):
    class Meta:
        model = Board
        fields = ("name", "about", "is_secret")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"required": "Give the board a name."}}
        labels = {"is_secret": "Keep it secret: only you, and whom you keep it with, see it"}


class PinForm(PinModelForm):
    class Meta:
        model = Pin
        fields = ("title", "description", "alt")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"alt": "For people who cannot see it: one sentence is enough."}


class OfferForm(forms.Form):
    """One offered picture of a draft: take it or leave it, and its words."""

    take = forms.BooleanField(required=False)
    title = forms.CharField(required=False, max_length=200)
    description = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    alt = forms.CharField(label="What the picture shows", required=False, max_length=500)
