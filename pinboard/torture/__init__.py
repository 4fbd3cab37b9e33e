"""Whether the promises hold when everything goes wrong: the checker behind `manage.py torture`.

A child fills a data folder (preparing.py). Real server processes serve it (servers.py), many
tabs talk to them as the browser does (tab.py, outbox.py, view.py), and a seeded dice breaks
things underneath (faults.py). Everything asked, answered and heard is written down (history.py).
At the end everything is mended, the conversations are read once more as each member, and
checker.py holds what everybody was told against what there finally is; report.py prints it.

checker.py and history.py know nothing of the network, so that wrong histories made by hand can
be put before them (tests/torture/). Begin with checker.py for the promises, run.py for the rest.
May import everything below the roof, and bench for its wire and its data set.
"""
