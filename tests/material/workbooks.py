"""Makes workbooks from rows."""

import io

import openpyxl


def workbook(**named):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
