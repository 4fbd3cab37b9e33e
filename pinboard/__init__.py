"""Pinboard: collect pictures that lead somewhere, and decide together what to do with them.

The roof of the house: settings, addresses, the ASGI entry. Nothing imports it. Below stand
the rooms, and imports only ever go down the stairs (docs/house.md draws them):

    urls, asgi, demo, bench, torture, management
    messaging | search
    pins
    notifications
    people
    images | ingest
    live | web
    errors, sandbox, jobs

Begin with pins/models.py for the words, then follow one pin through pins/saving.py.
"""

__version__ = "0.1.0"
