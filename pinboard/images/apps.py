from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "pinboard.images"
    label = "images"
