"""What changed in a web page is told; what is only its frame or its markup is counted."""

from atalaya.reading.changes import Aside, Change, Difference, Kind, Unit, Version, difference

_PAGE = """<!doctype html><html><head><title>Status</title></head><body>
<nav><a href="/">Home</a></nav><header><p>Welcome</p></header>
<main><h1>Status of the convention</h1><p>It has 40 members. Peru has not signed.</p>
<h2>Deaths</h2><table><tr><th>Country</th><th>2024</th><th>2025</th></tr>
<tr><td>Peru</td><td>40</td><td>12</td></tr><tr><td>Chile</td><td>3</td><td>4</td></tr></table>
<ul><li>The rules of procedure</li><li>The list of speakers</li></ul>
<h2>History</h2><p>The text was adopted in 1961 by a conference in New York.</p>
<p>Page generated on 3 March 2026 at 10:44</p></main>
<footer><p>A publisher</p></footer></body></html>"""


def _between(new: str, old: str = _PAGE) -> Difference:
    return difference(Version(old.encode(), "text/html"), Version(new.encode(), "text/html"))


def _only(found: Difference) -> Change:
    assert len(found.changes) == 1, found.changes
    return found.changes[0]


def test_a_number_in_a_sentence_is_named_and_its_words_are_marked():
    found = _between(_PAGE.replace("40 members", "44 members"))
    one = _only(found)
    assert (one.kind, one.unit) == (Kind.CHANGED, Unit.SENTENCE)
    assert (one.before, one.after) == ("It has 40 members.", "It has 44 members.")
    assert one.where == "Status of the convention"
    assert one.named_numbers == "40 -> 44"
    assert [(run.op, run.text) for run in one.words] == [
        ("keep", "It has "),
        ("del", "40"),
        ("ins", "44"),
        ("keep", " members."),
    ]
    assert found.aside == {}


def test_cells_are_named_by_row_and_column_and_rows_that_come_and_go_are_whole():
    new = _PAGE.replace("<td>40</td>", "<td>44</td>").replace(
        "<tr><td>Chile</td><td>3</td><td>4</td></tr>",
        "<tr><td>Bolivia</td><td>1</td><td>2</td></tr>",
    )
    cell, added, gone = sorted(_between(new).changes, key=lambda one: one.kind != Kind.CHANGED)
    assert (cell.unit, cell.before, cell.after) == (Unit.CELL, "40", "44")
    assert (cell.where, cell.row, cell.column) == ("Deaths", "Peru", "2024")
    if added.kind is Kind.REMOVED:
        added, gone = gone, added
    assert (added.kind, added.after, added.row) == (Kind.ADDED, "Bolivia | 1 | 2", "Bolivia")
    assert (gone.kind, gone.before, gone.row) == (Kind.REMOVED, "Chile | 3 | 4", "Chile")


def test_a_column_that_comes_in_adds_its_cells_and_removes_no_row():
    new = _PAGE.replace("<th>2025</th>", "<th>2025</th><th>2026</th>")
    new = new.replace("<td>12</td>", "<td>12</td><td>9</td>")
    found = _between(new.replace("<td>4</td>", "<td>4</td><td>5</td>"))
    assert [(one.kind, one.unit, one.after) for one in found.changes] == [
        (Kind.ADDED, Unit.CELL, "2026"),
        (Kind.ADDED, Unit.CELL, "9"),
        (Kind.ADDED, Unit.CELL, "5"),
    ]
    assert [one.column for one in found.changes[1:]] == ["2026", "2026"]


def test_rows_of_years_and_countries_are_known_by_both_together():
    def table(last: str) -> str:
        rows = "".join(
            f"<tr><td>{who}<td>{year}<td>{year - 2000 + len(who)}"
            for who in ("Peru", "Chile")
            for year in (2021, 2022)
        )
        return (
            f"<table><tr><th>Country<th>Year<th>Deaths{rows}<tr><td>Chile<td>2023<td>{last}</table>"
        )

    one = _only(_between(table("31"), table("30")))
    assert (one.row, one.column, one.named_numbers) == ("Chile, 2023", "Deaths", "30 -> 31")


def test_text_that_moved_is_one_move_and_neither_removed_nor_added():
    moved = "<p>The text was adopted in 1961 by a conference in New York.</p>"
    new = _PAGE.replace(moved, "").replace("<h2>Deaths</h2>", f"{moved}<h2>Deaths</h2>")
    one = _only(_between(new))
    assert one.kind is Kind.MOVED
    assert (one.where_before, one.where) == ("History", "Status of the convention")


def test_markup_alone_is_no_change_of_content_and_is_counted():
    new = _PAGE.replace("<h1>", '<h1 class="big">').replace("<main>", "<main><div>")
    new = new.replace("Peru has", "<em>Peru</em> has").replace("</main>", "</div></main>")
    found = _between(new)
    assert found.changes == ()
    assert found.aside[Aside.LAYOUT] > 0


def test_what_stands_outside_of_the_text_is_counted_too():
    found = _between(_PAGE.replace("<head>", '<head><meta name="csrf" content="a81b">'))
    assert (found.changes, found.aside) == ((), {Aside.LAYOUT: 1})


def test_a_paragraph_cut_in_two_and_other_quotation_marks_are_layout():
    old = "<p>It says “forty” here. Peru – alone – has not signed.</p>"
    new = "<p>It says &quot;forty&quot; here.</p><p>Peru - alone - has  not\n signed.</p>"
    found = _between(new, old)
    assert found.changes == ()
    assert set(found.aside) == {Aside.LAYOUT}


def test_menus_banners_and_footers_are_navigation():
    new = _PAGE.replace("</a></nav>", "</a><a>News</a></nav>").replace("A publisher", "Another")
    new = new.replace("<main>", '<div class="cookie-consent"><p>We use cookies.</p></div><main>')
    found = _between(new)
    assert found.changes == ()
    assert found.aside == {Aside.NAVIGATION: 3}


def test_a_name_that_only_sounds_like_a_frame_hides_nothing():
    for name in ("no-nav", "has-menu", "navigable", "content"):
        old = f'<body class="nav-open"><div class="{name}"><p>It has 40 members.</p></div></body>'
        assert len(_between(old.replace("40", "44"), old).changes) == 1, name
    whole = '<div class="nav menu"><h1>Title</h1><p>It has 40 members.</p></div>'
    assert len(_between(whole.replace("40", "44"), whole).changes) == 1


def test_dates_of_printing_and_tokens_of_sessions_are_counted_each_as_what_they_are():
    new = _PAGE.replace("3 March 2026 at 10:44", "5 March 2026 at 11:02")
    assert _between(new).aside == {Aside.DATES: 1}
    old = (
        "<p>Session ID: 3f9a8b7c6d5e4f3a</p><p>See http://a.example/?sid=4711&amp;p=1 for more.</p>"
    )
    found = _between(old.replace("3f9a", "77aa").replace("4711", "815"), old)
    assert (found.changes, found.aside) == ((), {Aside.TOKENS: 2})


def test_what_a_reader_does_not_see_is_no_text():
    old = "<p>Seen.</p>"
    new = "<p>Seen.</p><p hidden>A</p><p style='display: none'>B</p><script>c()</script>"
    assert _between(new, old).changes == ()


def test_a_table_that_only_lays_out_a_page_is_read_as_a_page():
    old = "<table><tr><td><h1>Title</h1><p>It has 40 members. It is old.</p></td></tr></table>"
    one = _only(_between(old.replace("40", "44"), old))
    assert (one.unit, one.before, one.where) == (Unit.SENTENCE, "It has 40 members.", "Title")


def test_a_cell_over_several_rows_is_said_in_each():
    old = (
        "<table><tr><th>Country<th>Year<th>Deaths</tr><tr><td rowspan=2>Peru<td>2024<td>40</tr>"
        "<tr><td>2025<td>12</tr></table>"
    )
    one = _only(_between(old.replace("<td>12", "<td>13"), old))
    assert (one.row, one.column) == ("Peru, 2025", "Deaths")


def test_the_encoding_is_the_one_a_page_declares():
    page = '<meta charset="windows-1252"><p>Declaración de {} países.</p>'
    old, new = (page.format(n).encode("cp1252") for n in (40, 44))
    one = _only(difference(Version(old, "text/html"), Version(new, "text/html")))
    assert one.after == "Declaración de 44 países."
