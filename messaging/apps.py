from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from messaging.finding import keeping  # noqa: F401
        from messaging import gone, reasons, requesting  # noqa: F401  # they register themselves
