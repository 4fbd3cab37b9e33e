"""The commands behind the door, and the rules of the house they check.

Each command is one file in `commands/`; `house.py` holds the rules that no bought tool knows
(templates, modules, the shape of files). May import everything; nothing imports it.
Begin with `commands/start.py`.
"""
