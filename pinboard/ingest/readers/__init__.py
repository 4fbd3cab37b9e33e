"""One small module per way in which pages describe themselves.

Each has ``read(document) -> Reading``: a reading with the few fields it found, everything else
unknown. They neither know nor overrule each other; ``page.py`` lays them over one another in
order of trust. JSON-LD and microdata write the same vocabulary, schema.org, in two ways:
``jsonld`` and ``microdata`` turn both into the same nodes, ``schema`` reads those.
"""
