"""Reading the web: from a link to what its page says.

``page.py`` is where others come in: ``read_link`` and ``fetch_picture``. Behind it ``fetch.py``
is the only door to the network (``links.py`` and ``addresses.py`` say where one may go,
``connection.py`` keeps the clock, ``answers.py`` judges what came; ``robots.py`` asks whether a
visit that nobody asked for is welcome). ``page.read_page`` turns a document into one `Reading` by
asking the small functions in ``readers/`` in order of trust. Errors are in ``errors.py``.

Knows no Django; imports ``pinboard.errors`` and ``pinboard.sandbox`` only. Begin with
``reading.py`` (what we want to know) and ``page.py`` (how we find out).
"""
