"""A printed document is read in its running text, and quoted as it was printed."""

from atalaya.reading.reports import read_report
from atalaya.reading.reports.printed import printed

PAGES = """The third session of the Harbour Forum was held in Lima, 3 to 5 June 2025, with 140 de-
legates from 21 countries.

Harbour House, bulletin          1


Challenges

- Money: half of the pro-
grammes closed.
- Side-event rooms: each side-
event had one hour, and a side event needs
two.

Harbour House, bulletin          2
"""


def test_words_that_a_line_broke_are_whole_and_quoted_as_printed():
    report = read_report(PAGES)
    money = report.challenges[0].says
    assert money.value == "half of the programmes closed"
    assert PAGES[money.span.start : money.span.end] == "half of the pro-\ngrammes closed"
    assert report.session.representatives_min.value == 140
    kinds = {one.kind for one in report.faults}
    assert {"broken-words", "page-heads"} <= kinds


def test_a_compound_keeps_its_hyphen_where_both_halves_are_words_of_the_document():
    assert "each side-event had" in " ".join(printed(PAGES).text.split())


def test_heads_of_pages_are_left_out_and_numbers_that_do_not_go_on_stay():
    assert "bulletin" not in printed(PAGES).text
    assert printed("First\n\n12\n\nSecond\n\n40\n\nThird\n") is None
    assert "3" not in printed("One\n\n- 2 -\n\nTwo\n\n- 3 -\n\nThree\n").text


def test_a_sentence_goes_on_over_the_end_of_a_page():
    text = "It was read by many\n\nHouse | 4\n\npeople of the town.\n\nHouse | 5\n"
    assert "by many\npeople of" in printed(text).text


def test_a_text_without_pages_and_broken_words_is_read_as_it_is():
    assert printed("A well-known house.\nIt is open.\n") is None
