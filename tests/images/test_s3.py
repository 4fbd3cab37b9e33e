"""The same pictures on S3: a real S3 server process answers, through django-storages."""

from __future__ import annotations

import http.client
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer

from pinboard.images import filing, jobs, sweeping
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from tests.images.samples import encoded, quarters

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(s3_server, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "pictures",
                "endpoint_url": s3_server,
                "access_key": "pinboard",
                "secret_key": "secret",
                "region_name": "us-east-1",
                "signature_version": "s3v4",
                "querystring_expire": 60,
                "default_acl": None,
                "file_overwrite": True,
            },
        },
    }
    storage: Any = default_storage
    made = storage.connection.create_bucket(Bucket="pictures")
    yield made
    made.objects.all().delete()
    made.delete()


@pytest.fixture
def picture(db, alice):
    made = store_picture(encoded(quarters(600, 400), "JPEG"), owner_id=alice.pk)
    jobs.make_renditions(made.pk)
    made.refresh_from_db()
    return made


def kept(bucket):
    return sorted(thing.key for thing in bucket.objects.all())


def get(address):
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.netloc, timeout=10)
    line.request("GET", f"{parts.path}?{parts.query}")
    answer = line.getresponse()
    return answer, answer.read()


def test_original_and_renditions_lie_in_the_bucket(bucket, picture):
    assert kept(bucket) == sorted(picture.files)


def test_a_private_file_is_reached_by_an_address_that_lives_a_minute(client, picture, alice, bob):
    address = picture.src
    client.force_login(bob)
    assert client.get(address).status_code == 404
    client.force_login(alice)
    response = client.get(address)
    assert response.status_code == 302
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert parse_qs(urlsplit(response["Location"]).query)["X-Amz-Expires"] == ["60"]
    answer, content = get(response["Location"])
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "image/webp"
    assert content == filing.read(picture.rendition_file(480))


def test_a_public_file_may_be_remembered_no_longer_than_its_address_lives(
    client, picture, for_everyone
):
    for_everyone.add(picture.pk)
    response = client.get(picture.src)
    assert parse_qs(urlsplit(response["Location"]).query)["X-Amz-Expires"] == ["60"]
    assert response["Cache-Control"] == "public, max-age=30"
    assert get(response["Location"])[0].status == 200


def test_the_sweep_works_on_a_bucket(bucket, picture, django_capture_on_commit_callbacks):
    filing.write(f"pictures/{picture.key[:2]}/{picture.key}-feed-240.webp", b"left behind")
    tomorrow = timezone.now() + timedelta(days=1, hours=1)
    sweeping.sweep_files(picture.key[:2], before=tomorrow)
    assert kept(bucket) == sorted(picture.files)
    with django_capture_on_commit_callbacks(execute=True):
        sweeping.sweep_rows(picture.key[:2], before=tomorrow)
    assert not Picture.objects.exists()
    assert kept(bucket) == []
