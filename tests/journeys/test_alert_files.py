"""Files of an alert that somebody wrote say that it has ended, without being written by hand."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.live_laboratory import alerted
from tests.material.retracted_evidence import CAP, cap_message, stix_report

from atalaya.cli import configuration
from atalaya.model.settings import Folder
from atalaya.pipeline.alert_files import write_again


def _states(forms: Path) -> set[str]:
    rows = csv.DictReader((forms / "alerts.csv").read_text().splitlines())
    return {row["state"] for row in rows}


def _ended(forms: Path, state: str) -> None:
    message = cap_message(forms)
    assert message.findtext(f"{CAP}msgType") == "Cancel"
    assert len(message.findtext(f"{CAP}references").split()) == 1
    assert stix_report(forms)["revoked"] is True
    assert _states(forms) == {state}
    for language in ("en", "es"):
        feed = (forms / "feeds" / language / "all.atom").read_text()
        assert f'term="state:{state}"' in feed
        assert "Carry naloxone." not in feed


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_written_files_of_an_alert_that_ended_say_so_after_the_next_run(live: Path, end: str):
    cwd, forms = live.parent, live.parent / "out"
    name = alerted(live)
    assert atalaya("alerts", "write", "--into", "out", cwd=cwd).code == 0
    assert cap_message(forms).findtext(f"{CAP}msgType") == "Alert"
    assert atalaya("run", "--no-serve", cwd=cwd).err.count("what has become of alerts") == 0
    if end == "withdrawn":
        gone = ("--reason", "the laboratory retracted it", "--key", "k")
        assert atalaya("withdraw", name, *gone, cwd=cwd).code == 0
        assert f"is written in {forms}" in atalaya("run", "--no-serve", cwd=cwd).err
    else:  # its last day is 2099-12-31, so the clock is set after it
        folder = Folder(live)
        settings = configuration.load(folder, {})
        last, next_ = (datetime(*day, 12, tzinfo=UTC) for day in ((2099, 12, 31), (2100, 1, 1)))
        assert list(write_again(folder, settings, last)) == []
        assert list(write_again(folder, settings, next_)) == [forms]
        assert list(write_again(folder, settings, next_)) == []
    _ended(forms, end)
