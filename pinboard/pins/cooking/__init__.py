"""Ingredients as sentences with amounts in them: scaled to servings, gathered for shopping.

Knows no Django and no pins: text in, text out. Begin with lines.py, which finds in a line what
may be multiplied; scaling.py writes it anew, gathering.py adds up what several recipes want.

Own code, not a library that tags words: such a one answers with a name and an amount, while
somebody who cooks wants the author's own line, only with other numbers in it.
"""
