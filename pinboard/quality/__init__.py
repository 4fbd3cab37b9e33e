"""How well pages are read and how good the search is: what `manage.py quality` measures.

pages.py reads the saved pages of tests/pages, compares with their sidecars, and takes the time.

interests.txt says what there is to pin and how people call it; corpus.py draws pins from it,
each with a subject that nobody sees: what its picture shows. queries.txt says what people type
and which subjects they mean. Judgements compare subjects (judging.py) and never look at a word
of the pins, so that a synonym, a misspelling or a picture nobody described counts as it would
for a person.

A child process per engine fills a data folder and asks ours (filling.py, asking.py); the same
pins go to the bare engines (rivals.py); measures.py and guiding.py count and know nothing of
either; report.py draws the tables. May import everything below the roof, and the bench. Begin
with judging.py.
"""
