"""Guided search: from a word to exactly the one thing.

An index of our own stands beside the pins, the same on SQLite (FTS5) and PostgreSQL (full
text). Words become tokens in one place (text.py, stem.py), so both engines and the guides agree
on what a word is.

    views -> page -> results, guides, suggesting -> understanding -> index -> models

understanding.py says what each typed word may mean (synonyms.py, spelling.py), the engine finds
candidates, relaxing.py asks for less where that is too few, ranking.py orders the best.

keeping.py hears what changed in the house (pins announces it) and keeps the index right shortly
after each commit. May import pins and everything below it; not messaging, which knows a search
only by its address. Begin with page.py.
"""
