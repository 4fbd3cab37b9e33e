from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "pinboard.notifications"
    label = "notifications"

    def ready(self) -> None:
        from pinboard.notifications import emptying  # noqa: F401  # it registers itself
