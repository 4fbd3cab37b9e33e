"""Waking a browser that is closed: web push with our own keys (RFC 8030, 8291, 8292).

What is sent is encrypted for one browser; the push service between sees only that something is
sent. Its address comes from the browser, so from anybody: sending goes through the guarded door.
A subscription lasts as long as the session that made it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException

from pinboard.errors import PinboardError
from pinboard.ingest.delivery import deliver
from pinboard.live.session import person_of
from pinboard.notifications.models import PushSubscription
from pinboard.people.models import Person

logger = logging.getLogger(__name__)

PER_PERSON = 10
KEEP_SECONDS = 24 * 3600
TOKEN_SECONDS = 12 * 3600
MOST_FAILURES = 12
LONGEST_REST_MINUTES = 240
AUTH_BYTES = 16
# How long a process may believe that nobody, or somebody, wants to be woken.
ANYBODY_SECONDS = 20
_ANYBODY = "push-anybody"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Push:
    """What a browser shows. tag: a newer one with the same tag takes its place."""

    title: str
    body: str
    url: str
    tag: str


@lru_cache(maxsize=1)
def _vapid() -> Vapid02:
    """Our signing key, drawn from the site's secret, so that every process has the same one."""
    hkdf = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"pinboard push key")
    number = int.from_bytes(hkdf.derive(settings.SECRET_KEY.encode())) % (_P256_ORDER - 1) + 1
    return Vapid02(private_key=ec.derive_private_key(number, ec.SECP256R1()))


def public_key() -> str:
    """Our key as a browser's pushManager.subscribe wants it: base64url of the point."""
    point = _vapid().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return urlsafe_b64encode(point).rstrip(b"=").decode()


@transaction.atomic
def subscribe(
    *, person: Person, session_key: str, endpoint: str, p256dh: str, auth: str
) -> PushSubscription:
    """Wake this browser from now on. Raises PinboardError "bad_subscription".

    A browser has one: whoever signs in on it next takes it over. Of many the oldest end.
    """
    try:
        URLValidator(schemes=["https"] if not settings.FETCH_ALLOW else ["https", "http"])(endpoint)
        if max(len(endpoint) / 1000, len(p256dh) / 120, len(auth) / 40) > 1:
            raise ValueError("too long")
        if len(urlsafe_b64decode(auth + "==")) != AUTH_BYTES:
            raise ValueError("no key")
        _encrypted(b"{}", endpoint, p256dh, auth)
    except (ValidationError, ValueError, WebPushException, TypeError, IndexError) as error:
        raise PinboardError(
            "This browser cannot be told of messages.", code="bad_subscription"
        ) from error
    subscription, _ = PushSubscription.objects.update_or_create(
        endpoint_digest=_digest(endpoint),
        defaults={
            "person": person,
            "session_key": session_key,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
        },
    )
    mine = PushSubscription.objects.filter(person=person).order_by("-pk")
    PushSubscription.objects.filter(pk__in=list(mine.values("pk")[PER_PERSON:])).delete()
    cache.set(_ANYBODY, True, ANYBODY_SECONDS)
    return subscription


def unsubscribe(*, person: Person, endpoint: str) -> None:
    PushSubscription.objects.filter(person=person, endpoint_digest=_digest(endpoint)).delete()


def anybody_listens() -> bool:
    """Whether any browser wants to be woken at all; may be wrong for some seconds."""
    known = cache.get(_ANYBODY)
    if known is None:
        known = PushSubscription.objects.exists()
        cache.set(_ANYBODY, known, ANYBODY_SECONDS)
    return bool(known)


def push(person: Person, message: Push) -> int:
    """Wake this person's browsers, one after the other. Returns how many took it.

    Only those whose session still holds at this moment. Waits for the network, for jobs; at the
    first service that is not reached the others go unasked, so that nobody's ten dead addresses
    hold up everybody's pushes.
    """
    taken = 0
    rested = Q(rests_until__isnull=True) | Q(rests_until__lte=timezone.now())
    for one in PushSubscription.objects.filter(rested, person=person):
        if person_of(one.session_key) != person.pk:
            one.delete()
            continue
        status = _send(one, message)
        if 200 <= status < 300:
            taken += 1
            PushSubscription.objects.filter(pk=one.pk).update(failures=0, rests_until=None)
        else:
            _let_rest(one, status)
        if not status:
            break
    return taken


def _let_rest(subscription: PushSubscription, status: int) -> None:
    same = PushSubscription.objects.filter(pk=subscription.pk)
    if status in (404, 410) or subscription.failures + 1 >= MOST_FAILURES:
        same.delete()  # the browser took its leave, or nobody has answered for long
        return
    minutes = min(2**subscription.failures, LONGEST_REST_MINUTES)
    until = timezone.now() + timedelta(minutes=minutes)
    same.update(failures=F("failures") + 1, rests_until=until)


def _send(subscription: PushSubscription, message: Push) -> int:
    """The push service's status; 0 when it was not reached."""
    body = json.dumps(asdict(message)).encode()
    address = urlsplit(subscription.endpoint)
    claims = {
        "aud": f"{address.scheme}://{address.netloc}",
        "exp": int(time.time()) + TOKEN_SECONDS,
        "sub": _contact(),
    }
    try:
        return deliver(
            subscription.endpoint,
            body=_encrypted(body, subscription.endpoint, subscription.p256dh, subscription.auth),
            headers={
                **_vapid().sign(claims),
                "Content-Type": "application/octet-stream",
                "Content-Encoding": "aes128gcm",
                "TTL": str(KEEP_SECONDS),
                "Urgency": "normal",
                "Topic": _digest(message.tag)[:32],
            },
            allow=settings.FETCH_ALLOW,
            on_behalf_of=settings.FETCH_AS,
        )
    except PinboardError as error:
        logger.info("a push service was not reached: %s", error.code)
        return 0


def _contact() -> str:
    """Whom a push service may ask about us: our address, where it is one RFC 8292 takes."""
    origin = urlsplit(settings.ORIGIN)
    if origin.scheme == "https" and "." in (origin.hostname or ""):
        return f"https://{origin.hostname}"
    return "mailto:pinboard@localhost.localdomain"


def _encrypted(body: bytes, endpoint: str, p256dh: str, auth: str) -> bytes:
    """Raises WebPushException, ValueError or TypeError for keys that are none."""
    pusher = WebPusher({"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}})
    encoded: bytes = pusher.encode(body)["body"]
    return encoded


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
