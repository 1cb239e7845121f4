"""Bodies of a release: resolved in the run, decided on by people, shown on their pages."""

import csv
import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from tests.material.commands import atalaya

HOSTS = {"organiser", "co-host"}


def _table(observatory: Path, name: str) -> list[dict[str, str]]:
    with (observatory / "releases" / "latest" / "data" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _bodies(observatory: Path) -> dict[str, set[str]]:
    """Give event -> the bodies that its claims name, by the table of names."""
    known = {row["name"]: row["organisation"] for row in _table(observatory, "organisation_names")}
    found = defaultdict(set)
    for claim in _table(observatory, "claims"):
        if claim["predicate"] in HOSTS:
            found[claim["subject"]].add(claim["territory"] or known[claim["text"]])
    return dict(found)


def test_every_figure_of_the_tables_is_what_the_claims_say(made):
    events = _bodies(made)
    held = Counter(body for bodies in events.values() for body in bodies)
    rows = {row["id"]: row for row in _table(made, "organisations")}
    assert {name: int(row["held"]) for name, row in rows.items() if row["held"] != "0"} == held
    assert {int(row["on_record"]) for row in rows.values()} == {len(events)}
    shared = Counter(
        frozenset(pair) for bodies in events.values() for pair in combinations(bodies, 2)
    )
    pairs = _table(made, "cohosting")
    together = {frozenset((row["one"], row["other"])): int(row["together"]) for row in pairs}
    assert together == shared
    for row in pairs:
        assert int(row["of"]) == held[row["one"]] + held[row["other"]] - int(row["together"])
        assert row["made_from"]
    for row in rows.values():
        assert int(row["as_organiser"]) + int(row["as_cohost"]) == int(row["held"])
        assert row["because"]
        assert row["made_from"]


def test_why_walks_from_a_pair_to_the_sentences_and_their_bytes(made):
    done = atalaya("why", "cohosting.csv:1:together", cwd=made)
    assert done.code == 0, done.err
    tree = json.loads(done.out)
    assert tree["bytes_checked"] == "yes"
    row = tree["root"]["children"][0]
    assert {child["kind"] for child in row["children"]} == {"claim"}
    pair = _table(made, "cohosting")[0]
    assert len(row["children"]) == len(pair["claims"].split()) >= 2 * int(pair["together"])
    assert atalaya("why", pair["one"], cwd=made).code == 0
    name = _table(made, "organisation_names")[0]["id"]
    assert atalaya("why", name, cwd=made).code == 0


def test_the_static_copy_holds_a_page_for_every_body_and_every_event(made):
    pages = made / "releases" / "latest" / "site"
    for language in ("en", "es"):
        for row in _table(made, "organisations"):
            state = row["kind"] == "state"
            key = row["id"].replace(":", "-") if state else row["id"].partition(":")[2]
            assert (pages / language / "organisations" / key / "index.html").is_file()
        for event in _bodies(made):
            file = pages / language / "events" / event.partition(":")[2] / "index.json"
            assert json.loads(file.read_bytes())["view"]["session"]


def test_a_signed_decision_parts_a_body_in_the_next_release_and_a_backup_keeps_it(observatory):
    (one, other) = next(
        names
        for names in _names_by_body(observatory).values()
        if len(names) == 2  # so that parting them leaves two bodies
    )
    key = observatory.parent / "ada.key"
    assert atalaya("reviewer", "add", "Ada Roe", "--key", key, cwd=observatory).code == 0
    before = len(_table(observatory, "organisations"))
    done = atalaya(
        *("resolve", "decide", one, other, "--apart", "--reason", "I asked both"),
        *("--key", key),
        cwd=observatory,
    )
    assert done.code == 0, done.err
    assert (observatory / "namings.jsonl").is_file()
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    bodies = _names_by_body(observatory).values()
    assert not any({one, other} <= set(names) for names in bodies)
    assert len(_table(observatory, "organisations")) == before + 1
    (row,) = [row for row in _table(observatory, "organisation_names") if row["name"] == one]
    assert "a person decided" in row["because"]
    again = atalaya("run", "--no-serve", "--json", cwd=observatory)
    assert again.rows()[0]["done"] == []
    assert atalaya("verify", cwd=observatory).code == 0
    archive, restored = observatory.parent / "b.tar.gz", observatory.parent / "restored"
    assert atalaya("backup", archive, cwd=observatory).code == 0
    assert atalaya("restore", archive, restored, cwd=observatory.parent).code == 0
    kept = (observatory / "namings.jsonl").read_bytes()
    assert (restored / "namings.jsonl").read_bytes() == kept
    (observatory / "namings.jsonl").write_bytes(b"")
    broken = atalaya("verify", cwd=observatory)
    assert broken.code == 1
    (says,) = [row["says"] for row in broken.rows() if row["result"] == "problem"]
    assert "a decision on two names by reviewer:ada-roe" in says
    stopped = atalaya("run", "--no-serve", cwd=observatory)
    assert stopped.code == 5
    assert "removed or altered" in stopped.err


def _names_by_body(observatory: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in _table(observatory, "organisation_names"):
        found[row["organisation"]].append(row["name"])
    return dict(found)
