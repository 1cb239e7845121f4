"""The interface for programs keeps to its description, whatever it is asked."""

import schemathesis
from hypothesis import HealthCheck, settings
from tests.material.web_house import House

from atalaya.promises.table import PROMISES
from atalaya.publishing.columns import TABLES
from atalaya.series.blind_spots import BLIND_SPOTS

APP = House().client().app
CLIENT = House().client()
schema = schemathesis.openapi.from_asgi("/api/openapi.json", APP)


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(
        excluded_checks=[schemathesis.checks.unsupported_method]
        if hasattr(schemathesis.checks, "unsupported_method")
        else []
    )


def test_a_table_is_given_in_parts_in_order() -> None:
    first = CLIENT.get("/api/tables/series", params={"limit": 2}).json()
    rest = CLIENT.get("/api/tables/series", params={"offset": 1, "limit": 1}).json()
    assert first["rows"][1] == rest["rows"][0]
    assert first["total"] == rest["total"] > 900


def test_signals_are_given_as_of_a_date() -> None:
    then = CLIENT.get("/api/signals", params={"as_of": "2019-06"}).json()
    assert then["as_of"] == "2019-06"
    assert "xylazine" in [one["what_name"] for one in then["standing"]]
    assert then["standing"][0]["state"] == "unreviewed"


def test_hidden_counts_stay_ranges() -> None:
    rows = CLIENT.get("/api/tables/series", params={"limit": 10_000}).json()["rows"]
    people = [row for row in rows if row["source"] == "made-up" and row["predicate"] == "deaths"]
    hidden = [row["count"] for row in people]
    assert set(hidden) == {"0", "1-9", None}


def test_the_tree_of_a_cell_is_given() -> None:
    tree = CLIENT.get("/api/why", params={"ref": "signals.csv:1:observed"}).json()["tree"]
    assert tree["root"]["children"][0]["kind"] == "claim"


def test_the_release_lists_its_files_without_the_pages() -> None:
    files = CLIENT.get("/api/release").json()["files"]
    assert set(files) == {"data/signals.csv", "manifest.json"}


def test_no_field_scores_persons_or_small_communities() -> None:
    described = CLIENT.get("/api/openapi.json").text
    assert not [word for word in ("person", "score", "risk", "address") if f'"{word}' in described]


def test_no_column_of_a_table_scores_persons_or_small_communities() -> None:
    """Rows are given as they are published, so the description alone does not hold the rule."""
    columns = {column.name for table in TABLES.values() for column in table}
    columns |= {*PROMISES.names, *BLIND_SPOTS.names}
    assert {"what", "territory", "value", "newest"} <= columns
    targeting = ("score", "risk", "person", "grower", "suspect", "rank", "latitude", "street")
    assert [name for name in sorted(columns) if any(word in name for word in targeting)] == []
