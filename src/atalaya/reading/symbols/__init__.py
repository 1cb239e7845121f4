"""Symbols of United Nations and kindred documents: read, printed, and found in running text.

Enters: a symbol as written, or a text. Leaves: its parts, or the symbols of the text with their
places. Nothing is read from disk and nothing is written. A form that is not known raises
``BadInput`` where one symbol is asked for, and is listed as unread in running text.

Its doors are ``symbol.Symbol.parse(text)`` and ``finding.mentions(text)``.
"""
