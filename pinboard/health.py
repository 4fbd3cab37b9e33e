"""Whether this process can serve, and whether what it stands on answers."""

from __future__ import annotations

import logging
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from pinboard.live.layer import LocalLayer

logger = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as soon as the process answers requests."""
    return JsonResponse({"ok": True})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, channel layer and storage answer, else 503 with which does not."""
    checks = {"database": _database, "layer": _layer, "storage": _storage}
    state = {name: _answers(name, check) for name, check in checks.items()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _answers(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # whatever the failure, the answer is "not ready"
        logger.warning("not ready: %s", name, exc_info=True)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _layer() -> None:
    layer = get_channel_layer()
    if layer is not None and not isinstance(layer, LocalLayer):
        async_to_sync(layer.group_send)("health", {"type": "live.health"})


def _storage() -> None:
    default_storage.exists("health")
