"""What a report says without words for it: lists by form, things counted first, glued rows."""

import pytest

from atalaya.reading.reports import read_report

HEAD = "Week in Lima\n\nThe fifth session of the Example Forum (EXF 5) was held in Lima.\n\n"


def _content(text: str):
    return read_report(HEAD + text).content()


def test_a_list_under_an_unknown_heading_is_what_its_items_look_like():
    said = _content(
        "What kept us awake\n\n- Money: nobody has paid for the second year\n"
        "- Language: half of the papers came in one tongue only\n\n"
        "Before we part\n\n- States should open their files\n- The Forum must meet in public\n"
    )
    assert [one["name"]["value"] for one in said["challenges"]] == ["Money", "Language"]
    assert len(said["demands"]) == 2
    assert said["achievements"] == []


@pytest.mark.parametrize("title", ["“Care first”", "« Care first »"])
def test_the_first_is_one_of_what_was_counted_before_it(title):
    texts = _content(f"Two texts were adopted. The first, {title}, was proposed by Chile.\n")
    held = _content(f"Ida House held two side events. The first, {title}, drew 40 people.\n")
    (text,), (event,) = texts["resolutions"], held["events"]
    assert text["topic"]["value"] == event["title"]["value"] == "Care first"
    assert texts["events"] == held["resolutions"] == []
    assert event["organiser"]["value"] == "Ida House"
    assert event["attendance"]["value"] == 40


def test_rows_glued_as_their_heading_is_are_parted_where_cells_come_out_even():
    said = _content(
        "Side events\n\nEventHostParticipants\nCare firstIda House40\nOpen filesLima Union12\n"
    )
    titles = [one["title"]["value"] for one in said["events"]]
    assert titles == ["Care first", "Open files"]
    assert [one["attendance"]["value"] for one in said["events"]] == [40, 12]
    assert "fused-cell" in {one["kind"] for one in said["issues"]}
