"""Real time: the events people's tabs hear, and the one socket per tab that carries them.

A deed calls `publish(event, people=...)`; after the commit every tab of those people hears it.
The socket speaks downward only; typing is the one word it listens to. Events may be lost (a
restart, a slow reader, Redis away): the database is the truth, and a tab asks it what it missed.

Begin with events.py for the words and publish.py for the way out. Then consumer.py (one socket),
hub.py (all sockets of this process) and layer.py (between processes). May import errors only.
"""
