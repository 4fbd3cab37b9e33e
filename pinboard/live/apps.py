from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "pinboard.live"
    label = "live"
