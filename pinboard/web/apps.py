from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pinboard.web"
    label = "web"
