from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.db.models import Q

from pinboard.images import access


@pytest.fixture(autouse=True)
def media_folder(tmp_path, settings):
    """Every test has a media folder of its own; yields it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    assert isinstance(default_storage, FileSystemStorage)
    return settings.MEDIA_ROOT


@pytest.fixture
def files(media_folder):
    """A function that lists the names of all files kept, sorted."""
    return lambda: sorted(
        path.relative_to(media_folder).as_posix()
        for path in media_folder.rglob("*")
        if path.is_file()
    )


@pytest.fixture
def for_everyone(monkeypatch):
    """A set of picture ids that a room above would say everyone may see."""
    shown: set[int] = set()
    _admit(monkeypatch, lambda viewer: Q(pk__in=shown))
    return shown


@pytest.fixture
def for_one(monkeypatch):
    """A dict from person id to picture ids that a room above would show to that person."""
    shown: dict[int, set[int]] = {}
    _admit(monkeypatch, lambda viewer: viewer and Q(pk__in=shown.get(viewer.pk, ())))
    return shown


def _admit(monkeypatch, reason):
    monkeypatch.setattr(access, "_reasons", [*access._reasons, reason])
