"""Reading: from bytes as received to claims with quoted spans, and from a person's sheet to rows.

Enters: a document's payload, or a file somebody gives. Leaves: claims, rows and issues. Nothing is
written. What cannot be understood stops the reading with file, line, column and remedy, or becomes
an issue that is published with the data; it never becomes an empty table.

The door for a source's documents is ``reading.tables.read_document``.
"""
