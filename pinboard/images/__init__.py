"""Pictures: from hostile bytes to clean files, and who may have them.

May import live, web and below; never people, pins or anything above: they tell us who may see a
picture by registering with access.py, and what they still refer to is found through Django's
related objects.

Begin with storing.py (the deed), then press.py and its helpers formats.py and colours.py, which
know no Django because they run in the sandbox's child process. jobs.py makes renditions and
sweeps, views.py hands files out, cards.py is the cheap way from a row to HTML.
"""
