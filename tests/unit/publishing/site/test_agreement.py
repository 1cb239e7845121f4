"""Each source on a signal's substance and place has its say on the page: none is averaged away."""

from dataclasses import replace
from functools import cache

import pytest
from tests.material.html_reading import Page
from tests.material.small_release import (
    Drawings,
    MaterialNames,
    StandInRelease,
    explain,
    release,
    visit,
)

from atalaya.model.periods import Period
from atalaya.publishing.site import Site
from atalaya.publishing.site.edition import Edition

XYLAZINE = "ct-deaths/xylazine/US-CT/deaths"
QUIET = {"alarm": False, "reason": "no sure rise", "p_value": 1.0}


def _with(released: StandInRelease, slug: str, copies: str | None = None, **said) -> StandInRelease:
    """Let another source judge xylazine in the same place, saying the same but for ``said``."""
    tables = dict(released.tables)
    key = XYLAZINE.replace("ct-deaths", slug)
    for name in ("series", "verdicts"):
        own = [row for row in tables[name] if row["series"] == XYLAZINE]
        more = said if name == "verdicts" else {"source": slug}
        tables[name] = [*tables[name], *(row | {"series": key} | more for row in own)]
    source = next(row for row in tables["sources"] if row["source"] == "ct-deaths")
    tables["sources"] = [*tables["sources"], source | {"source": slug, "copies": copies}]
    return replace(released, tables=tables)


@cache
def _site() -> Site:
    tables = dict(release().tables)
    tables["verdicts"] = [row | {"p_value": 0.04} for row in tables["verdicts"]]
    released = _with(replace(release(), tables=tables), "lab-quiet", **QUIET)
    released = _with(released, "mirror", copies="ct-deaths")
    released = _with(released, "lab-blind", alarm=None, reason="not assessed: short", p_value=None)
    return Site(Edition(released, MaterialNames()), "Test observatory", explain, Drawings())


def _page(site: Site, language: str = "en"):
    (signal,) = [
        one
        for one in site.edition.standing_signals(Period.parse("2019-06"))
        if one.series == XYLAZINE
    ]
    asked = visit(f"signals/{signal.id.partition(':')[2]}", language, "2019-06")
    shown = site.show(asked.links.path, asked)
    return shown.view.agreement, Page(site.html(shown))


def test_each_independent_source_has_its_own_voice_and_copies_none() -> None:
    heard, page = _page(_site())
    assert [(one.source, one.says) for one in heard.voices] == [
        ("ct-deaths", "alarm"),
        ("lab-quiet", "no alarm"),
        ("lab-blind", "not assessed"),
    ]
    assert heard.copies == ("mirror",)
    assert "Copies, which count once: mirror." in page.text


def test_disagreement_is_said_before_anything_is_combined() -> None:
    heard, page = _page(_site())
    assert heard.disagree
    said = "1 independent source looked while this signal stood and raised no alarm."
    assert said in page.text
    assert heard.voices[0].evidence == pytest.approx(2.5)  # half of one over the root of .04
    assert heard.combined == pytest.approx(2.5 / 3)
    assert "Combined evidence: 0.8." in page.text
    _, spanish = _page(_site(), "es")
    assert "Las fuentes no coinciden." in spanish.text


def test_the_card_on_the_first_screen_says_how_many_saw_nothing() -> None:
    asked = visit("", as_of="2019-06")
    shown = _site().show("", asked)
    (card,) = [one for one in shown.view.replay if one.series == XYLAZINE]
    assert card.dissent == 1
    assert "1 more saw nothing" in Page(_site().html(shown)).text


def test_a_source_alone_says_that_no_other_is_judged() -> None:
    alone = Site(Edition(release(), MaterialNames()), "Test", explain, Drawings())
    heard, page = _page(alone)
    assert len(heard.voices) == 1
    assert heard.combined is None
    assert "No other source of this observatory is judged" in page.text


def test_a_source_that_spoke_later_is_not_heard_before() -> None:
    later = _with(release(), "lab-later", **QUIET)
    later.tables["verdicts"] = [
        row
        for row in later.tables["verdicts"]
        if "lab-later" not in row["series"] or row["period"] > "2019-06"
    ]
    heard, _ = _page(Site(Edition(later, MaterialNames()), "Test", explain, Drawings()))
    assert [one.source for one in heard.voices] == ["ct-deaths"]
