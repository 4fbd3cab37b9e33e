from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pinboard.people"
    label = "people"

    def ready(self) -> None:
        from pinboard.people import faces, finding  # noqa: F401  # they register themselves
