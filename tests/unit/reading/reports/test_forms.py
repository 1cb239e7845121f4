"""Reports are read by their form, whatever the words of their headings and labels are."""

import pytest

from atalaya.reading.reports import read_report

HEAD = "The third session of the Harbour Forum was held in Lima from 3 to 5 June 2025.\n\n"


def _read(text):
    return read_report(HEAD + text)


def _names(found):
    return [(one.name.value, one.iso3) for one in found]


@pytest.mark.parametrize("between", [" and", ","])
def test_a_sponsor_with_its_country_in_brackets_is_a_body_and_no_state(between):
    tabled = f"tabled by the Union of Cooks (Chile){between} Peru"
    text = f"Resolutions\n\n- Care first, {tabled}. It asks for beds.\n"
    (one,) = _read(text).resolutions
    assert _names(one.sponsors) == [("Union of Cooks (Chile)", "CHL"), ("Peru", "PER")]
    assert one.sponsors[0].organisation.value == "Union of Cooks"


def test_several_states_in_brackets_are_the_sponsors_behind_a_group():
    (one,) = _read("Resolutions\n\n- Care first (Chile, Peru) – Asks for beds.\n").resolutions
    assert _names(one.sponsors) == [("Chile", "CHL"), ("Peru", "PER")]


def test_an_article_that_is_part_of_a_state_stays():
    text = "Resoluciones\n\n- Cuidar, presentada por Perú, El Salvador y el Uruguay.\n"
    (one,) = _read(text).resolutions
    assert [name for name, _ in _names(one.sponsors)] == ["Perú", "El Salvador", "Uruguay"]


def test_numbers_that_go_on_over_lists_head_the_parts():
    text = (
        "1. Resolutions\n\n1. Care (Peru) – Asks for beds.\n2. Pain (Chile) – Asks for nurses.\n\n"
        "2. Side events\n\nHands on\nOrganised by Harbour House and co-hosted by:\n"
        "1. Peru\n2. Kenya\n\n3. Challenges\n\n- Money: none came.\n"
    )
    report = _read(text)
    assert [one.topic.value for one in report.resolutions] == ["Care", "Pain"]
    assert [len(one.cohosts) for one in report.events] == [2]
    assert [one.name.value for one in report.challenges] == ["Money"]


def test_columns_are_known_by_their_cells():
    text = (
        "## Side events\n\n"
        "| Event | Convened by | Together with | In the room |\n|---|---|---|---|\n"
        "| Hands on | Harbour House | Peru; Kenya | 40 |\n| Eyes open | Kenya | Peru | n/a |\n"
    )
    report = _read(text)
    assert [one.attendance and one.attendance.value for one in report.events] == [40, None]
    assert _names(report.events[0].cohosts) == [("Peru", "PER"), ("Kenya", "KEN")]


def test_an_event_told_on_one_line_behind_a_count_is_an_event():
    text = (
        "EventAttendanceHands on Organized by Harbour House and co-hosted by:\n\n1. Peru\n\n"
        "40 personsEyes open Organized by the House of Eyes, and co-hosted by:\n\n1. Kenya\n"
    )
    first, second = _read(text).events
    assert (first.title.value, first.attendance.value) == ("Hands on", 40)
    assert (second.title.value, second.organiser.value, second.attendance) == (
        "Eyes open", "House of Eyes", None,
    )  # fmt: skip


def test_sections_of_minutes_that_are_numbered_items_end_the_list_inside_them():
    text = (
        "1. Side events attended:\n"
        "   (a) \"Hands on\" - organiser: Peru; co-hosts: Kenya; 70 people.\n"
        "2. Difficulties noted:\n   - Late papers: they came in the night.\n"
        "3. Proposed follow-up:\n   - name an expert;\n"
    )  # fmt: skip
    report = _read(text)
    assert [one.title.value for one in report.events] == ["Hands on"]
    assert [one.name.value for one in report.challenges] == ["Late papers"]
    assert [one.value for one in report.demands] == ["name an expert"]


def test_days_without_a_year_take_the_one_year_that_is_named_with_their_month():
    text = "Viena, 22 de mayo de 2025\n\nEl foro, del 19 al 22 de mayo, reunió a 90 personas.\n"
    session = read_report(text).session
    assert (session.date_start.value, session.date_end.value) == ("2025-05-19", "2025-05-22")
    assert read_report(text.replace(" de 2025", "")).session.date_start is None


def test_a_menu_above_the_title_and_a_roman_number_are_no_title_and_no_placeholder():
    page = "Ir al contenido\nInicio\nQuiénes somos\nRevista\nLa XXXVIII Reunión del Foro del Sur\n"
    report = read_report(page + "\nLa XXXVIII Reunión del Foro del Sur tuvo lugar en Lima.\n")
    assert report.about.title.value == "La XXXVIII Reunión del Foro del Sur"
    assert "placeholder" not in {one.kind for one in report.faults}


def test_a_doubt_may_be_a_condition_or_a_named_weakness():
    text = (
        "Resolutions\n\n- **Care.** It asks for beds. Its success will depend on donors.\n"
        "- **Pain.** It asks for nurses. Its weakness is that it names no date.\n"
    )
    assert [one.caveat.value for one in _read(text).resolutions] == [
        "Its success will depend on donors", "it names no date",
    ]  # fmt: skip


def test_verbs_of_a_list_of_demands_are_known_by_what_they_govern():
    text = "Looking ahead: States must fund beds, return their forms, and invite nurses to speak.\n"
    assert [one.value for one in _read(text).demands] == [
        "States must fund beds", "return their forms", "invite nurses to speak",
    ]  # fmt: skip


def test_what_stands_between_dashes_behind_a_topic_is_no_effect():
    text = (
        "Resolutions\n\n- **Care first** — A/HRC/56/L.5 — tabled by Peru — *adopted.* "
        "Asks for beds.\n"
        "- **Pain** — tabled by Chile. Asks for nurses.\n"
    )
    first, second = _read(text).resolutions
    assert (first.topic.value, first.effect.value) == ("Care first", "Asks for beds")
    assert _names(second.sponsors) == [("Chile", "CHL")]


def test_the_text_behind_who_proposed_it_is_no_sponsor():
    text = "Decisiones\n\n1. La Comisión aprobó, a propuesta de Perú y Chile, la Guía del agua.\n"
    (one,) = _read(text).resolutions
    assert (one.topic.value, _names(one.sponsors)) == (
        "Guía del agua", [("Perú", "PER"), ("Chile", "CHL")],
    )  # fmt: skip


def test_a_list_that_begins_with_verbs_is_one_of_demands_under_any_heading():
    text = "To do\n\n- Publish the list.\n- Kenya: fund the beds.\n- OHCHR: reply to the letter.\n"
    assert len(_read(text).demands) == 3


def test_terms_and_what_is_said_of_them_are_items():
    from atalaya.reading.reports.markup import page_text

    page = b"<html><body><dl><dt>Money</dt><dd>None came.</dd></dl></body></html>"
    assert "Money: None came." in page_text(page, "page.html")
