"""Why a cell says what it says, down to bytes and log; and what it does not say."""

import json

import pytest
from tests.material.publishing_house import ADDRESS, TODAY, cited, declaration, house

from atalaya.model.errors import Place, WrongUse
from atalaya.model.records import Issue
from atalaya.model.sentences import content_of
from atalaya.publishing.releases import build
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.sentences import in_language
from atalaya.publishing.why import explain


def _made(folder, source=None):
    made = house(folder, source=source)
    release = build(made.inputs(), folder / "releases", TODAY).release
    return made, release, made.at_hand()


def _first(release, table, wanted):
    rows = enumerate(release.table(table).to_pylist(), start=1)
    return next(number for number, cells in rows if wanted(cells))


@pytest.fixture
def shown(tmp_path):
    return _made(tmp_path, cited())


@pytest.fixture
def hidden(tmp_path):
    return _made(tmp_path)


def test_a_signal_is_walked_to_the_bytes_and_the_log_entry(shown):
    made, release, archive = shown
    tree = explain("signals.csv:1:observed", release, archive)
    kinds = [node.kind for node in tree.nodes()]
    assert kinds[:7] == ["cell", "signal", "verdict", "observation", "claim", "document", "capture"]
    assert tree.bytes_checked == "yes"
    log = next(node for node in tree.nodes() if node.kind == "log")
    assert json.loads(log.facts["entry"])["sha256"] == made.capture.sha256


def test_every_step_is_said_in_spanish(tmp_path):
    shown, hidden = _made(tmp_path / "shown", cited()), _made(tmp_path / "hidden")
    spanish = language("es")
    trees = [
        explain("signals.csv:1:observed", shown[1], shown[2]),
        explain("series.csv:1:count", hidden[1]),
    ]
    for node in (node for tree in trees for node in tree.nodes()):
        if node.kind != "document":  # its title and address
            made_of = content_of(node.says)
            assert made_of is not None, node.says
            assert in_language(made_of, spanish) is not None, node.says
    log = next(node for node in trees[0].nodes() if node.kind == "log")
    said = in_language(content_of(log.says) or {}, spanish)
    assert "inclusión demostrada" in str(said)


def test_the_newest_observation_of_the_window_comes_first(shown):
    _, release, archive = shown
    tree = explain("signals.csv:1:observed", release, archive)
    periods = [node.facts["period"] for node in tree.nodes() if node.kind == "observation"]
    assert periods[0] == "2020-08"
    assert periods == sorted(periods, reverse=True)


def test_the_method_is_cited_with_its_monitor(shown):
    _, release, archive = shown
    tree = explain("signals.csv:1", release, archive)
    verdict = next(node for node in tree.nodes() if node.kind == "verdict")
    assert "Przyborowski" in verdict.facts["citation"]
    assert verdict.facts["monitors"][0]["monitor"] == "emergence"


def test_without_evidence_the_tree_says_that_nothing_was_read(shown):
    tree = explain("signals.csv:1:observed", shown[1])
    assert tree.bytes_checked == "not here"
    assert "bytes checked: not here" in tree.text()


def test_a_flipped_byte_in_the_archive_is_noticed(shown):
    made, release, archive = shown
    sha256 = made.capture.sha256
    made.archive.payloads[sha256] = made.archive.payloads[sha256].replace(b"15,97", b"16,97")
    tree = explain("signals.csv:1:observed", release, archive)
    assert tree.bytes_checked == "no"
    assert "another hash" in tree.text()


def test_the_json_says_what_the_text_says(shown):
    _, release, archive = shown
    tree = explain("claims.csv:1:value", release, archive)
    said = json.loads(tree.to_json())
    assert said["root"]["children"][0]["kind"] == "claim"
    assert said["bytes_checked"] == "yes"


@pytest.mark.parametrize("kind", ["signals", "series", "verdicts", "claims", "captures"])
def test_every_record_can_be_asked_for_by_its_identifier(shown, kind):
    _, release, archive = shown
    identifier = release.table(kind)["id"].to_pylist()[0]
    assert explain(identifier, release, archive).root.id == identifier


def test_a_promise_is_walked_to_its_claim(shown):
    _, release, archive = shown
    tree = explain("promise:68-6-1", release, archive)
    assert [node.kind for node in tree.nodes()][:3] == ["row", "claim", "document"]


def test_a_small_cell_of_the_publisher_names_where_it_is_published(shown):
    _, release, archive = shown
    row = _first(release, "series", lambda cells: cells["cited"])
    assert "https://example.org/cells" in explain(f"series.csv:{row}", release, archive).text()


def test_a_hidden_count_reads_1_9_and_its_bytes_are_still_checked(hidden):
    _, release, archive = hidden
    row = _first(release, "series", lambda cells: cells["count"] == "1-9")
    tree = explain(f"series.csv:{row}:count", release, archive)
    text = tree.text()
    assert "count is 1-9" in text
    assert "xylazine,1-9,97" in text
    assert "SHA-256 withheld" in text
    assert tree.bytes_checked == "yes"


def test_a_withheld_answer_says_why_it_is_withheld(hidden):
    _, release, _ = hidden
    row = _first(release, "verdicts", lambda cells: cells["hidden"] == "window")
    assert "withheld (window)" in explain(f"verdicts.csv:{row}:alarm", release).text()


@pytest.mark.parametrize("source", [cited, declaration], ids=["shown", "hidden"])
def test_every_column_of_every_table_leads_to_archived_bytes_and_the_log(tmp_path, source):
    made = house(tmp_path, source=source())
    issues = (
        Issue("odd", "a row has no date", "read", source="deaths", where=Place(ADDRESS, 3)),
        Issue("odd", "a row has no unit", "count", source="deaths"),
    )
    release = build(made.inputs(issues=issues), tmp_path / "releases", TODAY).release
    archive = made.at_hand()
    for table in release.tables:
        many = len(release.table(table))
        # On hidden counts no signal is published unsigned, and no forecast could be scored; no
        # period of this source is incomplete. It counts deaths, and nobody votes in it.
        silent = {"signals", "forecast_scores", "nowcasts", "voting_agreement", "sponsorship"}
        silent |= {"follow_up", "advocacy"}
        silent |= {"organisations", "organisation_names", "cohosting"}  # nor does it name a body
        silent.add("page_changes")  # it was captured once
        silent |= {"stories", "texts", "candidates"}  # it is a table, no text
        assert many or table in silent
        for row in {1, many} if many else ():
            for column in release.table(table).column_names:
                tree = explain(f"{table}.csv:{row}:{column}", release, archive)
                ends = (tree.bytes_checked, "log" in {node.kind for node in tree.nodes()})
                expected = ("nothing", False) if table == "monitors" else ("yes", True)
                assert ends == expected, tree.reference


def test_an_unknown_of_a_promise_and_a_blind_spot_show_what_was_read_in_vain(shown):
    _, release, archive = shown
    for reference in ("promises.csv:2:value", "blind_spots.csv:1:newest"):
        text = explain(reference, release, archive).text()
        assert "nothing is known, and this is what was read" in text
        assert "document document:" in text


@pytest.mark.parametrize(
    ("reference", "near"),
    [
        ("signal.csv:1:observed", "signals"),
        ("signals.csv:1:observd", "signals.csv:1:observed"),
        ("signals.csv:0", "row 1 is the first"),
        ("signals.csv:99", "it has 1 rows"),
        ("clam:0123456789abcdef", "claim:0123456789abcdef"),
        ("claim:0123456789abcdef", "data/claims.csv"),
        ("what?", "signals.csv:3:observed"),
    ],
)
def test_a_wrong_reference_is_refused_with_what_exists(shown, reference, near):
    with pytest.raises(WrongUse) as raised:
        explain(reference, shown[1])
    assert near in str(raised.value)
