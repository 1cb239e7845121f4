"""The resolve step: asked again only where names, lists, decisions or the register changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from tests.material.session_record import session_claims
from tests.material.starter_files import SOURCES

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.log import Log, SigningKey
from atalaya.evidence.sources import load_sources
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.errors import BadInput
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline import store as tables
from atalaya.pipeline.bodies import known_bodies, recorded, resolve_bodies
from atalaya.pipeline.house import House
from atalaya.pipeline.namings import Choice, decide
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.reviewing import add_reviewer

NOW = datetime(2026, 11, 25, tzinfo=UTC)
VILLA = ("Villa Maraini", "Villa Maraini Foundation")


@pytest.fixture
def house(tmp_path):
    folder = Folder(tmp_path)
    folder.keys.mkdir()
    key = SigningKey.generate("atalaya.example/test")
    key.save(folder.keys / "log.key")
    log = Log.create(folder.log, key.name, key)
    tables.write_table(folder.tables, "claims", session_claims())
    declared = tuple(one for one in load_sources(SOURCES) if one.slug == "cnd68")
    return House(folder, Settings(), declared, (), CaptureStore(folder.evidence), log)


def _claims(house, change):
    rows = [change(dict(row)) for row in session_claims().to_pylist()]
    table = pa.Table.from_pylist(rows, schema=session_claims().schema)
    tables.write_table(house.folder.tables, "claims", table)


def test_every_name_of_a_body_is_kept_with_why_and_no_states(house):
    assert resolve_bodies(house, Silent())
    known = known_bodies(house.folder)
    hosts = {"organiser", "co-host", "sponsor"}
    rows = session_claims().to_pylist()
    wanted = {row["text"] for row in rows if row["predicate"] in hosts and not row["territory"]}
    assert wanted < set(known)
    assert set(known) - wanted == {"UNODC", "INTERPOL"}, "whom meetings were held with"
    assert all(one.because and 0 < one.confidence <= 1 for one in known.values())
    assert known[VILLA[0]].body == known[VILLA[1]].body


def test_the_resolver_is_not_asked_again_where_only_other_claims_changed(house):
    assert resolve_bodies(house, Silent())
    before = tables.path_of(house.folder.tables, "bodies").read_bytes()
    assert not resolve_bodies(house, Silent())
    _claims(house, lambda row: row | {"how_checked": "again"})
    assert not resolve_bodies(house, Silent())
    assert tables.path_of(house.folder.tables, "bodies").read_bytes() == before
    _claims(house, lambda row: row | ({"text": "Lumo"} if row["text"] == VILLA[0] else {}))
    assert resolve_bodies(house, Silent())
    assert "Lumo" in known_bodies(house.folder)


def test_a_signed_decision_parts_two_names_and_a_later_one_joins_them(house):
    resolve_bodies(house, Silent())
    path = house.folder.root.parent / f"{house.folder.root.name}.key"
    add_reviewer(house.folder, house.settings, "Ada", path, NOW)
    key = ReviewerKey.parse(path.read_text().strip())

    def same():
        assert resolve_bodies(house, Silent())
        known = known_bodies(house.folder)
        return known[VILLA[0]].body == known[VILLA[1]].body

    decide(house.folder.namings, Choice(*VILLA, False, "two bodies"), key, NOW)
    assert not same()
    decide(house.folder.namings, Choice(*VILLA, True, "one after all"), key, NOW)
    assert same()
    assert "a person decided" in known_bodies(house.folder)[VILLA[0]].because
    decide(house.folder.namings, Choice("Nobody", "No one", True, "elsewhere"), key, NOW)
    assert not resolve_bodies(house, Silent()), "a decision on names that are not there"
    kept = house.folder.namings.read_text()
    house.folder.namings.write_text(kept.replace("two bodies", "one body"))
    with pytest.raises(BadInput, match="signature"):
        resolve_bodies(house, Silent())


def test_names_of_a_source_that_may_only_be_linked_are_nobodys(house):
    licence = house.declarations[0].licence.model_copy(update={"redistribute": False})
    bound = house.declarations[0].model_copy(update={"licence": licence})
    assert recorded(session_claims(), [bound]) == ()
    resolve_bodies(replace(house, declarations=(bound,)), Silent())
    assert known_bodies(house.folder) == {}
