"""What each column was taken for, and what is never read."""

import pytest
from tests.material.sheet_reading import read
from tests.material.sheets import TONGUES, as_csv, line_list

from atalaya.reading.sheets.headings import Role, meaning

HEADING = ["date", "found"]
ROWS = [[f"2023-{month:02d}-15", "MDMA"] for month in range(1, 13)]
ROLES = [Role.ID, Role.DATE, Role.PLACE, Role.SOLD_AS, Role.FOUND, Role.METHOD, Role.SOURCE]


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_headings_of_three_languages_are_told_and_names_of_people_not_read(language):
    sheet = read(as_csv(*line_list(language, rows=200)))
    assert [one.role for one in sheet.proposal.columns] == [*ROLES, None, None]
    assert [one.because for one in sheet.proposal.columns[-2:]] == ["private", "not-needed"]
    assert sheet.proposal.layout == "line-list"
    assert "Jane" not in str(sheet.rows.to_pylist())


@pytest.mark.parametrize(
    "heading",
    ["Name", "Nombre y apellidos", "Edad", "Client initials", "Data de nascimento", "GPS",
     "Fecha de nacimiento", "Morada", "e-mail", "Phone no.", "Latitude", "Service user",
     "Fecha nac.", "Data nasc.", "NHS number", "ID card no.", "Historia clínica", "Apodo",
     "HIV status", "Documento de identidade", "Detenido", "WhatsApp"],
)  # fmt: skip
def test_a_heading_about_people_or_exact_places_is_private(heading):
    assert meaning(heading).role is Role.PRIVATE


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Sample name", Role.ID),
        ("Nombre de la sustancia", Role.FOUND),
        ("Resutlado", Role.FOUND),
        ("Found 3", Role.FOUND),
        ("Metodo analisis", Role.METHOD),
        ("Fecha recogida muestra", Role.DATE),
        ("Amostras analisadas", Role.TESTED),
        ("Drug name", Role.FOUND),
    ],
)
def test_misspelt_numbered_and_longer_headings_are_told(heading, role):
    assert meaning(heading).role is role


def test_a_column_of_telephone_numbers_is_not_read_whatever_its_heading():
    rows = [[*row, f"+34 600 111 2{n:02d}"] for n, row in enumerate(ROWS)]
    sheet = read(as_csv([*HEADING, "reference"], rows))
    assert sheet.proposal.columns[2].because == "contacts"
    assert "600" not in str(sheet.rows.to_pylist())


def test_coordinates_and_addresses_leave_no_place():
    rows = [
        [*row, place] for row, place in zip(ROWS, ["12 High St", "40.41,-3.70"] * 6, strict=True)
    ]
    sheet = read(as_csv([*HEADING, "place"], rows))
    assert sheet.rows["place"].null_count == 12
    assert [one.kind for one in sheet.remarks] == ["place-unread"]


def test_several_columns_of_findings_and_of_places_are_read_together():
    rows = [["2023-05-04", "MDMA", "", "caffeine", "Peru", "Amazonas"]]
    heading = ["date", "found 1", "found 2", "found 3", "país", "departamento"]
    sheet = read(as_csv(heading, rows))
    assert sheet.rows["found"][0].as_py() == ["substance:mdma", "substance:caffeine"]
    assert sheet.rows["place"][0].as_py() == "territory:PE-AMA"


def test_cells_tell_what_a_heading_does_not_and_it_is_said():
    sheet = read(as_csv(["when it came", "what it was"], ROWS))
    assert [(one.role, one.because) for one in sheet.proposal.columns] == [
        (Role.DATE, "cells"),
        (Role.FOUND, "cells"),
    ]


def test_what_somebody_says_goes_before_the_proposal():
    rows = [[*row, "ketamine"] for row in ROWS]
    payload = as_csv(["date", "found", "second opinion"], rows)
    sheet = read(payload, "found=second opinion")
    assert sheet.rows["found"][0].as_py() == ["substance:ketamine"]


def test_a_table_of_counts_is_told_from_a_line_list_by_its_columns():
    heading = ["Mes", "Sustancia", "Casos", "Muestras analizadas"]
    rows = [[f"2023-{month:02d}", "fentanilo", "1.204", "5.000"] for month in range(1, 13)]
    sheet = read(as_csv(heading, rows, ";"))
    assert sheet.proposal.layout == "counts"
    assert sheet.rows["count"][0].as_py() == 1204
    assert sheet.rows["tested"][0].as_py() == 5000


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"]
)
def test_a_csv_is_read_in_the_encodings_spreadsheet_programs_write(encoding):
    rows = [["15/03/2023", "Castellón", "cocaína", "cafeína"] for _ in range(9)]
    payload = as_csv(["fecha", "región", "vendido como", "resultado"], rows, ";", encoding)
    sheet = read(payload)
    assert sheet.rows["found"][0].as_py() == ["substance:caffeine"]
    assert sheet.rows["sold_as"][0].as_py() == "substance:cocaine"


def test_a_table_with_a_column_for_each_substance_is_read_as_counts():
    rows = [[f"2023-{month:02d}", "90", "7", "", "1"] for month in range(1, 13)]
    sheet = read(as_csv(["month", "tested", "Fentanyl", "Xylazine", "Medetomidine"], rows))
    assert sheet.proposal.layout == "counts"
    assert (sheet.total, sheet.rows.num_rows) == (24, 24)
    assert sheet.rows["line"][:3].to_pylist() == [2, 2, 3]
    assert "wide-table" in [one.kind for one in sheet.remarks]


def test_regions_are_read_by_their_short_names_in_the_country_of_most_places():
    places = ["Antioquia", "Caldas", "Risaralda", "Bogotá", "Medellín"]
    rows = [[f"2023-0{n + 1}-15", "MDMA", place] for n, place in enumerate(places)]
    sheet = read(as_csv([*HEADING, "departamento"], rows))
    assert sheet.rows["place"].to_pylist() == [
        "territory:CO-ANT",
        "territory:CO-CAL",
        "territory:CO-RIS",
        "territory:CO-DC",
        None,
    ]
