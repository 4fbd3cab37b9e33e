from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "pinboard.notifications"
    label = "notifications"
