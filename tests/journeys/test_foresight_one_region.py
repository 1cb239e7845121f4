"""A private sheet that lies in one region, or names no place, by command."""

from datetime import UTC, datetime

import pytest
from tests.material.commands import atalaya
from tests.material.foresight import bare_observatory, last_month

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.model.settings import Folder
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED


def kept(root, place, blank=None, elsewhere=0):
    """Protonitazene arrived in one place; one row in six names the other one, or none.

    Args:
        root: The folder.
        place: Where it arrived.
        blank: What stands in one row in six instead of the place.
        elsewhere: How many rows lie in New York.
    """
    lines = ["date;result;place"]
    for back in range(23, -1, -1):
        month = str(last_month() + -back)
        lines += [f"{month}-15;cocaine;{place}"] * 5 + [f"{month}-15;cocaine;{blank or place}"]
        lines += [f"{month}-20;protonitazene;{place}"] * (back < 3)
    lines += [f"{last_month() + -back}-11;heroin;US-NY" for back in range(elsewhere)]
    sheet = "\n".join(lines).encode()
    watch(sheet, "samples.csv", NOTHING_ASKED, datetime.now(UTC), WatchStore(root))
    return Folder(root)


@pytest.mark.parametrize("other", [None, " ", "a town nobody knows"])
def test_of_one_region_nothing_is_sealed_unless_its_rows_are_no_people(tmp_path, other):
    folder = kept(tmp_path / "mine", "US-CT", other)
    done = atalaya("seal", "mine", cwd=tmp_path)
    assert done.code == 4
    assert "1: of a sheet that lies in one region" in done.err
    assert "--samples" in done.err
    assert not folder.sealed.exists()
    assert LogReader(FolderReader(folder.log)).checkpoint().size == 1, "the sheet itself"
    done = atalaya("seal", "mine", "--samples", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.rows()[0]["signal"] == 1


@pytest.mark.parametrize(("elsewhere", "code"), [(1, 4), (9, 4), (10, 0)])
def test_a_few_cases_elsewhere_do_not_decide_whether_anything_is_sealed(tmp_path, elsewhere, code):
    kept(tmp_path / "mine", "US-CT", elsewhere=elsewhere)
    assert atalaya("seal", "mine", cwd=tmp_path).code == code


def test_one_region_shares_its_sightings_with_a_partner_and_seals_nothing(tmp_path):
    folder = kept(tmp_path / "mine", "US-CT")
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32)
    done = atalaya("seal", "mine", "--shared-key", key, cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.rows()[0]["sealing"] is None
    both = ("compare", "tokens.json", "tokens.json", "--openings", "mine")
    seen = {one["territory"] for one in atalaya(*both, cwd=tmp_path).rows()}
    assert seen == {"territory:US-CT", "territory:USA"}
    assert not list(folder.sealed.glob("0*.json"))


@pytest.mark.parametrize(("place", "told"), [("", True), ("USA", False)])
def test_a_country_is_sealed_and_a_sheet_without_places_says_what_will_tell(tmp_path, place, told):
    kept(tmp_path / "mine", place)
    done = atalaya("seal", "mine", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.rows()[0]["signal"] == 1
    assert ("the sheet names no place" in done.err) is told


def test_an_observatory_says_in_its_sources_what_it_counts(tmp_path):
    folder = bare_observatory(tmp_path / "house", datetime.now(UTC), last_month())
    done = atalaya("seal", "house", "--samples", cwd=tmp_path)
    assert done.code == 2
    assert "about_people" in done.err
    assert not folder.sealed.exists()
