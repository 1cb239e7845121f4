"""Every word of a page exists in both languages, and what is compiled is what was translated."""

import re
import sys
from collections.abc import Sequence
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.material.starter_files import PROJECT, tables

from atalaya.detection import Detector, available
from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.languages import LANGUAGES, LOCALES, language, preferred
from atalaya.publishing.site.phrases import CLAUSES, in_words
from atalaya.publishing.site.terms import TERMS, term
from atalaya.series.panel import Panel

sys.path.insert(0, str(PROJECT / "scripts"))

from update_messages import compiled, extracted, translated

OTHERS = [code for code in LANGUAGES if code != "en"]
ES = language("es")


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_none_is_a_guess(code: str) -> None:
    catalogue = translated(code)
    known = {message.id for message in catalogue if message.id and message.string}
    asked = {message.id for message in extracted() if message.id}
    assert asked - known == set(), "run scripts/update_messages.py and translate these"
    assert known - asked == set(), "no page says these any more: run scripts/update_messages.py"
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_current(code: str) -> None:
    shipped = (LOCALES / code / "LC_MESSAGES" / "atalaya.mo").read_bytes()
    fresh = GNUTranslations(BytesIO(compiled(translated(code))))
    old = GNUTranslations(BytesIO(shipped))
    words = [message.id for message in extracted() if message.id]
    assert [old.gettext(word) for word in words] == [fresh.gettext(word) for word in words]


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_the_places_of_its_figures(code: str) -> None:
    holes = re.compile(r"%\(\w+\)s|\{\w+(?:!r)?\}")
    for message in translated(code):
        said = zip(_forms(message.id), _forms(message.string), strict=True) if message.id else ()
        for own, other in said:
            assert sorted(holes.findall(own)) == sorted(holes.findall(other))


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Give a message's singular and plural; the one form of a message that has no plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def test_numbers_dates_and_ranges_follow_the_language() -> None:
    english = language("en")
    assert (english.number(1234.5, places=1), ES.number(1234567)) == ("1,234.5", "1.234.567")
    assert (english.period("2019-06"), ES.period("2019-06")) == ("June 2019", "junio de 2019")
    assert ES.period("2019-06-14") == "14 de junio de 2019"
    assert (ES.period("2019"), ES.period("2019-W07"), ES.period(None)) == ("2019", "2019-W07", "")
    assert english.cell(Cell(1, 9)) == "1–9"
    assert english.cell(Cell()) == ""


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(WrongUse, match="not written in"):
        language("xx")


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr,de", "en"),
        ("", "en"),
        ("en;q=0.1, es;q=0.2", "es"),
        ("es;q=x", "en"),
    ],
)
def test_the_reader_s_language_is_chosen(accept: str, code: str) -> None:
    assert preferred(accept) == code


@given(st.text(max_size=60))
def test_any_header_gives_a_language(header: str) -> None:
    assert preferred(header) in LANGUAGES


def test_a_reason_is_said_in_spanish_with_its_figures() -> None:
    reason = (
        "possibly a testing change (many more were examined): "
        "first ever in this history: "
        "46 counted in the last 6 observed periods, none in the 12 before nor earlier"
    )
    said = in_words(reason, ES)
    assert said is not None
    assert "46 en los últimos 6 períodos observados" in said
    assert "counted" not in said


@pytest.mark.parametrize("detector", available(), ids=lambda detector: detector.name)
def test_every_reason_a_detector_has_words_for_is_said_in_spanish(detector: Detector) -> None:
    weeks = np.arange(312) % 7
    panel = Panel(("one",), Period.parse("2015-W02"), weeks[np.newaxis].astype(float))
    wording = detector.judge(panel, 300).wording
    numbers = dict.fromkeys(("observed", "expected", "threshold", "statistic", "detail"), 2.5)
    for template in wording.values():
        assert in_words(template.format(**numbers), ES) is not None, template


def test_a_figure_in_a_reason_is_written_as_the_language_does() -> None:
    reason = "14 counted where 2.5 were expected and 1234 would be an alarm"
    assert in_words(reason, ES) == (
        "recuento de 14, donde se esperaban 2,5 y 1.234 serían una alarma"
    )


def test_a_reason_nobody_translated_is_left_alone() -> None:
    assert in_words("the moon was full", ES) is None
    assert in_words("the moon was full", language("en")) == "the moon was full"


def test_every_clause_is_said_in_spanish() -> None:
    for clause in CLAUSES:
        text = clause.format(a=3, b=12, c=40)
        assert in_words(text, ES) not in (None, text), clause


@given(st.text(max_size=80))
def test_any_reason_is_said_or_left_alone(text: str) -> None:
    said = in_words(text, ES)
    assert said is None or isinstance(said, str)


def test_every_predicate_of_the_starter_has_words() -> None:
    known = {slug.replace("-", " ").casefold() for slug in TERMS}
    for table in tables():
        lines = table.read_text(encoding="utf-8").splitlines()
        headings = lines[0].split(",")
        if "predicate" in headings and headings[0] == "subject":
            for line in lines[1:]:
                slug = line.split(",")[1]
                assert slug.replace("-", " ").casefold() in known, f"{table.name}: {slug}"


def test_a_slug_without_words_is_shown_with_spaces() -> None:
    assert term("no-such_thing", ES) == "no such thing"


def test_the_catalogue_is_where_the_package_looks() -> None:
    assert (Path(LOCALES) / "es" / "LC_MESSAGES" / "atalaya.mo").exists()
