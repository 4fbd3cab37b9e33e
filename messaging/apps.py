from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        # They register themselves.
        from messaging import boards, emptying, freshness, gone, grouping, news, reasons, requesting  # noqa: F401  # for what they do when imported
        from messaging.finding import keeping  # noqa: F401  # as above
