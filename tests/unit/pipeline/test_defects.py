from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pytest

from atalaya.evidence.sources import load_source
from atalaya.model.errors import BadInput
from atalaya.model.tables import SERIES
from atalaya.pipeline.defects import doubts, issues
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.phrases import in_words

STARTER = Path(str(files("atalaya") / "starter" / "sources"))
DEATHS = load_source(STARTER / "ct-deaths")
KEY = "ct-deaths/xylazine/US-CT/deaths"


def _series(source: str = "ct-deaths", subject: str = "substance:xylazine") -> pa.Table:
    row = {"series": KEY, "source": source, "subject": subject, "period": "2019-04"}
    return pa.Table.from_pylist([{"made_from": [], **row}], schema=SERIES)


def _verdict(period: str, reason: str = "first ever", *, alarm: bool | None = True) -> dict:
    return {"series": KEY, "period": period, "alarm": alarm, "reason": reason}


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("ct-deaths", "testing-change", "xylazine, from 2019-03"),
        ("ct-deaths", "testing-change", "gabapentin, 2018-01 to 2019-12"),
        ("opium-cultivation", "broken-link", "Afghanistan 0 between bounds of 149,000"),
        ("unodc-income", "not-attributed", "435.8 of 560.6 million"),
        ("coca-cultivation", "totals-disagree", "376,400"),
    ],
)
def test_what_is_wrong_with_the_starters_figures_is_an_issue(source, kind, words):
    found = list(issues([load_source(STARTER / source)]))
    assert any(one.kind == kind and words in one.says for one in found)
    assert all(one.do and one.where.name for one in found)


def test_an_alarm_in_a_known_change_of_testing_says_so():
    said = doubts([DEATHS], _series()).add_to(_verdict("2019-04"))
    assert said["reason"] == "possibly a testing change (the source is known for it): first ever"
    spanish = in_words("possibly a testing change (the source is known for it)", language("es"))
    assert spanish == "posiblemente un cambio en los análisis (se sabe que ocurrió en esta fuente)"


@pytest.mark.parametrize(
    "verdict",
    [
        _verdict("2020-01"),
        _verdict("2019-02"),
        _verdict("2019-04", alarm=False),
        _verdict("2019-04", alarm=None),
        _verdict("2019-04", "possibly a testing change (many more were examined): first ever"),
    ],
)
def test_any_other_verdict_stays_as_it_is(verdict):
    assert doubts([DEATHS], _series()).add_to(verdict) == verdict


def test_a_doubt_touches_only_its_own_source_and_subject():
    for series in (_series(source="other"), _series(subject="substance:cocaine")):
        assert doubts([DEATHS], series).add_to(_verdict("2019-04"))["reason"] == "first ever"


def test_a_defect_of_an_unknown_substance_is_refused_with_the_nearest():
    wrong = DEATHS.defect[0].model_copy(update={"subject": "substance:xylazin"})
    with pytest.raises(BadInput, match="did you mean 'substance:xylazine'"):
        list(issues([DEATHS.model_copy(update={"defect": (wrong,)})]))
