"""Shared view craft: the request handler, files, headers, answers, keyset pages, limits.

May import errors and live's siblings below; knows no model. Begin with answers.py.
"""
