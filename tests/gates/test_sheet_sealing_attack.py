"""A private sheet seals no alarm of one place: from it three cases there would be read."""

from collections import Counter

import pytest
from tests.material.foresight import HORIZON, NOW, said_by, sealed

from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.tokens import Sighting
from atalaya.model.periods import Period
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight import sheets
from atalaya.pipeline.foresight.saying import PLACES
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED

_LAST = Period.parse("2026-02")
_REGION, _ELSEWHERE = "territory:US-CT", "territory:US-NY"


def kept(root, region_cases):
    """Protonitazene is old in New York; in Connecticut it has the given cases, newest last."""
    lines = ["date;result;place"]
    for back in range(35, -1, -1):
        month = str(_LAST + -back)
        for place in ("US-CT", "US-NY"):
            lines += [f"{month}-15;cocaine;{place}"] * 6
        lines += [f"{month}-18;protonitazene;US-NY"] * 4
        arrived = region_cases[-back - 1] if back < len(region_cases) else 0
        lines += [f"{month}-20;protonitazene;US-CT"] * arrived
    watch("\n".join(lines).encode(), "samples.csv", NOTHING_ASKED, NOW, WatchStore(root))
    return Folder(root)


@pytest.mark.parametrize("cases", [(1, 1, 1), (2, 2), (0, 1, 3)])
def test_what_is_sealed_is_the_same_with_and_without_the_cases_of_one_region(tmp_path, cases):
    told = {
        name: said_by(kept(tmp_path / name, region))
        for name, region in (("with", cases), ("without", ()))
    }
    shown = {
        name: Counter(
            (one.kind, one.series, one.territory, one.since, one.says) for _, one in said.statements
        )
        for name, said in told.items()
    }
    assert shown["with"] == shown["without"]
    assert told["with"].refused[PLACES] == 1, "it is an alarm, and the person is told it stays here"
    month = str(_LAST)
    seen = Sighting("substance:protonitazene", _REGION, month)
    assert seen in told["with"].seen - told["without"].seen, (
        "a partner with the key still learns it"
    )
    assert not any(one.territory == _ELSEWHERE for one in told["with"].seen)


def test_an_opened_score_names_no_region_and_no_month_of_one(tmp_path):
    folder = kept(tmp_path / "mine", (1, 1, 1))
    lines = [f"{_LAST}-22;xylazine;US-NY"] * 3 + [f"{_LAST + -1}-22;xylazine;US-NY"] * 2
    more = "\n".join(["date;result;place", *lines]).encode()
    watch(more, "more.csv", NOTHING_ASKED, NOW, WatchStore(folder.root))
    assert sealed(folder).sealed["signal"] >= 1
    event = Event(f"place|substance:protonitazene|{_REGION}", "new", "2025-12", "2026-04", "")
    score = score_folder(folder, [event], NOW, everything=True)
    opened = [one["opening"]["statement"] for one in score["score"]["statements"]]
    assert opened
    assert all(one["territory"] is None for one in opened)
    assert _REGION not in {part for one in opened for part in one["series"].split("|")}
    assert sheets.say(folder, NOW.date(), HORIZON).refused[PLACES] >= 1
