"""Text, Markdown, PDF and CSV: lines that were wrapped, marks, pages and rows by key."""

from datetime import date

import pytest
import typst

from atalaya.reading.changes import Aside, Difference, Kind, Unit, Version, difference


def _texts(old: str, new: str, media_type: str = "text/plain") -> Difference:
    return difference(Version(old.encode(), media_type), Version(new.encode(), media_type))


def test_equal_bytes_differ_in_nothing():
    assert _texts("It has 40 members.\n", "It has 40 members.\n") == Difference()


def test_a_text_wrapped_at_another_width_says_the_same():
    old = "The quick brown fox jumps over the lazy\ndog and then it goes home. It sleeps.\n"
    new = "The quick brown fox jumps\nover the lazy dog and then\nit goes home. It sleeps.\n"
    found = _texts(old, new)
    assert found.changes == ()
    assert set(found.aside) == {Aside.LAYOUT}


def test_lines_that_say_one_thing_each_stay_apart():
    old = "Deaths: 40\nArrests: 12\n"
    found = _texts(old, "Deaths: 44\nArrests: 12\n")
    assert [(one.before, one.after) for one in found.changes] == [("Deaths: 40", "Deaths: 44")]


def test_marks_of_markdown_and_targets_of_links_are_no_words():
    old = "# Title\n\nIt *has* 40 [members](http://a.example).\n\n- one thing\n"
    new = "Title\n=====\n\nIt has 44 [members](http://b.example).\n\n* one thing\n"
    (one,) = _texts(old, new, "text/markdown").changes
    assert (one.before, one.after, one.where) == (
        "It has 40 members.",
        "It has 44 members.",
        "Title",
    )


def test_a_table_in_markdown_has_rows_and_columns():
    old = "| Country | Deaths |\n|---|---|\n| Peru | 40 |\n"
    (one,) = _texts(old, old.replace("40", "44"), "text/markdown").changes
    assert (one.unit, one.row, one.column, one.named_numbers) == (
        Unit.CELL,
        "Peru",
        "Deaths",
        "40 -> 44",
    )


def test_dates_and_symbols_of_documents_are_named_whole():
    old = "Reports are due by 30 June 2026. See E/CN.7/2025/L.6 for 1,200 cases."
    new = "Reports are due by 31 July 2026. See E/CN.7/2025/L.7 for 1,300 cases."
    first, second = _texts(old, new).changes
    assert first.named_numbers == "30 June 2026 -> 31 July 2026"
    assert second.named_numbers == "1,200 -> 1,300"
    assert ("ins", "E/CN.7/2025/L.7") in [(run.op, run.text) for run in second.words]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Valid until 3 March 2026.", "Valid until 5 March 2026."),
        ("Overdose hits 40 people.", "Overdose hits 44 people."),
        ("Session: opening ceremony", "Session: closing ceremony"),
        ("The response time was 3 s.", "The response time was 5 s."),
        ("Income generated in 2024: 40", "Income generated in 2025: 44"),
        ("SHA-256: " + "0a1b" * 16, "SHA-256: " + "0a1c" * 16),
    ],
)
def test_what_only_looks_like_boilerplate_is_told(old, new):
    found = _texts(old, new)
    assert [one.kind for one in found.changes] == [Kind.CHANGED]
    assert found.aside == {}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Impreso el 3 de marzo de 2026", "Impreso el 5 de marzo de 2026", Aside.DATES),
        ("Dernière mise à jour : 3 mars 2026", "Dernière mise à jour : 5 mars 2026", Aside.DATES),
        (
            "This page was last updated on 2026-03-03",
            "This page was last updated on 2026-04-03",
            Aside.DATES,
        ),
        ("© 2025 A publisher", "© 2026 A publisher", Aside.DATES),
        ("Page generated in 0.34 s", "Page generated in 0.41 s", Aside.TOKENS),
        ("Page views: 1,204", "Page views: 1,377", Aside.TOKENS),
        ("Request ID: 8f14e45fceea167a", "Request ID: c9f0f895fb98ab91", Aside.TOKENS),
    ],
)
def test_boilerplate_is_counted_by_what_it_is(old, new, why):
    found = _texts(f"It is law.\n\n{old}\n", f"It is law.\n\n{new}\n")
    assert (found.changes, found.aside) == ((), {why: 1})


def test_the_day_of_capture_in_both_versions_is_no_news_and_another_day_is():
    def between(old: str, new: str) -> Difference:
        return difference(
            Version(old.encode(), day=date(2026, 3, 3)), Version(new.encode(), day=date(2026, 3, 9))
        )

    clock = between("Tuesday, 3 March 2026\n\nA.", "Monday, 9 March 2026\n\nA.")
    assert (clock.changes, clock.aside) == ((), {Aside.DATES: 1})
    news = between("Next meeting: 4 March 2026", "Next meeting: 10 March 2026")
    assert [one.named_numbers for one in news.changes] == ["4 March 2026 -> 10 March 2026"]
    added = between("It is law.", "It is law. On 9 March 2026 four States joined.")
    assert [one.kind for one in added.changes] == [Kind.ADDED]


def test_rows_of_a_csv_are_found_by_key_whatever_their_order():
    old = "country,year,deaths\nPeru,2024,40\nPeru,2025,12\nChile,2024,3\n"
    new = "country,year,deaths\nChile,2024,3\nPeru,2024,44\nPeru,2025,12\nBolivia,2025,1\n"
    found = _texts(old, new, "text/csv")
    changed, added = found.changes
    assert (changed.row, changed.column, changed.named_numbers) == (
        "Peru, 2024",
        "deaths",
        "40 -> 44",
    )
    assert (added.kind, added.after) == (Kind.ADDED, "Bolivia | 2025 | 1")
    assert found.aside == {Aside.LAYOUT: 1}


def test_columns_of_a_csv_are_found_by_heading_whatever_their_order():
    old = "country;deaths;old\nPeru;40;x\nChile;3;y\n"
    new = "deaths;country;tests\n44;Peru;9\n3;Chile;8\n"
    found = _texts(old, new, "text/csv")
    assert [(one.kind, one.unit, one.column) for one in found.changes] == [
        (Kind.ADDED, Unit.HEADING, "tests"),
        (Kind.REMOVED, Unit.HEADING, "old"),
        (Kind.CHANGED, Unit.CELL, "deaths"),
    ]
    assert found.aside == {Aside.LAYOUT: 1}


def test_a_measured_column_is_no_key_because_its_numbers_happen_to_differ():
    names = [("Peru", "2024"), ("Peru", "2025"), ("Chile", "2024"), ("Chile", "2025")]
    old = "who,year,deaths\n" + "".join(f"{a},{b},{n}\n" for n, (a, b) in enumerate(names, 40))
    new = "who,year,deaths\n" + "".join(f"{a},{b},{n}\n" for n, (a, b) in enumerate(names, 42))
    found = _texts(old, new, "text/csv")
    assert [one.row for one in found.changes] == [", ".join(one) for one in names]
    assert [one.named_numbers for one in found.changes] == [
        f"{n} -> {n + 2}" for n in range(40, 44)
    ]


def test_rows_without_a_key_are_added_and_removed_whole():
    old = "a,b\n1,1\n1,1\n2,2\n"
    found = _texts(old, "a,b\n1,1\n2,2\n2,2\n", "text/csv")
    assert sorted((one.kind, one.before or one.after) for one in found.changes) == [
        (Kind.ADDED, "2 | 2"),
        (Kind.REMOVED, "1 | 1"),
    ]


def _pdf(members: int, day: str) -> bytes:
    body = f"""#set page(height: 8cm, header: [A publisher, {day}], numbering: "1")
= Status
It has {members} members.
#pagebreak()
It is law.
#pagebreak()
It was adopted.
"""
    return typst.compile(body.encode())


def test_a_pdf_is_read_page_by_page_and_its_running_heads_are_its_frame():
    old, new = (_pdf(*one) for one in ((40, "issue 3"), (44, "issue 4")))
    found = difference(Version(old, "application/pdf"), Version(new, "application/pdf"))
    (one,) = found.changes
    assert (one.named_numbers, one.where) == ("40 -> 44", "p. 1")
    assert found.aside == {Aside.NAVIGATION: 3}


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"PK\x03\x04workbook", "binary"),
        (b"\x89PNG\r\n", "binary"),
        (b"%PDF-1.7 broken", "pdf-without-text"),
        (b"a,b\n1,2\n", "another-format"),
    ],
)
def test_what_cannot_be_compared_says_why(payload, why):
    new = Version(payload, "text/csv" if why == "another-format" else "")
    assert difference(Version(b"It has 40 members."), new).unread == why
