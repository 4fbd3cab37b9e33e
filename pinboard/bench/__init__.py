"""What a page costs and how long a message travels: the measurements behind `manage.py bench`.

A child process fills a data folder (preparing.py, dataset.py), a real server serves it on one
core (serving.py), and this process asks from another: pages.py and places.py over lines that
stay open (wire.py), delivery.py through websockets. sums.py and receipts.py do the counting and
know nothing of the network; report.py draws the tables. Everything stays on loopback and ends
by itself.

settings.py and urls.py are the server's: ours, with one more address, the yardstick. May import
everything below the roof. Begin with pages.py.
"""
