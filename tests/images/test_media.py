"""Files of pictures: who may have them, with which headers, at which cost."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from pinboard.images import filing, jobs
from pinboard.images.models import Picture, new_key
from pinboard.images.storing import store_picture
from tests.images.samples import encoded, quarters


@pytest.fixture
def picture(db):
    made = store_picture(encoded(quarters(600, 400), "JPEG"))
    jobs.make_renditions(made.pk)
    made.refresh_from_db()
    return made


def address(picture, name="480.webp"):
    return reverse("images:media", args=[picture.key, name])


def body(response):
    return b"".join(response.streaming_content)


def names_of(picture):
    return ["original.jpg", *(f"{width}.webp" for width, _ in picture.renditions)]


def test_what_everyone_may_see_is_cacheable_for_ever(client, picture, for_everyone):
    for_everyone.add(picture.pk)
    for name in names_of(picture):
        response = client.get(address(picture, name))
        assert response.status_code == 200
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
    last = client.get(address(picture, "600.webp"))
    assert body(last) == filing.read(picture.rendition_file(600))


def test_what_one_person_may_see_is_kept_by_nobody(client, picture, for_one, alice):
    for_one[alice.pk] = {picture.pk}
    client.force_login(alice)
    for name in names_of(picture):
        response = client.get(address(picture, name))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"


def test_a_file_of_people_is_never_a_page_of_ours(client, picture, for_everyone):
    for_everyone.add(picture.pk)
    for name, kind in (("original.jpg", "image/jpeg"), ("240.webp", "image/webp")):
        response = client.get(address(picture, name))
        assert response["Content-Type"] == kind
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        given = f'inline; filename="pinboard-{picture.key[:8]}-{name}"'
        assert response["Content-Disposition"] == given


def test_an_uploader_sees_the_picture_before_anything_refers_to_it(client, alice, bob, db):
    picture = store_picture(encoded(quarters(), "PNG"), owner_id=alice.pk)
    client.force_login(alice)
    assert client.get(address(picture, "original.png")).status_code == 200
    client.force_login(bob)
    assert client.get(address(picture, "original.png")).status_code == 404


@pytest.mark.parametrize("who", ["nobody", "charlie"])
def test_what_one_may_not_see_cannot_be_told_from_what_does_not_exist(
    client, picture, for_one, alice, charlie, who
):
    for_one[alice.pk] = {picture.pk}
    if who == "charlie":
        client.force_login(charlie)
        client.get(address(picture))  # the first answer may refresh the session
    answers = []
    for key in (picture.key, new_key()):
        for name in ("480.webp", "original.jpg", "original.html", "7.webp", "x"):
            response = client.get(f"/media/{key}/{name}")
            kept = {k: v for k, v in response.headers.items() if k.lower() != "content-length"}
            answers.append((response.status_code, str(kept), len(response.content)))
    assert {status for status, *_ in answers} == {404}
    assert len(set(answers)) == 1


@pytest.mark.parametrize("key", ["x", "..", "%F0%9F%8D%9D", "A" * 32, "0" * 5000])
def test_what_cannot_be_a_key_is_not_found(client, db, key):
    assert client.get(f"/media/{key}/original.jpg").status_code == 404


def test_a_zero_byte_is_refused_before_anybody_looks_for_a_picture(client, picture):
    wrong = [f"/media/{key}/%00" for key in (picture.key, new_key())]
    answers = [client.get(address) for address in (*wrong, "/media/%00/original.jpg")]
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("who", ["nobody", "charlie"])
def test_refusing_asks_the_same_questions_whether_or_not_the_key_exists(
    client, picture, for_one, alice, charlie, who, django_assert_max_num_queries
):
    for_one[alice.pk] = {picture.pk}
    if who == "charlie":
        client.force_login(charlie)
        client.get(address(picture))
    asked = []
    for key in (picture.key, new_key()):
        with django_assert_max_num_queries(6) as questions:
            client.get(f"/media/{key}/480.webp")
        asked.append([_shape(query["sql"], key) for query in questions.captured_queries])
    assert asked[0] == asked[1]


def _shape(sql, key):
    return re.sub(r"'\d{4}-\d\d-\d\d [^']*'", "TIME", sql.replace(key, "KEY"))


def test_a_public_file_costs_one_question(client, picture, for_everyone, charlie):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for_everyone.add(picture.pk)
    client.force_login(charlie)
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address(picture)).status_code == 200
    assert len(questions) == 1


def test_a_private_file_costs_two_questions_beside_the_session(client, picture, for_one, alice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for_one[alice.pk] = {picture.pk}
    client.force_login(alice)
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address(picture)).status_code == 200
    assert len([q for q in questions if picture.key in q["sql"]]) == 2
    assert len(questions) <= 4


def test_what_turns_private_is_gone_at_the_next_question(client, picture, for_everyone):
    for_everyone.add(picture.pk)
    assert client.get(address(picture)).status_code == 200
    for_everyone.clear()
    for name in names_of(picture):
        assert client.get(address(picture, name)).status_code == 404


def test_renditions_are_served_only_once_the_row_vouches_for_them(client, db, for_everyone):
    picture = store_picture(encoded(quarters(600, 400), "JPEG"))
    for_everyone.add(picture.pk)
    assert client.get(address(picture, "240.webp")).status_code == 404
    assert client.get(address(picture, "original.jpg")).status_code == 200
    jobs.make_renditions(picture.pk)
    assert client.get(address(picture, "240.webp")).status_code == 200


def test_a_file_that_was_lost_is_not_found(client, picture, for_everyone, media_folder):
    for_everyone.add(picture.pk)
    (media_folder / picture.original_file).unlink()
    assert client.get(address(picture, "original.jpg")).status_code == 404


def test_a_file_is_only_read(client, picture, for_everyone):
    for_everyone.add(picture.pk)
    assert client.post(address(picture)).status_code == 405
    head = client.head(address(picture))
    assert head.status_code == 200
    assert body(head) == b""


def test_a_browser_that_has_the_file_is_not_sent_it_again(client, picture, for_everyone):
    for_everyone.add(picture.pk)
    first = client.get(address(picture))
    again = client.get(address(picture), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    part = client.get(address(picture), headers={"Range": "bytes=0-11"})
    assert part.status_code == 206
    assert body(part)[:4] == b"RIFF"


def test_the_door_of_the_model_is_the_door_of_the_file(picture, for_one, alice, bob):
    for_one[alice.pk] = {picture.pk}
    pictures = Picture.objects
    assert list(pictures.visible_to(alice)) == [picture]
    assert list(pictures.visible_to(bob)) == []
    assert list(pictures.visible_to(AnonymousUser())) == []
    assert list(pictures.public()) == []
