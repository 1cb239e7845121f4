"""Makes workbooks from rows."""

import io

import openpyxl


def workbook(change=None, **named):
    """Pack sheets of rows by their names; ``change`` may alter the book before."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    if change is not None:
        change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
