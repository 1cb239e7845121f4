"""A release with sums of ours: shown, walked and checked."""

from dataclasses import replace

import pytest
from tests.material.pooled_house import CHILDREN, FAMILY, made_house, pooled_inputs
from tests.material.publishing_house import TODAY, declaration

from atalaya.model.errors import StopEverything
from atalaya.model.periods import Period
from atalaya.publishing.composing import compose
from atalaya.publishing.gates import check_lineage
from atalaya.publishing.releases import build
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.links import StaticLinks
from atalaya.publishing.site.names import RegisterNames
from atalaya.publishing.site.phrases import in_words
from atalaya.publishing.site.views.home import home
from atalaya.publishing.site.views.series import one_series, series_path
from atalaya.publishing.site.visits import Visit
from atalaya.publishing.verifying import verify_release
from atalaya.publishing.why import explain

LOUD = [0] * 14 + [2, 1, 3]
FAINT = [0] * 14 + [0, 1, 0]


def released(folder, counts):
    made = made_house(folder, dict(zip(CHILDREN, counts, strict=True)), source=OPEN)
    inputs = pooled_inputs(made)
    return made, inputs, build(inputs, folder / "releases", TODAY).release


OPEN = declaration(about_people=False)


def test_why_walks_from_the_sums_verdict_to_the_childrens_bytes(tmp_path):
    made, inputs, release = released(tmp_path, (LOUD, FAINT, [0] * 17))
    (signal,) = [one for one in inputs.signals if one.series == FAMILY]
    tree = explain(signal.id, release, made.at_hand())
    kinds = {node.kind for node in tree.nodes()}
    assert kinds == {"signal", "verdict", "observation", "claim", "document", "capture", "log"}
    said = tree.text()
    assert "deaths/metonitazene/US-CT/deaths: 2020-04: 1 deaths" in said
    assert tree.bytes_checked == "yes"


def test_verify_adds_the_parts_up_again(tmp_path):
    made, inputs, release = released(tmp_path, (LOUD, FAINT, [0] * 17))
    assert verify_release(release, made.vkey, made.at_hand(), inputs).problems == ()
    rows = inputs.series.to_pylist()
    wrong = [row | {"count": row["count"] + 1} if row["series"] == FAMILY else row for row in rows]
    table = type(inputs.series).from_pylist(wrong, inputs.series.schema)
    other = build(replace(inputs, series=table), tmp_path / "other", TODAY).release
    says = [str(problem) for problem in verify_release(other, made.vkey).problems]
    assert any(":count: shows 3, what it is made from says 2" in one for one in says)


def test_a_sum_whose_parts_are_gone_stops_everything(tmp_path):
    inputs = pooled_inputs(made_house(tmp_path, dict.fromkeys(CHILDREN, LOUD), source=OPEN))
    rows = [row for row in inputs.series.to_pylist() if "metonitazene" not in row["series"]]
    table = type(inputs.series).from_pylist(rows, inputs.series.schema)
    kept = {row["id"] for row in rows}
    verdicts = [row for row in inputs.verdicts.to_pylist() if kept.issuperset(row["made_from"])]
    judged = type(inputs.verdicts).from_pylist(verdicts, inputs.verdicts.schema)
    with pytest.raises(StopEverything, match="series name 17 of series that are not there"):
        check_lineage(replace(inputs, series=table, verdicts=judged))


def _first_screen(release, code="en"):
    edition = Edition(release, RegisterNames())
    visit = Visit(code, StaticLinks(code, ""), TODAY, Period.parse("2020-05"))
    return edition, visit, home(edition, visit, "")


@pytest.mark.parametrize(
    ("code", "name"), [("en", "nitazenes, added up"), ("es", "nitacenos (suma)")]
)
def test_the_first_screen_names_the_sum_under_the_child_that_tells_it(tmp_path, code, name):
    _, _, release = released(tmp_path, (LOUD, FAINT, [0] * 17))
    _, _, screen = _first_screen(release, code)
    (card,) = screen.replay
    assert card.what == "substance:isotonitazene"
    assert name in [one.what_name for one in card.also]


def test_a_sum_that_no_child_tells_stands_on_the_first_screen_itself(tmp_path):
    _, _, release = released(tmp_path, ([0] * 14 + [1, 0, 1], FAINT, [0] * 17))
    _, _, screen = _first_screen(release)
    (card,) = screen.replay
    assert (card.what, card.also, card.parts) == ("family:nitazenes", (), 2)
    assert card.reason.endswith("; carried by isotonitazene")


def test_the_page_of_a_sum_says_what_it_adds_up(tmp_path):
    _, _, release = released(tmp_path, (LOUD, FAINT, [0] * 17))
    edition, visit, _ = _first_screen(release)
    view = one_series(edition, visit, FAMILY)
    assert [one.subject for one in view.parts] == [
        "substance:isotonitazene",
        "substance:metonitazene",
    ]
    assert one_series(edition, visit, view.parts[0].key).parts == ()
    site = Site(edition, "Test", lambda reference: explain(reference, release), Drawings())
    page = site.html(site.show(f"series/{series_path(FAMILY)}", visit))
    assert "Added up by this observatory, not by the source, from:" in page
    assert f"series/{series_path(view.parts[1].key)}" in page


def test_a_small_sum_of_cells_that_the_publisher_publishes_cites_them(tmp_path):
    source = declaration(published_cells="https://example.org/cells")
    made = made_house(
        tmp_path, dict(zip(CHILDREN, (LOUD, FAINT, [0] * 17), strict=True)), source=source
    )
    rows = list(compose(pooled_inputs(made)).tables["series"].dicts())
    (own,) = [row for row in rows if (row["series"], row["period"]) == (FAMILY, "2020-04")]
    assert own["count"] == "2"
    assert own["cited"].endswith("family:nitazenes, territory:US-CT, 2020-04, added up")


def test_who_carries_an_alarm_is_said_in_spanish():
    said = in_words("first ever in this history; carried by cocaine", language("es"))
    assert said is not None
    assert said.endswith("; por cocaína sobre todo")
    place = in_words("first ever in this history; carried by United States", language("es"))
    assert place is not None
    assert "Estados Unidos" in place
    assert in_words("words nobody knows; carried by cocaine", language("es")) is None
