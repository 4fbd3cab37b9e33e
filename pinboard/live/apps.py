"""Wires the ends of sessions to the sockets that belong to them."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "pinboard.live"
    label = "live"

    def ready(self) -> None:
        from pinboard.live import revocation

        revocation.connect()
