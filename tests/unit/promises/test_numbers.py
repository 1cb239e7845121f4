"""Which text a number is said to belong to, beside the record of one session."""

from dataclasses import replace

import pytest
from tests.material.session_record import session_claims

from atalaya.promises import record
from atalaya.promises.claims import Record, check
from atalaya.promises.fields import DISPUTED, Field
from atalaya.promises.resolutions import Resolution


@pytest.fixture(scope="module")
def sessions():
    return record(session_claims())


def told(text, sessions):
    """Number -> (verdict, which text of the record it is held against)."""
    return {
        one.claimed: (str(one.verdict), one.about)
        for one in check(text, Record(sessions, ()))
        if one.kind == "symbol"
    }


L2, L3, L4, L5, L6, L7 = (f"draft:cnd68-l{n}" for n in range(2, 8))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("E/CN.7/2025/L.5 is the draft on drug crime and the environment.", ("differs", L7)),
        ("El proyecto E/CN.7/2025/L.5 trata del medio ambiente.", ("differs", L7)),
        ("Le projet E/CN.7/2025/L.4 porte sur le développement alternatif.", ("agrees", L4)),
        ("E/CN.7/2025/L.4 is about stimulants.", ("differs", L3)),
        ("E/CN.7/2025/L.9 is on alternative development.", ("differs", L4)),
        ("Environmental impact (E/CN.7/2025/L.5, Brazil, France, Morocco)", ("differs", L7)),
        ("En la CND 68, el texto sobre prevención en la infancia fue el L.3.", ("differs", L2)),
        ("À la CND 68, le texte sur l'environnement était le L.5.", ("differs", L7)),
        ("At CND 68, L.6 set up a panel of experts.", ("agrees", L6)),
        ("Resolution 68/6 is about alternative development.", ("differs", L4)),
        ("At CND 68, resolution 68/1 on prevention for children came first.", ("cannot tell", L2)),
    ],
)
def test_a_number_is_held_beside_the_text_that_sources_give_it(text, wanted, sessions):
    assert list(told(text, sessions).values()) == [wanted]


def test_each_number_of_a_list_is_held_by_itself_whichever_way_round_it_is_written(sessions):
    behind = "At CND 68, L.2 (prevention for children), L.3 (laboratories) and L.7 (environment)."
    wanted = {"L.2": ("agrees", L2), "L.3": ("differs", L5), "L.7": ("agrees", L7)}
    assert told(behind, sessions) == wanted
    before = "At CND 68 Chile's prevention text was L.2 and Colombia's panel was L.7."
    assert told(before, sessions) == {"L.2": ("agrees", L2), "L.7": ("differs", L6)}


@pytest.mark.parametrize(
    "text",
    [
        "L.5 was the text on the environment.",  # of which session is not said
        "At CND 68 L.6 was adopted on 14 March after long research on treatment in Vienna.",
        "The text on the environment was not L.5 at CND 68.",
        "E/CN.7/2019/L.9 is on alternative development.",
        "Is E/CN.7/2025/L.5 on the environment?",
        "At CND 68 the sponsors of L.4 thanked the experts of the Office for reviewing crops.",
    ],
)
def test_what_does_not_say_what_a_number_of_a_session_is_about_is_not_answered(text, sessions):
    assert told(text, sessions) == {}


def test_an_answer_tells_both_texts_with_their_sources_and_what_was_not_checked(sessions):
    (one,) = check("E/CN.7/2025/L.5 is on the environment.", Record(sessions, ()))
    assert "E/CN.7/2025/L.5 to the text on “safety of the officers" in one.says
    assert "E/CN.7/2025/L.7 to the text on “what illicit drug activities" in one.says
    assert "https://cndblog.org/org/singapore" in one.sources
    assert "https://cndblog.org/2025/03/plenary-friday-morning-session" in one.sources
    assert "nobody has checked it" in one.safe
    assert one.claims


def _disputing(one: Resolution, other: str) -> Resolution:
    """Give a text a second number, which another page gives it."""
    said = one.draft.said[0]
    notes = dict(said.notes) | {DISPUTED: "yes"}
    rows = (replace(said, notes=notes), replace(said, value=other, notes=notes, cites="https://b"))
    return replace(one, draft=Field(rows))


def test_where_sources_give_a_text_two_numbers_both_are_told_and_neither_is_chosen(sessions):
    (session,) = sessions
    texts = tuple(
        _disputing(one, "E/CN.7/2025/L.8") if one.id == L7 else one for one in session.resolutions
    )
    known = Record((replace(session, resolutions=texts),), ())
    for number in ("L.7", "L.8"):
        (one,) = check(f"E/CN.7/2025/{number} is on the environment.", known)
        assert (str(one.verdict), one.about) == ("cannot tell", L7)
        assert one.found == "E/CN.7/2025/L.7 / E/CN.7/2025/L.8"
        assert "https://b" in one.sources
    (one,) = check("E/CN.7/2025/L.5 is on the environment.", known)
    assert str(one.verdict) == "differs"
    assert "E/CN.7/2025/L.7 / E/CN.7/2025/L.8" in one.says
