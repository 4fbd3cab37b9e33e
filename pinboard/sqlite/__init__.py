"""Django's SQLite, with its writers waiting in turn.

SQLite lets one transaction write at a time. Whoever finds it busy sleeps a little longer after
each look, up to a tenth of a second, and may always come second to somebody who has just arrived.
Our threads stand in a queue instead (turns.py) and come to SQLite one by one; only other
processes are still waited for in SQLite's own way. base.py is what DATABASES names.
"""
