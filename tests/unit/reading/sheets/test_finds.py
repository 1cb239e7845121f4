"""What a cell of substances says: found, denied, doubted, nothing, or no result."""

import pytest

from atalaya.reading.sheets.finds import Answer, How, NameReader
from atalaya.reading.sheets.romance import respelt
from atalaya.registers.substances import load


def read(cell):
    return NameReader(load()).read(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("cocaine; xylazine", ["cocaine", "xylazine"]),
        ("Cocaine, caffeine", ["cocaine", "caffeine"]),
        ("cocaine/fentanyl", ["cocaine", "fentanyl"]),
        ("heroína + cafeína", ["heroin", "caffeine"]),
        ("MDMA y cafeína", ["mdma", "caffeine"]),
        ("MDMA e cafeína", ["mdma", "caffeine"]),
        ("ketamine, MDMA and caffeine", ["ketamine", "mdma", "caffeine"]),
        ("MDMA\ncaffeine", ["mdma", "caffeine"]),
        ("MDMA; MDMA", ["mdma"]),
        ("Cocaine (72,5 %)", ["cocaine"]),
        ("cocaine 45% + levamisol", ["cocaine", "levamisole"]),
        ("traces of caffeine", ["caffeine"]),
        ("Fentanyl (detected)", ["fentanyl"]),
        ("N,N-dimethylpentylone", ["dimethylpentylone"]),
        ("3,4-MDMA", ["mdma"]),
        ("GHB/GBL", ["ghb", "gbl"]),
        ("N-desethyl isotonitazene and xylazine", ["n-desethyl-isotonitazene", "xylazine"]),
    ],
)
def test_several_substances_in_a_cell_are_told_apart_and_names_with_commas_kept(cell, found):
    answer = read(cell)
    assert answer.answer is Answer.FOUND
    assert [name.id for name in answer.names] == [f"substance:{slug}" for slug in found]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Nothing detected", Answer.NOTHING),
        ("no se detecta", Answer.NOTHING),
        ("Não detetado", Answer.NOTHING),
        ("ND", Answer.NOTHING),
        ("fentanyl not detected", Answer.NOTHING),
        ("unknown", Answer.NOT_IDENTIFIED),
        ("desconocida", Answer.NOT_IDENTIFIED),
        ("possible ketamine", Answer.NOT_IDENTIFIED),
        ("", Answer.NO_RESULT),
        ("-", Answer.NO_RESULT),
        ("pendiente", Answer.NO_RESULT),
        ("n/a", Answer.NO_RESULT),
    ],
)
def test_nothing_found_unknown_and_no_result_are_three_different_answers(cell, answer):
    assert read(cell).answer is answer
    assert read(cell).names == ()


@pytest.mark.parametrize("cell", ["cocaine; no fentanyl", "cocaína, sin fentanilo"])
def test_a_denied_substance_is_not_counted(cell):
    answer = read(cell)
    assert [name.id for name in answer.names] == ["substance:cocaine"]
    assert len(answer.denied) == 1


@pytest.mark.parametrize("code", ["4-QQQ", "9-MMC", "U-99999", "2C-Ω"])
def test_a_code_nobody_knows_is_never_taken_for_its_neighbour(code):
    (name,) = read(code).names
    assert name.how is How.UNKNOWN
    assert name.id.startswith("unresolved:")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("xilacina", "xylazine"),
        ("cetamina", "ketamine"),
        ("metonitaceno", "metonitazene"),
        ("protonitazeno", "protonitazene"),
        ("medetomidina", "medetomidine"),
        ("nitaceno (metonitaceno)", "metonitazene"),
    ],
)
def test_spanish_and_portuguese_spellings_are_read_and_said(name, slug):
    (named,) = read(name).names
    assert named.id == f"substance:{slug}"
    assert named.how in {How.RESPELT, How.KNOWN, How.UNVERIFIED}


def test_no_name_of_one_substance_is_a_respelling_of_another():
    register = load()
    for entry in register.entries:
        for text in (entry.name, *(alias.text for alias in entry.aliases)):
            found = respelt(text, register)
            own = register.look_up(text)
            assert found is None or own is None or found.id == own.entry.id, text


@pytest.mark.parametrize("cell", ["possible ketamine", "Heroína (posible)", "MDMA?"])
def test_a_doubted_substance_is_not_counted(cell):
    assert read(cell).names == ()
    assert len(read(cell).doubted) == 1


def test_prose_is_not_repeated_because_prose_may_name_people():
    cell = "brought by the tall one who lives next to the station and works at night"
    assert read(cell).names == ()
    assert read(cell).answer is Answer.NOT_IDENTIFIED
