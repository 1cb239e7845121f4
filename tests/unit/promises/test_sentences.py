"""Single sentences beside the record of one session: tallies, sponsors and numbers."""

import pytest
from tests.material.session_record import session_claims

from atalaya.promises import record
from atalaya.promises.claims import Record, check


@pytest.fixture(scope="module")
def known():
    return Record(record(session_claims()), ())


def told(text, kind, known):
    return [(str(one.verdict), one.claimed) for one in check(text, known) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "La résolution 68/6 a été adoptée par 30 voix contre 3, avec 18 abstentions.",
            ("agrees", "30-3-18"),
        ),
        (
            "La résolution 68/6 a été adoptée par 30 voix contre 5, avec 18 abstentions.",
            ("differs", "30-5-18"),
        ),
        ("Resolution 68/6 was adopted by 30 votes to 3.", ("agrees", "30-3")),
        ("Resolution 68/6 was adopted by 31 votes to 3.", ("differs", "31-3")),
        (
            "La resolución 68/6 se aprobó por 30 votos contra 3 y 18 abstenciones.",
            ("agrees", "30-3-18"),
        ),
    ],
)
def test_a_tally_is_read_with_or_without_its_abstentions(text, wanted, known):
    assert told(text, "tally", known) == [wanted]
    assert all(verdict == "agrees" for verdict, _ in told(text, "vote", known))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Colombia patrocinó la resolución 68/6.", [("agrees", "Colombia")]),
        ("Peru sponsored resolution 68/6.", [("differs", "Peru")]),
        (
            "Resolution 68/6 was tabled by Colombia and Switzerland.",
            [("differs", "Colombia, Switzerland")],
        ),
        ("Norway sponsored E/CN.7/2025/L.3.", [("cannot tell", "Norway")]),
        ("Kenya did not sponsor resolution 68/6.", []),
        ("Did Peru sponsor resolution 68/6?", []),
        ("Mexico proposed a side event at CND 68 with Kenya.", []),
        (
            "Le Brésil, la France et le Maroc ont parrainé la résolution sur l'environnement à la "
            "CND 68.",
            [("agrees", "Brésil, France, Maroc")],
        ),
    ],
)
def test_who_sponsored_a_text_is_read_from_a_sentence_by_itself(text, wanted, known):
    assert told(text, "sponsors", known) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CND 68 placed six substances under international control.", ("agrees", "six substances")),
        ("In 2025 the Commission placed 6 substances under control.", ("agrees", "6 substances")),
        ("In 2025 the CND placed 7 substances under control.", ("differs", "7 substances")),
    ],
)
def test_the_number_of_a_session_or_year_is_none_of_substances(text, wanted, known):
    assert told(text, "number-scheduled", known) == [wanted]


@pytest.mark.parametrize(
    ("text", "number", "how"),
    [
        ("CND 68 adopted five resolutions.", ["differs"], []),
        ("La CND 68 adoptó seis resoluciones.", ["agrees"], ["agrees"]),
        ("CND 68 adopted two resolutions on prevention.", [], []),
        ("None of the CND 68 resolutions was adopted by consensus.", [], ["agrees"]),
        ("None of the CND 68 resolutions was put to a vote.", [], ["differs"]),
        ("Aucune résolution de la CND 68 n'a été adoptée par consensus.", [], ["agrees"]),
        ("At CND 68 six resolutions were adopted by consensus.", ["agrees"], ["differs"]),
    ],
)
def test_how_many_were_adopted_and_how_is_read_in_active_voice_and_of_none(
    text, number, how, known
):
    assert [verdict for verdict, _ in told(text, "number-adopted", known)] == number
    assert [verdict for verdict, _ in told(text, "adoption", known)] == how


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A/HRC/60/L.31/Rev.1 was adopted without a vote.", ["agrees"]),
        ("A/HRC/60/L.31/Rev.1 was put to a vote.", ["differs"]),
        ("E/CN.7/2024/L.3 was adopted by consensus.", ["agrees"]),
        ("E/CN.7/2024/L.4 fue sometido a votación.", ["differs"]),
        ("E/CN.7/2024/L.2 was adopted by consensus.", ["cannot tell"]),
        ("E/CN.7/2024/L.5 was adopted by consensus.", ["differs"]),
        ("All resolutions of CND 67 were adopted by consensus.", ["cannot tell"]),
        ("None of the resolutions of CND 68 was adopted by consensus.", ["agrees"]),
    ],
)
def test_how_one_text_was_adopted_is_its_own_and_of_a_session_that_did_both_nothing_is_told(
    text, wanted
):
    sessions = [one for slug in ("cnd67", "cnd68", "hrc60") for one in record(session_claims(slug))]
    found = told(text, "adoption", Record(tuple(sessions), ()))
    assert [verdict for verdict, _ in found] == wanted
