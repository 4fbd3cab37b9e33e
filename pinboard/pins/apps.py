from django.apps import AppConfig


class PinsConfig(AppConfig):
    name = "pinboard.pins"
    label = "pins"

    def ready(self) -> None:
        from pinboard.pins import collaborating, emptying, news, pictures  # noqa: F401  # they register themselves
