"""store_picture: one row per content, clean files, clear sentences."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from pinboard import sandbox
from pinboard.errors import PinboardError
from pinboard.images import filing, press, storing
from pinboard.images.models import Picture, Upload
from pinboard.images.storing import (
    PictureTooLarge,
    PictureUnreadable,
    PictureUnsupported,
    UploadsExhausted,
    release_picture,
    store_picture,
)
from tests.images.samples import (
    SECRETS,
    decoded,
    encoded,
    endless_gif,
    moving,
    png_header_only,
    quarters,
    talkative,
)


def test_a_picture_is_kept_clean_with_all_that_a_card_needs(db, files):
    picture = store_picture(talkative("JPEG", quarters(1200, 900)))
    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.original_format) == (1200, 900, "jpeg")
    assert re.fullmatch(r"[0-9a-f]{32}", picture.key)
    assert picture.preview.startswith("data:image/webp;base64,")
    original = filing.read(picture.original_file)
    assert picture.byte_size == len(original)
    assert not any(secret in original for secret in SECRETS)
    assert picture.original_file in files()


def test_the_same_bytes_are_the_same_row(db, alice, bob, files):
    data = encoded(quarters(), "PNG")
    first = store_picture(data, owner_id=alice.pk)
    before = files()
    again = store_picture(data, owner_id=alice.pk)
    elsewhere = store_picture(data, owner_id=bob.pk)
    assert first.pk == again.pk == elsewhere.pk
    assert files() == before
    assert Upload.objects.filter(picture=first).count() == 2


def test_of_two_who_store_the_same_at_once_the_first_row_stays(db, monkeypatch, files):
    data = encoded(quarters(), "PNG")
    real, rivals = filing.write, list[Picture]()

    def write_while_a_rival_finishes(name, content):
        monkeypatch.setattr(storing, "write", real)
        rivals.append(store_picture(data))
        real(name, content)

    monkeypatch.setattr(storing, "write", write_while_a_rival_finishes)
    ours = store_picture(data)
    assert [ours.pk] == [rival.pk for rival in rivals]
    assert Picture.objects.count() == 1
    assert files() == [ours.original_file], "the loser's file is taken away again"


@pytest.mark.slow
def test_many_threads_that_store_the_same_end_with_one_row_and_one_file(transactional_db, files):
    data = encoded(quarters(), "PNG")
    stored: list[int] = []

    def store():
        try:
            stored.append(store_picture(data).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=store) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    picture = Picture.objects.get()
    assert stored == [picture.pk] * 6
    assert files() == sorted(picture.files)


@pytest.mark.parametrize(
    ("data", "error", "status", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureUnsupported, 415, "JPEG, PNG"),
        (b"", PictureUnsupported, 415, "JPEG, PNG"),
        (b"\xff\xd8\xff" + bytes(press.MAX_BYTES), PictureTooLarge, 413, "20 MB"),
        (png_header_only(50_000, 50_000), PictureTooLarge, 413, "50 megapixels"),
        (endless_gif(10_000), PictureTooLarge, 413, "shorten"),
        (encoded(quarters(), "PNG")[:100], PictureUnreadable, 422, "damaged"),
    ],
    ids=["svg", "nothing", "bytes", "pixels", "frames", "truncated"],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(db, files, data, error, status, words):
    with pytest.raises(error, match=words) as caught:
        store_picture(data)
    assert isinstance(caught.value, PinboardError)
    assert caught.value.status == status
    assert caught.value.code == error.code
    assert files() == []
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("sandbox_time", PictureUnreadable),
        ("sandbox_crash", PictureUnreadable),
        ("sandbox_memory", PictureTooLarge),
        ("sandbox_busy", sandbox.SandboxFailed),
    ],
)
def test_a_decoder_that_dies_takes_nothing_along(db, monkeypatch, code, error):
    def die(*args, **limits):
        raise sandbox.SandboxFailed("It died.", code=code)

    monkeypatch.setattr(sandbox, "run", die)
    with pytest.raises(error):
        store_picture(encoded(quarters(), "PNG"))


@pytest.mark.parametrize(
    "lie",
    [
        {"original": b"<html><script>alert(1)</script>"},
        {"format": "svg"},
        {"format": "jpeg"},
        {"colour": "red;background:url(//evil)"},
        {"preview": "javascript:alert(1)"},
        {"preview": 'data:image/webp;base64,AA"onload=x'},
    ],
)
def test_a_child_that_was_taken_over_cannot_smuggle_anything_in(db, monkeypatch, files, lie):
    from dataclasses import replace

    honest = press.press(encoded(quarters(), "PNG"))
    assert isinstance(honest, press.Pressed)
    monkeypatch.setattr(sandbox, "run", lambda *args, **limits: replace(honest, **lie))
    with pytest.raises(PictureUnreadable):
        store_picture(encoded(quarters(), "PNG"))
    assert files() == []


def test_a_row_that_cannot_be_written_leaves_no_file(db, monkeypatch, files):
    def fail(self, **options):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Picture, "save", fail)
    with pytest.raises(RuntimeError):
        store_picture(encoded(quarters(), "PNG"))
    assert files() == []


def test_renditions_are_begun_only_after_the_commit(
    transactional_db, django_capture_on_commit_callbacks
):
    with transaction.atomic():
        picture = store_picture(encoded(quarters(600, 400), "JPEG"))
        assert Picture.objects.get().state == "fresh"
    picture.refresh_from_db()
    assert picture.state == "ready"


def test_one_person_cannot_fill_the_disk(db, alice, bob, settings, monkeypatch):
    settings.RATE_LIMITS = True
    store_picture(encoded(quarters(), "PNG"), owner_id=alice.pk)
    monkeypatch.setattr(storing, "MAX_BYTES_A_DAY", 10)
    with pytest.raises(UploadsExhausted):
        store_picture(encoded(quarters(), "JPEG"), owner_id=alice.pk)
    store_picture(encoded(quarters(), "JPEG"), owner_id=bob.pk)
    Upload.objects.update(created=timezone.now() - timedelta(days=2))
    store_picture(encoded(quarters(), "WEBP"), owner_id=alice.pk)


def test_a_moving_picture_is_kept_moving(db):
    picture = store_picture(moving("GIF", 4))
    assert picture.animated
    assert picture.original_format == "webp"
    assert getattr(decoded(filing.read(picture.original_file)), "n_frames", 1) == 4


def test_a_released_picture_is_gone_at_once_unless_somebody_holds_it(
    db, alice, bob, files, django_capture_on_commit_callbacks
):
    data = encoded(quarters(), "PNG")
    picture = store_picture(data, owner_id=alice.pk)
    store_picture(data, owner_id=bob.pk)
    with django_capture_on_commit_callbacks(execute=True):
        release_picture(picture.pk, owner_id=alice.pk)
    assert Picture.objects.filter(pk=picture.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        release_picture(picture.pk, owner_id=bob.pk)
    assert not Picture.objects.exists()
    assert files() == []


def test_a_released_picture_that_is_somebodys_face_stays(
    db, alice, bob, django_capture_on_commit_callbacks
):
    picture = store_picture(encoded(quarters(), "PNG"), owner_id=alice.pk)
    bob.face = picture
    bob.save(update_fields=["face"])
    with django_capture_on_commit_callbacks(execute=True):
        release_picture(picture.pk, owner_id=alice.pk)
    assert default_storage.exists(picture.original_file)
    bob.refresh_from_db()
    assert bob.face == picture
