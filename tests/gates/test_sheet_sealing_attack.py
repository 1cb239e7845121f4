"""What a stranger with the log and a score, or a partner with the key, learns of a small cell."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import product
from json import loads

import pytest
from tests.material.foresight import HORIZON, NOW, new_in_one_region, said_by, sealed

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.tokens import Sighting, token
from atalaya.model.errors import LookAtThis
from atalaya.model.periods import Period
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight import sheets
from atalaya.pipeline.foresight.saying import PLACES
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.foresight.sealing import seal
from atalaya.pipeline.foresight.sighting import make_tokens
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED

_LAST = Period.parse("2026-02")
_REGION, _ELSEWHERE = "territory:US-CT", "territory:US-NY"
_REGIONS = ("US-CT", "US-MA", "US-NY", "US-VT")
_KEY = bytes.fromhex("5e" * 32)
_NEW = "substance:protonitazene"


@pytest.mark.parametrize("cases", [(1, 1, 1), (2, 2), (0, 1, 3)])
def test_what_is_sealed_is_the_same_with_and_without_the_cases_of_one_region(tmp_path, cases):
    told = {
        name: said_by(new_in_one_region(tmp_path / name, region))
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
    folder = new_in_one_region(tmp_path / "mine", (1, 1, 1))
    lines = [f"{_LAST}-22;xylazine;US-NY"] * 3 + [f"{_LAST + -1}-22;xylazine;US-NY"] * 2
    more = "\n".join(["date;result;place", *lines]).encode()
    watch(more, "more.csv", NOTHING_ASKED, NOW, WatchStore(folder.root))
    assert sealed(folder).sealed["signal"] >= 1
    event = Event(f"place|substance:protonitazene|{_REGION}", "new", "2025-12", "2026-04", "")
    score = score_folder(folder, [event], NOW, everything=True)
    opened = [one["opening"]["statement"] for one in score["score"]["statements"]]
    assert opened
    assert all(one["territory"] is None for one in opened)
    assert _REGION not in str(score), "nor does the event that was given"
    assert sheets.say(folder, NOW.date(), HORIZON).refused[PLACES] >= 1


def scattered(root, cases):
    """Protonitazene is new in the country: the given cases, region -> months back -> how many.

    Each region has a laboratory of its own, as where a stranger knows who tests for whom.
    """
    lines = ["date;result;place;laboratory"]
    for back in range(35, -1, -1):
        month = str(_LAST + -back)
        for place in _REGIONS:
            lines += [f"{month}-15;cocaine;{place};of {place}"] * 6
            arrived = cases.get(place, {}).get(back, 0)
            lines += [f"{month}-20;protonitazene;{place};of {place}"] * arrived
    watch("\n".join(lines).encode(), "samples.csv", NOTHING_ASKED, NOW, WatchStore(root))
    return Folder(root)


def tried(folder):
    """What a partner finds who holds the key and tries every region, country and month."""
    made = set(make_tokens(folder, said_by(folder), _KEY, NOW).tokens)
    places = ["territory:USA", *(f"territory:{one}" for one in _REGIONS)]
    guesses = (
        Sighting(_NEW, place, str(_LAST + -back)) for place, back in product(places, range(36))
    )
    found = {one for one in guesses if token(_KEY, one) in made}
    assert len(found) == len(made), "every token was read"
    return found


_SINGLES = (
    {"US-CT": {3: 1}, "US-NY": {2: 1}, "US-MA": {1: 1, 0: 1}},
    {"US-VT": {3: 1, 2: 1}, "US-NY": {1: 1}, "US-CT": {0: 1}},
    {"US-MA": {3: 1}, "US-VT": {2: 1}, "US-NY": {1: 1}, "US-CT": {0: 1}},
)


def test_a_partner_who_tries_every_token_finds_no_region_that_had_one_or_two_cases(tmp_path):
    found = [tried(scattered(tmp_path / str(at), each)) for at, each in enumerate(_SINGLES)]
    assert found[0]
    assert {one.territory for one in found[0]} == {"territory:USA"}
    assert found[0] == found[1] == found[2], "who had the cases shows nowhere"


def test_a_region_gives_tokens_of_its_own_alarm_and_not_of_the_country_s_earlier_months(tmp_path):
    cases = {"US-NY": {5: 1, 4: 1}, "US-MA": {5: 1}, "US-CT": {1: 2, 0: 2}}
    found = tried(scattered(tmp_path / "mine", cases))
    assert {one.month for one in found if one.territory == _REGION} == {str(_LAST)}
    assert {one.territory for one in found} == {_REGION, "territory:USA"}
    assert min(one.month for one in found) < str(_LAST)


_LABORATORIES = (
    {"US-CT": {2: 2, 1: 2, 0: 2}},
    {"US-CT": {2: 1, 1: 1, 0: 1}, "US-NY": {2: 1, 1: 1, 0: 1}},
    {"US-CT": {2: 2, 1: 1}, "US-NY": {1: 1, 0: 2}},
)


@pytest.mark.parametrize("worlds", [_SINGLES, _LABORATORIES])
def test_log_and_score_are_the_same_wherever_the_few_cases_were(tmp_path, worlds):
    """Salts and what hangs on them apart: a stranger cannot tell one world from another."""
    event = Event(f"substance|{_NEW}", "new", "2025-11", "2026-04", "2026-05-01")
    shown = []
    for at, cases in enumerate(worlds):
        folder = scattered(tmp_path / str(at), cases)
        assert sealed(folder).sealed["signal"] == 1
        score = score_folder(folder, [event], NOW + timedelta(days=90), everything=True)["score"]
        public = [loads(entry) for entry in LogReader(FolderReader(folder.log)).entries()]
        assert [one["type"] for one in public] == ["sheet", "sealed-statement", "foresight-score"]
        leaf = {name: public[1][name] for name in sorted(set(public[1]) - {"commitment", "data"})}
        opened = [one["opening"]["statement"] for one in score["statements"]]
        shown.append((leaf, opened, score["result"], score["truth"]))
    assert shown[0][2]["counts"]["warned"] == 1
    assert shown[0] == shown[1] == shown[2]


def test_a_score_names_no_laboratory_and_no_single_place(tmp_path):
    folder = scattered(tmp_path / "mine", _SINGLES[0])
    sealed(folder)
    within = (
        "place|{}|territory:new-haven-county", "source|{}|City Hospital", f"place|{{}}|{_REGION}",
        "substance|{}",
    )  # fmt: skip
    events = [Event(one.format(_NEW), "new", "2025-11", "2026-04", "2026-05-01") for one in within]
    score = score_folder(folder, events, NOW + timedelta(days=90))["score"]
    (told,) = score["truth"]["events"]
    assert told["series"] == f"substance|{_NEW}"
    assert (score["result"]["counts"]["warned"], score["result"]["counts"]["missed"]) == (1, 0)
    assert not any(name in str(score) for name in ("City Hospital", "new-haven", "US-CT"))


def test_a_sheet_of_one_region_logs_the_same_whatever_was_counted_in_it(tmp_path):
    shown = []
    for name, cases in (("none", 0), ("one", 1), ("four", 4)):
        lines = [f"{_LAST + -back}-15;cocaine;US-CT" for back in range(36) for _ in range(6)]
        lines += [f"{_LAST}-20;protonitazene;US-CT"] * cases
        sheet = "\n".join(["date;result;place", *lines]).encode()
        watch(sheet, "samples.csv", NOTHING_ASKED, NOW, WatchStore(tmp_path / name))
        folder = Folder(tmp_path / name)
        with pytest.raises(LookAtThis, match="nothing to seal"):
            sealed(folder)
        assert seal(folder, said_by(folder), NOW, HORIZON, tokens=True).sealing is None
        make_tokens(folder, said_by(folder), _KEY, NOW)
        shown.append([loads(one) for one in LogReader(FolderReader(folder.log)).entries()])
    kinds = [[(one["type"], sorted(one)) for one in each] for each in shown]
    assert [kind for kind, _ in kinds[0]] == ["sheet", "sealed-tokens"]
    assert kinds[0] == kinds[1] == kinds[2]


def test_the_log_shows_tokens_alike_whether_or_not_a_region_has_an_alarm(tmp_path):
    """Nothing of the whole sheet is sealed: an entry that comes with an alarm would tell of it."""
    shown = []
    for name, cases in (("with", (1, 1, 1)), ("without", ()), ("fewer", (0, 1, 1))):
        folder = new_in_one_region(tmp_path / name, cases)
        said = said_by(folder)
        assert seal(folder, said, NOW, HORIZON, tokens=True).sealing is None
        made = make_tokens(folder, said, _KEY, NOW)
        empty = replace(made, tokens=())  # what a stranger tries who saw another file under the key
        assert made.entry != empty.entry
        public = [loads(entry) for entry in LogReader(FolderReader(folder.log)).entries()]
        shown.append([(one["type"], sorted(one)) for one in public])
    assert [kind for kind, _ in shown[0]] == ["sheet", "sealed-tokens"]
    assert shown[0] == shown[1] == shown[2]
