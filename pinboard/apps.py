from django.apps import AppConfig


class PinboardConfig(AppConfig):
    """The roof: it exists as an app only so that Django finds its commands."""

    name = "pinboard"
