"""The nouns of the house: identifiers, periods, quantities, records, lineage, errors.

Enters: plain values. Leaves: frozen records and exceptions. Nothing here reads or writes a file,
opens a connection, or looks at the clock. A value that is not valid is refused where it is made,
with an error that says what was wrong and what to do.
"""
