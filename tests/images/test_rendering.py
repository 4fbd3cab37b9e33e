"""Renditions: made once, by jobs that may run twice or die at any point."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pinboard import sandbox
from pinboard.images import filing, jobs, rendering
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from tests.images.samples import decoded, encoded, quarters


@pytest.fixture
def picture(db):
    """A fresh picture: in a test's transaction, jobs that wait for the commit do not run."""
    return store_picture(encoded(quarters(1000, 500), "JPEG"))


def test_a_fresh_picture_becomes_ready_with_files_of_the_promised_sizes(picture, files):
    assert (picture.state, picture.renditions) == ("fresh", [])
    jobs.make_renditions(picture.pk)
    picture.refresh_from_db()
    assert picture.state == "ready"
    assert picture.renditions == [[240, 120], [480, 240], [960, 480]]
    assert files() == sorted(picture.files)
    for width, height in picture.renditions:
        made = decoded(filing.read(picture.rendition_file(width)))
        assert (made.format, made.size) == ("WEBP", (width, height))


def test_a_job_that_runs_twice_changes_nothing(picture, files):
    jobs.make_renditions(picture.pk)
    before, token = files(), Picture.objects.get().rendition_token
    jobs.make_renditions(picture.pk)
    assert files() == before
    assert Picture.objects.get().rendition_token == token


def test_of_two_jobs_at_once_the_second_takes_its_files_away(picture, monkeypatch, files):
    real = rendering.keep

    def keep_after_a_rival(ours, renditions):
        monkeypatch.setattr(rendering, "keep", real)
        rendering.render(ours.pk)
        real(ours, renditions)

    monkeypatch.setattr(rendering, "keep", keep_after_a_rival)
    jobs.make_renditions(picture.pk)
    picture.refresh_from_db()
    assert picture.attempts == 2
    assert files() == sorted(picture.files)


class Killed(BaseException):
    """Stands for a process that ends here: nothing of ours runs afterwards."""


def test_a_job_killed_between_files_and_row_is_run_again_and_leaves_a_whole_picture(
    picture, monkeypatch, files
):
    real, written = filing.write, list[str]()

    def die_at_the_second(name, content):
        if written:
            raise Killed
        written.append(name)
        real(name, content)

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "write", die_at_the_second)
        with pytest.raises(Killed):
            jobs.make_renditions(picture.pk)
    picture.refresh_from_db()
    assert (picture.state, picture.attempts) == ("fresh", 1)
    assert written[0] in files()
    assert written[0] not in picture.files, "half of a job's files are never vouched for"

    Picture.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    for picture_id in rendering.stalled():
        jobs.make_renditions(picture_id)
    picture.refresh_from_db()
    assert picture.state == "ready"
    assert set(files()) - set(picture.files) == set(written)


def test_an_error_while_writing_takes_the_files_away_and_is_loud(picture, monkeypatch, files):
    def no_space(name, content):
        raise OSError("no space left on device")

    monkeypatch.setattr(rendering, "write", no_space)
    with pytest.raises(OSError, match="no space"):
        jobs.make_renditions(picture.pk)
    assert files() == [picture.original_file]


def test_a_picture_that_fails_is_tried_later_and_later(picture, monkeypatch):
    def crash(*args, **limits):
        raise sandbox.SandboxFailed("It died.", code="sandbox_crash")

    monkeypatch.setattr(sandbox, "run", crash)
    waits = []
    for _ in range(14):
        with pytest.raises(sandbox.SandboxFailed):
            jobs.make_renditions(picture.pk)
        picture.refresh_from_db()
        waits.append(round((picture.retry_at - timezone.now()).total_seconds() / 60))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 24 * 60
    assert rendering.stalled() == []


def test_the_sweep_begins_what_stayed_fresh_and_only_once(picture, monkeypatch):
    assert rendering.stalled() == [], "a fresh picture is left to its first job for a minute"
    Picture.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    assert rendering.stalled() == [picture.pk]
    assert rendering.stalled() == []


def test_the_sweep_leaves_ready_pictures_alone(picture):
    jobs.make_renditions(picture.pk)
    Picture.objects.update(retry_at=timezone.now() - timedelta(days=1))
    assert rendering.stalled() == []


def test_a_picture_deleted_meanwhile_is_no_error(picture):
    picture.delete()
    jobs.make_renditions(picture.pk)


def test_a_damaged_original_is_loud_and_the_picture_stays_fresh(picture, media_folder):
    (media_folder / picture.original_file).write_bytes(b"\xff\xd8\xff nothing more")
    with pytest.raises(rendering.RenditionsFailed):
        jobs.make_renditions(picture.pk)
    assert Picture.objects.get().state == "fresh"
