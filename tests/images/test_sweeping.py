"""The sweep takes what nothing refers to, and nothing else."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from pinboard.images import filing, jobs, sweeping
from pinboard.images.models import Picture, Upload, new_key, rendition_file
from pinboard.images.storing import store_picture
from tests.images.samples import encoded, quarters

DAY = timedelta(days=1)


def sweep_everything(ago=timedelta(0)):
    """One whole round as it will happen, or as it happened some time ago."""
    now = timezone.now() - ago
    for shard in {key[:2] for key in Picture.objects.values_list("key", flat=True)} | {"ff"}:
        sweeping.sweep_rows(shard, before=now - sweeping.ROW_PATIENCE)
        sweeping.sweep_files(shard, before=now - sweeping.FILE_PATIENCE)


def grow_old(media_folder, *, hours):
    Picture.objects.update(last_stored=timezone.now() - timedelta(hours=hours))
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    for path in media_folder.rglob("*.*"):
        os.utime(path, (then, then))


@pytest.fixture
def picture(db, alice):
    made = store_picture(encoded(quarters(300, 200), "JPEG"), owner_id=alice.pk)
    jobs.make_renditions(made.pk)
    made.refresh_from_db()
    return made


def test_an_old_upload_that_nothing_refers_to_goes_with_its_files(
    picture, media_folder, files, django_capture_on_commit_callbacks
):
    grow_old(media_folder, hours=25)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_everything()
    assert not Picture.objects.exists()
    assert not Upload.objects.exists()
    assert files() == []


def test_a_young_upload_stays(picture, media_folder, files):
    grow_old(media_folder, hours=23)
    sweep_everything()
    assert Picture.objects.get() == picture
    assert files() == sorted(picture.files)


def test_an_old_picture_that_was_stored_again_just_now_stays(picture, media_folder, alice):
    grow_old(media_folder, hours=25)
    store_picture(encoded(quarters(300, 200), "JPEG"), owner_id=alice.pk)
    sweep_everything()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_that_something_refers_to_stays(picture, media_folder, bob, files):
    bob.face = picture
    bob.save(update_fields=["face"])
    grow_old(media_folder, hours=1000)
    sweep_everything()
    bob.refresh_from_db()
    assert bob.face == picture
    assert files() == sorted(picture.files)


def test_every_foreign_key_in_the_house_counts_as_a_reference():
    holders = {relation.related_model._meta.label for relation in sweeping._references()}
    assert {"people.Person", "pins.Pin"} <= holders
    assert "images.Upload" not in holders


def test_a_reference_nobody_told_us_of_stops_the_deletion_in_the_database(
    transactional_db, bob, monkeypatch, files
):
    picture = store_picture(encoded(quarters(), "PNG"))
    bob.face = picture
    bob.save(update_fields=["face"])
    monkeypatch.setattr(sweeping, "_references", list)
    before = files()
    sweeping.remove_if_unused(picture.pk)
    bob.refresh_from_db()
    assert bob.face == picture
    assert files() == before


def test_old_files_that_no_row_vouches_for_go_and_the_others_stay(picture, media_folder, files):
    left_by_a_killed_job = rendition_file(picture.key, "0123456789abcdef", 240)
    left_by_a_lost_row = f"pictures/ff/ff{new_key()[2:]}-original.png"
    for name in (left_by_a_killed_job, left_by_a_lost_row):
        filing.write(name, b"left behind")
    sweep_everything()
    assert {left_by_a_killed_job, left_by_a_lost_row} < set(files()), "a job may be at work"
    grow_old(media_folder, hours=13)
    sweep_everything()
    assert files() == sorted(picture.files)


def test_every_shard_comes_round_within_half_a_day():
    start = timezone.now()
    runs = range(0, 12 * 60, sweeping.SWEEP_MINUTES)
    seen = {
        shard
        for minutes in runs
        for shard in sweeping.shards_of(start + timedelta(minutes=minutes))
    }
    assert len(seen) == 256


def test_the_periodic_sweep_works_on_an_empty_house(db, files):
    jobs.sweep()
    jobs.restart_stalled()
    assert files() == []
