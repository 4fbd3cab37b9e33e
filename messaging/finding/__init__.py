"""Finding what was said: a small index of our own, and the messages it leads to.

words.py says what a word is, keeping.py writes the index in the transaction of the message
itself, engine.py asks it (SQLite's FTS5, PostgreSQL's full text), found.py makes results of
what the viewer may see. Knows nothing of the search over pins (search/), nor that of us.
"""
