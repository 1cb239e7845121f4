"""A release that was withdrawn is known from the log: not lost, not there, not published again."""

from datetime import UTC, datetime

import pytest
from tests.material.publishing_house import TODAY, house

from atalaya.model.errors import LookAtThis, WrongUse
from atalaya.model.records import Issue
from atalaya.publishing.opening import latest_release, proof_beside
from atalaya.publishing.releases import build
from atalaya.publishing.unseen import deleted
from atalaya.publishing.withdrawing import tombstones, withdraw

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHY = "It named a place it should not have named."
CHANGE = (Issue("broken-row", "a row has no date", "read"),)


@pytest.fixture
def made(tmp_path):
    return house(tmp_path)


def test_the_log_says_so_first_and_latest_names_what_is_left(made, tmp_path):
    folder = tmp_path / "releases"
    first = build(made.inputs(), folder, TODAY).release
    second = build(made.inputs(issues=CHANGE), folder, TODAY).release
    stone = withdraw(folder, made.log, second.name, WHY, NOW)
    assert latest_release(folder).name == first.name
    assert not second.path.exists()
    assert not proof_beside(second.path).exists()
    assert (stone.name, stone.reason, stone.at) == (second.name, WHY, "2026-11-24T12:00:00Z")
    assert f"withdrawn on 2026-11-24: {WHY}" in str(stone)
    assert {one.sha256 for one in deleted(folder, made.log.reader().entries())} == {stone.sha256}


def test_what_was_withdrawn_is_not_published_again_and_its_name_not_given_again(made, tmp_path):
    folder = tmp_path / "releases"
    only = build(made.inputs(), folder, TODAY).release
    withdraw(folder, made.log, only.name, WHY, NOW)
    assert latest_release(folder) is None
    with pytest.raises(LookAtThis, match=r"is what was withdrawn: release 2025-01-02-1"):
        build(made.inputs(), folder, TODAY)
    assert build(made.inputs(issues=CHANGE), folder, TODAY).release.name == "2025-01-02-2"


def test_done_again_it_takes_away_what_is_left_and_writes_nothing_twice(made, tmp_path):
    folder = tmp_path / "releases"
    only = build(made.inputs(), folder, TODAY).release
    withdraw(folder, made.log, only.name, WHY, NOW)
    (folder / only.name).mkdir()  # as an interruption, or a backup put back, leaves it
    again = withdraw(folder, made.log, only.name, "another reason", NOW)
    assert not only.path.exists()
    assert again.reason == WHY
    assert tombstones(made.log.reader().entries()) == (again,)


def test_a_release_that_never_was_and_a_missing_reason_are_refused(made, tmp_path):
    folder = tmp_path / "releases"
    name = build(made.inputs(), folder, TODAY).release.name
    with pytest.raises(WrongUse, match="names no release '2025-01-02-9'"):
        withdraw(folder, made.log, "2025-01-02-9", WHY, NOW)
    with pytest.raises(WrongUse, match="no reason"):
        withdraw(folder, made.log, name, "  ", NOW)
    assert tombstones(made.log.reader().entries()) == ()
