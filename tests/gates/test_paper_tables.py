"""Roll calls that a PDF prints in columns: lists of names, tables of votes, signs and pairs."""

import time

import pytest
import typst

from atalaya.promises.votes import ballots, doubts
from atalaya.promises.votes.rolls import code
from atalaya.reading.reports.pages import pdf_text

VOTED = {
    "in favour": [
        *("Austria", "Brazil", "Canada", "Chile", "Côte d'Ivoire", "Dominican Republic", "Finland"),
        *("Bolivia (Plurinational State of)", "Guatemala", "Hungary", "Japan", "Uruguay"),
        "United Kingdom of Great Britain and Northern Ireland",
    ],
    "against": ["Argentina", "Russian Federation", "United States of America"],
    "abstained": ["Algeria", "Armenia", "China", "Ghana", "Iran (Islamic Republic of)"],
}
HEADINGS = {"in favour": "In favour", "against": "Against", "abstained": "Abstaining"}
WORDS = {"in favour": "Yes", "against": "No", "abstained": "Abstain"}
EVERY = sorted((name, vote) for vote, names in VOTED.items() for name in names)
BEFORE = "Draft E/CN.9/2031/L.3 was adopted by 13 votes to 3, with 5 abstentions.\n\n"
AFTER = (
    "\nThe meeting rose at 6 p.m. and the delegations thanked the Chair for a long day of work.\n"
)


def cells(rows):
    return ",".join(f"[{one}]" for row in rows for one in row)


def down(names, columns):
    """Set names down the columns, as most lists of names are."""
    height = -(-len(names) // columns)
    at = lambda row, column: column * height + row  # noqa: E731
    return [
        [names[at(row, one)] if at(row, one) < len(names) else "" for one in range(columns)]
        for row in range(height)
    ]


def listed(columns, gutter):
    return "".join(
        f"*{HEADINGS[vote]}:*\n\n#grid(columns: (1fr,) * {columns}, row-gutter: {gutter}pt, "
        f"{cells(down(names, columns))})\n\n"
        for vote, names in VOTED.items()
    )


def filled(kind, heads):
    height = max(map(len, VOTED.values()))
    rows = [
        [names[at] if at < len(names) else "" for names in VOTED.values()] for at in range(height)
    ]
    return f"#{kind}(columns: 3, column-gutter: 9pt, row-gutter: 5pt, {cells([heads, *rows])})\n"


def running(columns):
    lists = "\n\n".join(
        f"*{HEADINGS[vote]}:*\\\n" + "\\\n".join(names) for vote, names in VOTED.items()
    )
    return f"#columns({columns})[{lists}]\n"


MARKED = [[name, *("X" if vote == one else "" for one in VOTED)] for name, vote in EVERY]
SIGNED = [f"{WORDS[vote][0]} {name.upper()}" for name, vote in EVERY]
PAIRED = [
    [one for each in EVERY[at : at + 2] for one in (each[0], WORDS[each[1]])]
    for at in range(0, 21, 2)
]
SHEETS = {
    "crosses": ("table", 4, [["Member", "Yes", "No", "Abstain"], *MARKED]),
    "signs in two columns": ("grid", 2, down(SIGNED, 2)),
    "signs in three columns": ("grid", 3, down(SIGNED, 3)),
    "pairs of member and vote": ("table", 4, [["Member", "Vote"] * 2, *PAIRED]),
}
PAPERS = {
    **{f"{n} columns of names": listed(n, 4) for n in (2, 3, 4)},
    "names far apart": listed(3, 14),
    "names in running columns": running(2),
    "a table of names": filled("table", [*HEADINGS.values()]),
    "a table with counts": filled("table", [f"{HEADINGS[v]} ({len(n)})" for v, n in VOTED.items()]),
    "columns under headings": filled("grid", [f"*{one}*" for one in HEADINGS.values()]),
    **{
        name: f"#{kind}(columns: {n}, column-gutter: 9pt, row-gutter: 6pt, {cells(rows)})\n"
        for name, (kind, n, rows) in SHEETS.items()
    },
}


def paper(folder, body, width=18):
    source = folder / "paper.typ"
    setting = f"#set page(width: {width}cm, height: 24cm, margin: 1.5cm)\n#set text(size: 10pt)\n"
    source.write_text(setting + BEFORE + body + AFTER, "utf-8")
    return typst.compile(str(source))


@pytest.mark.parametrize("name", PAPERS)
def test_a_roll_call_in_columns_is_read_whole(name, tmp_path):
    text = pdf_text(paper(tmp_path, PAPERS[name]), name, tables=True)
    (one,) = ballots(text)
    found = {each.vote: sorted(str(who.iso3) for who in each.names) for each in one.lists}
    assert found == {vote: sorted(map(code, names)) for vote, names in VOTED.items()}
    assert [each.kind for each in doubts(one)] == []
    assert "thanked the Chair for a long day of work." in " ".join(text.split())


def test_a_page_without_a_table_is_the_same_with_tables_kept(tmp_path):
    payload = paper(tmp_path, running(2))
    assert pdf_text(payload, "x", tables=True) == pdf_text(payload, "x")


def test_columns_that_nothing_parts_are_not_guessed(tmp_path):
    glued = PAPERS["columns under headings"].replace("column-gutter: 9pt, ", "")
    for one in ballots(pdf_text(paper(tmp_path, glued), "x", tables=True)):
        assert doubts(one)
        for each in one.lists:
            assert {who.iso3 for who in each.names} <= {*map(code, VOTED[each.vote]), None}


def test_without_its_tables_kept_a_page_keeps_no_tabs(tmp_path):
    payload = paper(tmp_path, PAPERS["a table of names"])
    assert "\t" not in pdf_text(payload, "x")
    assert "Austria\tArgentina\tAlgeria" in pdf_text(payload, "x", tables=True)


def test_two_hundred_pages_of_tables_are_laid_out_in_seconds(tmp_path):
    page = PAPERS["crosses"] + "#pagebreak()\n"
    payload = paper(tmp_path, page * 200)
    start = time.monotonic()
    text = pdf_text(payload, "x", tables=True)
    assert text.count("\f") >= 200
    assert time.monotonic() - start < 20
