"""Whether a column holds free text, in which anybody may be named whatever its heading says."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from atalaya.model.declarations import Table
from atalaya.model.errors import Place
from atalaya.model.records import Document, Issue
from atalaya.model.sentences import sentence
from atalaya.reading.grid import Grid
from atalaya.reading.layout import Layout

# Calibrated on the names and labels at hand: none of 1,854 names of substances has more than five
# words, and of the columns of labels in the tables of UNODC, COINr and the UN's funds at most a
# third of the texts do; of the columns of notes in the same tables, 38 to 100 of 100.
_MOST_WORDS = 5
_SHARE = 1 / 3
_LABELS = 20  # a column with so many texts is no label, however often each of them repeats


def is_free_text(texts: Collection[str], filled: int) -> bool:
    """Say whether a column holds sentences rather than names, numbers and labels.

    Args:
        texts: Its distinct texts.
        filled: Number of its cells that are not empty.

    Returns:
        Whether more than a third of the texts have more than five words, and they are 20 or more or
        seldom repeat: a label of many words stands in row after row.

    >>> is_free_text({"seen with Jane Roe at the bar", "given by a friend of the patient"}, 2)
    True
    >>> is_free_text({"deaths in which it was found"}, 9)
    False
    """
    long = sum(len(text.split()) > _MOST_WORDS for text in texts)
    return long > _SHARE * len(texts) and len(texts) >= min(_LABELS, filled / 2)


def free_text_issues(
    grid: Grid, table: Table, layout: Layout, document: Document
) -> Iterator[Issue]:
    """Give an issue for each declared column that holds free text; for sources about people.

    Args:
        grid: The cells.
        table: What is declared of them; the column that says how a row was checked may be prose,
            and so may all where somebody has read them.
        layout: Where the columns stand.
        document: The document.
    """
    if table.prose is not None:
        return
    allowed = table.how_checked.column if table.how_checked is not None else None
    for name, cells in grid.columns.items():
        texts = cells.unique().drop_null().to_pylist()
        if name != allowed and is_free_text(texts, len(cells) - cells.null_count):
            yield Issue(
                "free-text",
                sentence(
                    "the declared column {name!r} holds free text, in which persons may be named",
                    name=name,
                ),
                "read",
                document.source,
                Place(layout.passages.place, int(layout.rows.lines[0]), name),
                sentence(
                    "take the column out of [[table]], say private_persons = true, or read it and "
                    "say in `prose` who did, when, and that it names nobody"
                ),
            )
