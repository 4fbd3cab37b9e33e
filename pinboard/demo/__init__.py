"""The demo world: pictures drawn by code, people, boards and conversations, laid out as data.

`art` draws the pictures and `world` holds the data; neither knows Django. The builder beside
them turns both into rows through the product's own deeds.
"""
