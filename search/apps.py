from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import emptying, hearing  # noqa: F401  # they register themselves
