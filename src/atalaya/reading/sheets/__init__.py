"""A person's own sheet: from the bytes of a workbook or CSV file to rows that can be counted.

Enters: the bytes of a line list (one sample or case a row) or a table of counts, with headings in
English, Spanish or Portuguese. Leaves: a `SheetRows`: the column mapping that was found, the rows,
the rows left out and why, and how each name was read. Nothing is written. Columns that look like
they are about people are not read at all. What cannot be understood is refused with its place and
a remedy, or becomes a `Remark` that the answer says aloud.

The door is ``reading.sheets.reading.read_sheet``.
"""
