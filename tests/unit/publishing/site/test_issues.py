"""An issue's sentence and remedy are said in Spanish, made of the same values as in English."""

import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from tests.material.declared import read, sheet
from tests.material.starter_files import PROJECT

from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Issue
from atalaya.model.sentences import sentence, versions
from atalaya.pipeline.failures import Failure, failures_in
from atalaya.pipeline.tabulating import issue_table, issues_of, refusal
from atalaya.publishing.evidence_rows import issue_rows
from atalaya.publishing.site import environment
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.pages import find_page
from atalaya.publishing.site.sentences import in_language, told

sys.path.insert(0, str(PROJECT / "scripts"))

from update_messages import extracted

ES = language("es")
TEMPLATES = sorted(one.id for one in extracted({"sentence": None}) if one.id)
PLACE = re.compile(r"\{(\w+)(!r)?\}")
ROWS = [
    f"{year}-{month:02d},fentanyl,{month},40"
    for year in range(2010, 2019)
    for month in range(1, 13)
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_said_in_spanish_with_the_same_values(template):
    assert "{" not in PLACE.sub("", template), "a place holds a name and nothing more"
    values = {name: f"<{name}>" for name, _ in PLACE.findall(template)}
    said = in_language({"template": template, "values": values}, ES)
    assert said is not None
    assert sorted(PLACE.findall(ES.say(template))) == sorted(PLACE.findall(template))
    assert all(value in said for value in values.values())


def test_a_failed_fetch_is_said_in_spanish_as_the_log_remembers_it():
    fault = sentence("the server answers {status}", status="503")
    failed = Failure("lab", "https://lab.example/a.csv", fault, "", later=True)
    leaf = canonical_json(failed.leaf(datetime(2026, 11, 25, tzinfo=UTC)))
    (again,) = failures_in([leaf])
    assert again == failed
    assert _told(again.issue())[0] == "el servidor responde 503"


def _told(issue: Issue, hiding: Iterable[str] = ()) -> tuple[str | None, str | None]:
    (row,) = issue_rows([issue], frozenset(hiding))
    return told(row, "says", ES), told(row, "do", ES)


@pytest.mark.parametrize(
    ("row", "says", "do"),
    [
        (
            "2019-12,fentanyl,-3,40",
            "fila omitida: '-3' es negativo",
            "un recuento es cero o más; deje la celda vacía",
        ),
        (
            "2019-13,fentanyl,3,40",
            "fila omitida: '2019-13' no es un período (no existe ese mes)",
            "escriba un día (2019-03-02), una semana ISO (2019-W07), un mes (2019-03), "
            "un trimestre (2019-Q1) o un año (2019)",
        ),
        (
            "2019-W07,fentanyl,3,40",
            "fila omitida: 2019-W07 es un período de tipo «semana», y la mayoría de las filas son "
            "de tipo «mes»",
            "escriba todos los períodos con el tipo «mes», o ponga los demás en una tabla aparte",
        ),
        (
            "2019-12,fentanyl,1234.5,40",
            "fila omitida: el recuento 1.234,5 supera la población 40 en la que se halló",
            "compruebe cuál de los dos es erróneo, o si cuentan cosas distintas",
        ),
    ],
)
def test_a_row_left_out_is_said_in_spanish(row, says, do):
    (issue,) = read(sheet(*ROWS, row)).issues
    assert _told(issue) == (says, do)


def test_an_unknown_name_is_said_in_spanish_with_the_nearest():
    issues = read(sheet(*ROWS, "2019-12,fentanilooo,1,40")).issues
    says, do = _told(issues[0])
    assert str(says).startswith("'fentanilooo' no figura en el registro de nombres de sustancias")
    assert str(do).endswith("Añada el nombre al registro, como alias si lo es")


def test_a_refused_document_is_said_in_spanish():
    with pytest.raises(BadInput) as caught:
        read("<html><body>we have moved</body></html>")
    issue = refusal(caught.value, "read", "lab", "package:lab/data.csv")
    says, do = _told(issue)
    assert says == "la respuesta es una página web (HTML), no una tabla"
    assert (
        do == "abra la dirección en un navegador, busque la nueva dirección del archivo y declárela"
    )


def test_it_goes_through_the_tables_unharmed():
    issues = read(sheet(*ROWS, "2019-12,fentanyl,-3,40")).issues
    assert issues_of(issue_table(issues)) == issues
    assert [one.parameters for one in issues_of(issue_table(issues))] == [
        one.parameters for one in issues
    ]


def test_numbers_of_a_source_about_people_are_blanked_in_both_languages():
    issue = Issue(
        "broken-row",
        sentence(
            "row left out: {because}",
            because=sentence(
                "the count {count} is above the population {population} it was found in",
                count=7.0,
                population=5.0,
            ),
        ),
        "read",
        "lab",
        Place("data.csv"),
    )
    (row,) = issue_rows([issue], frozenset({"lab"}))
    assert not any(figure in str(row["parameters"]) for figure in "57")
    assert _told(issue, ["lab"])[0] == (
        "fila omitida: el recuento … supera la población … en la que se halló"
    )


def test_a_sentence_somebody_wrote_out_is_taken_as_it_is_in_each_language():
    known = Issue("broken-link", versions("a link", es="un enlace"), "read", do="wait")
    assert _told(known) == ("un enlace", None)
    english = language("en")
    (row,) = issue_rows([known], frozenset())
    assert (told(row, "says", english), told(row, "do", english)) == ("a link", "wait")


def test_what_has_no_translation_is_left_to_be_shown_as_english():
    nested = sentence("row left out: {because}", because=sentence("the moon was full"))
    assert _told(Issue("broken-row", nested, "read"))[0] is None
    assert _told(Issue("broken-row", "the moon was full", "read")) == (None, None)


def test_what_went_wrong_on_the_way_to_a_page_is_said_in_spanish():
    with pytest.raises(WrongUse) as caught:
        find_page("nosuch")
    assert environment.told(ES, caught.value.what) == "no existe la página &#39;nosuch&#39;"
    assert environment.told(ES, caught.value.do) == "empiece por la primera página"
    near = WrongUse("no", near="data", do=sentence("start at the first page"))
    assert environment.told(ES, near.do).startswith("¿Quiso decir &#39;data&#39;? empiece")
    assert (
        environment.told(language("en"), caught.value.what) == "there is no page &#39;nosuch&#39;"
    )
