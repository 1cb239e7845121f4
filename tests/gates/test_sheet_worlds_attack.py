"""Drawn sheets whose cases are dealt anew to regions and laboratories: what is sealed stays."""

from collections import Counter
from random import Random

import pytest
from tests.material.foresight import NOW, said_by

from atalaya.model.periods import Period
from atalaya.model.settings import Folder
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED

_LAST = Period.parse("2026-02")
_REGIONS = ("US-CT", "US-NY", "US-MA", "US-VT")
_LABORATORIES = ("Lab A", "Lab B", "Lab C")
_SUBSTANCES = ("protonitazene", "xylazine", "carfentanil", "heroin")
_DRAWS, _WORLDS = 12, 3


def cases(random):
    """What the whole sheet saw: (month, substance) of each case, few of most substances."""
    return [
        (str(_LAST + -random.randrange(random.choice([3, 6, 14, 30]))), substance)
        for substance in _SUBSTANCES
        for _ in range(random.choice([0, 1, 2, 3, 4, 5, 9]))
    ]


def line_list(random, seen):
    lines = ["date;result;place;laboratory;method"]
    cells = [(place, by) for place in (*_REGIONS, "") for by in (*_LABORATORIES, "")]
    for back in range(36):
        lines += [f"{_LAST + -back}-15;cocaine;{place};{by};GC-MS" for place, by in cells]
    for month, substance in seen:
        place, by = random.choice(cells)
        method = random.choice(("GC-MS", "LC-MS", ""))
        lines.append(f"{month}-20;{substance};{place};{by};{method}")
    return lines


def counts(random, seen):
    lines = ["month;substance;place;laboratory;count;tested"]
    cells = [(place, laboratory) for place in _REGIONS for laboratory in _LABORATORIES]
    for back in range(36):
        lines += [f"{_LAST + -back};cocaine;{at};{by};3;40" for at, by in cells]
    dealt = Counter((*case, *random.choice(cells)) for case in seen)
    return lines + [f"{';'.join(cell)};{number};40" for cell, number in dealt.items()]


def said(root, lines):
    watch("\n".join(lines).encode(), "sheet.csv", NOTHING_ASKED, NOW, WatchStore(root))
    found = said_by(Folder(root)).statements
    return sorted((str(basis), str(statement)) for basis, statement in found)


@pytest.mark.parametrize("sheet", [line_list, counts])
def test_what_is_sealed_is_the_same_however_the_cases_are_dealt(tmp_path, sheet):
    random, sealed = Random(20260320), 0
    for draw in range(_DRAWS):
        seen = cases(random)
        first, *others = (
            said(tmp_path / f"{draw}-{world}", sheet(random, seen)) for world in range(_WORLDS)
        )
        assert all(other == first for other in others), seen
        sealed += len(first)
    assert sealed > _DRAWS // 2, (
        "many draws say something, so that there was something to tell apart"
    )
