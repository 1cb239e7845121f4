"""The registers: what a name stands for - substances, territories, treaties - and first notices.

Enters: CSV files that ship with the package (``data/``), read with the standard library. Leaves:
frozen entries with an identifier that is never reused, found by exact name, alias, known
misspelling or cautious fuzzy search. Nothing is written. A broken file is refused with its line,
column and remedy, and an unknown identifier with the nearest one that exists.

Every fact of an entry says which sources gave it and whether two independent ones agree
(``verified``) or not (``unverified``). Doors: ``substances.load``, ``territories.load``,
``treaties.load``, ``notices.load``.
"""
