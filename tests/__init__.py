"""The tests: they mirror the rooms; `conftest.py` has the people, `services.py` the servers."""
