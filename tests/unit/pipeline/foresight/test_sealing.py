import json
import shutil
import stat
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.material.clocks import StillClock
from tests.material.foresight import (
    HORIZON,
    NOW,
    SERIES,
    bare_observatory,
    kept_sheets,
    said_by,
    sealed,
)

from atalaya.cli import configuration
from atalaya.evidence.log import FolderReader, LogReader
from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.statements import Kind
from atalaya.model.errors import BadInput, LookAtThis, StopEverything, WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline.backups import backup, restore
from atalaya.pipeline.flow import run
from atalaya.pipeline.foresight.saying import ENDED, HIDDEN, REPLAYED
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.foresight.sealing import seal
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.reviewing import decisions_of
from atalaya.reading.events import read_events


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return bare_observatory(tmp_path_factory.mktemp("made") / "house")


@pytest.fixture
def house(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "house", symlinks=True)
    return Folder(tmp_path / "house")


def test_an_observatory_says_signals_gaps_and_forecasts_with_what_they_rest_on(house):
    said = said_by(house).statements
    kinds = {one.kind: (basis, one) for basis, one in said}
    basis, signal = kinds[Kind.SIGNAL]
    assert (signal.series, signal.period) == (SERIES, "2026-02")
    assert (str(basis.as_of), basis.detector) == ("2026-02-28", "emergence_plain")
    assert "12 are needed" in kinds[Kind.NOT_ASSESSED][1].says
    periods = [one.period for _, one in said if one.kind is Kind.FORECAST]
    assert periods == ["2026-03", "2026-04", "2026-05"]


def test_other_parameters_give_another_hash(house):
    before = {basis.parameters for basis, one in said_by(house).statements}
    monitor = house.monitors / "arrivals.toml"
    monitor.write_text(f"{monitor.read_text()}parameters = {{cases = '4'}}\n")
    after = {basis.parameters for basis, one in said_by(house).statements}
    assert len(before & after) == 1  # that of the forecasts


def test_the_log_shows_neither_what_is_said_nor_the_hash_of_the_tables(house):
    sealed(house)
    shown = b"\n".join(LogReader(FolderReader(house.log)).entries()).decode()
    assert shown.count("sealed-statement") == 5
    kept = json.loads((house.sealed / "000001.json").read_text())
    assert all(each["salt"] not in shown for each in kept["statements"])
    assert not any(digest in shown for digest in kept["data"]["tables"].values())
    assert SERIES not in shown


def test_each_statement_and_the_data_of_each_sealing_have_salts_of_their_own(house, tmp_path):
    """Otherwise one opened statement, or a second observatory, would be a test of guesses."""
    shutil.copytree(house.root, tmp_path / "twin", symlinks=True)
    salts = []
    for folder in (house, Folder(tmp_path / "twin")):
        sealed(folder)
        kept = json.loads((folder.sealed / "000001.json").read_text())
        salts += [kept["data"]["salt"], *(each["salt"] for each in kept["statements"])]
    assert len(salts) == 12
    assert len(set(salts)) == 12


def test_only_the_owner_may_read_what_opens_and_it_is_in_the_backup(house, tmp_path):
    sealed(house)
    file = house.sealed / "000001.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(house.sealed.stat().st_mode) == 0o700
    with decisions_of(house, configuration.load(house, {})) as decisions:
        backup(house, decisions, tmp_path / "backup.tar.gz")
    restore(tmp_path / "backup.tar.gz", tmp_path / "again")
    twin = Folder(tmp_path / "again")
    assert (twin.sealed / "000001.json").read_bytes() == file.read_bytes()
    run(twin, configuration.load(twin, {}), StillClock(NOW), Silent(), "judge")
    scored = score_folder(twin, (), NOW + timedelta(days=1))["score"]
    assert scored["result"]["counts"]["closed"] == 5


def test_what_was_sealed_is_not_sealed_again(house):
    assert sealed(house).sealing == 1
    again = sealed(house, NOW + timedelta(days=1))
    assert (again.sealing, again.again) == (None, 5)


def test_history_is_refused_by_name_and_nothing_is_logged(house):
    source = house.sources / "lab" / "source.toml"
    source.write_text(source.read_text() + "[reporting]\nlive_days = 3\n")
    size = LogReader(FolderReader(house.log)).checkpoint().size
    assert not said_by(house).statements
    with pytest.raises(LookAtThis, match=REPLAYED):
        sealed(house)
    assert LogReader(FolderReader(house.log)).checkpoint().size == size
    assert not house.sealed.exists()


def test_small_counts_of_people_are_not_sealed_for_they_could_never_be_opened(house):
    source = house.sources / "lab" / "source.toml"
    text = source.read_text().replace(
        "about_people = false", "about_people = true\nprivate_persons = false"
    )
    source.write_text(text.replace('unit = "samples"', 'unit = "deaths"'))
    run(house, configuration.load(house, {}), StillClock(NOW), Silent(), "judge")
    said = said_by(house)
    assert not said.statements
    assert said.refused[HIDDEN] == 2


def test_a_score_tells_no_month_and_no_count_of_what_may_not_be_published(house):
    """Sealed while samples were counted; declared since to be about people."""
    sealed(house)
    kinds = {one.kind for _, one in said_by(house).statements}
    assert Kind.FORECAST in kinds
    series = next(one.series for _, one in said_by(house).statements if one.kind is Kind.SIGNAL)
    source = house.sources / "lab" / "source.toml"
    text = source.read_text().replace(
        "about_people = false", "about_people = true\nprivate_persons = false"
    )
    source.write_text(text.replace('unit = "samples"', 'unit = "deaths"'))
    run(house, configuration.load(house, {}), StillClock(NOW), Silent(), "judge")
    event = Event(series, "new", "2026-01", "2026-05", "2026-06-01")
    later = NOW + timedelta(days=100)
    (told,) = score_folder(house, [event], later)["score"]["truth"]["events"]
    assert (told["first_period"], told["period_cum5"]) == ("2026", "")
    assert told["official_notice"] == "2026-06-01"
    (told,) = score_folder(house, [replace(event, series="elsewhere")], later)["score"]["truth"][
        "events"
    ]
    assert told["period_cum5"] == "2026-05"


def test_a_sheet_of_long_ago_is_history(tmp_path):
    folder = kept_sheets(tmp_path / "mine")
    watched = folder.root / "watch.json"
    watched.write_text(watched.read_text().replace("2026-03-20T", "2027-08-20T"))
    with pytest.raises(LookAtThis, match=REPLAYED):
        sealed(folder, NOW + timedelta(days=520))


def test_a_folder_of_sheets_gets_a_log_of_its_own_once(tmp_path):
    folder = kept_sheets(tmp_path / "mine")
    first = sealed(folder)
    key = (folder.log / "vkey").read_text()
    said = said_by(folder)
    ((basis, one),) = said.statements
    said.statements.append((basis, replace(one, period="2026-01", kind=Kind.NOT_ASSESSED)))
    assert seal(folder, said, NOW + timedelta(days=1), HORIZON).sealing == 2
    assert (folder.log / "vkey").read_text() == key
    assert first.size == 2, "the entry of the sheet itself, and the statement"


def test_a_laboratory_and_a_small_place_are_not_named(tmp_path):
    folder = kept_sheets(tmp_path / "mine", place="New Haven")
    said = said_by(folder)
    assert all(one.territory is None for _, one in said.statements)
    assert not said.seen


def test_openings_that_are_lost_stop_everything(house):
    sealed(house)
    (house.sealed / "000001.json").unlink()
    with pytest.raises(StopEverything, match="nothing in sealed/ opens"):
        sealed(house)


def test_openings_that_were_changed_are_named(house):
    sealed(house)
    file = house.sealed / "000001.json"
    file.write_text(file.read_text().replace('"says": "low"', '"says": "high"'))
    with pytest.raises(LookAtThis, match=r"000001.json.*not what its commitment"):
        sealed(house)


def test_a_log_older_than_what_was_sealed_in_it_stops_everything(house, tmp_path):
    shutil.copytree(house.log, tmp_path / "log")
    sealed(house)
    shutil.rmtree(house.log)
    shutil.copytree(tmp_path / "log", house.log)
    with pytest.raises(StopEverything, match="is not in the log"):
        sealed(house)


def test_a_lost_log_is_never_begun_anew(tmp_path):
    folder = kept_sheets(tmp_path / "mine")
    sealed(folder)
    shutil.rmtree(folder.log)
    with pytest.raises(StopEverything, match="log cannot be read"):
        sealed(folder)


def test_nothing_sealed_is_nothing_to_score(house):
    with pytest.raises(LookAtThis, match="nothing was sealed here"):
        score_folder(house, (), NOW)


HEADING = "series,type,first_period,period_cum5,official_notice\n"


def test_events_are_read_as_a_backtest_reads_them(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text(HEADING + "a,new,2025-12,2026-05,2026-06-01\nb,reporting artefact,,,\n")
    first, second = (Event.of(one) for one in read_events(file, loosely=True).rows)
    assert (str(first.outcome), first.arrives) == ("2026-06-01", True)
    assert (second.outcome, second.arrives) == (None, False)


def test_an_event_may_be_dated_by_its_notice_alone_and_a_notice_by_its_month(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text(HEADING + "a,new,,,2026-06\na,new,,,2026-07-01\na,new,2025,2026-01,\n")
    found = [Event.of(one) for one in read_events(file, loosely=True).rows]
    assert [one.official_notice for one in found] == ["2026-06", "2026-07-01", ""]
    assert [str(one.outcome) for one in found] == ["2026-06-01", "2026-07-01", "2026-01-01"]
    assert all(Event.parse(one.content()) == one for one in found)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,new,2025-12,2026-05,soon", "line 2, column official_notice.*'soon' is not a period"),
        ("a,new,2025-13,2026-05,", "line 2, column first_period"),
        ("a,new,,,", "line 2, column first_period.*has no first period"),
        (",new,2025-12,2026-05,", "line 2, column series.*the series is empty"),
    ],
)
def test_a_bad_event_is_refused_with_its_place(tmp_path, row, words):
    file = tmp_path / "events.csv"
    file.write_text(f"{HEADING}{row}\n")
    with pytest.raises(BadInput, match=words):
        read_events(file, loosely=True)


def test_a_file_of_events_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(WrongUse, match="there is no file"):
        read_events(tmp_path / "events.csv", loosely=True)


def test_an_episode_that_ended_is_not_sealed(house):
    lines = ["month,substance,count,tested"]
    for number in range(30):
        month = f"{2023 + (number + 8) // 12}-{(number + 8) % 12 + 1:02d}"
        lines += [f"{month},cocaine,40,97", f"{month},protonitazene,{int(12 < number < 16)},97"]
    (house.root / "mirror" / "lab.example" / "counts.csv").write_text("\n".join(lines) + "\n")
    run(house, configuration.load(house, {}), StillClock(NOW), Silent(), "judge")
    said = said_by(house)
    assert said.refused[ENDED] == 1
    assert not [one for _, one in said.statements if one.kind is Kind.SIGNAL]
