"""A live laboratory with one arrival, and the alert that somebody signs on it."""

from datetime import UTC, datetime
from pathlib import Path

from atalaya.model.periods import Period, PeriodKind
from atalaya.model.settings import Folder
from tests.material.commands import Done, atalaya
from tests.material.laboratory import counts_of, laboratory, mirrored, publish, watched

HEAD = "month,substance,count,tested"
LAST = Period.containing(datetime.now(UTC).date(), PeriodKind.MONTH) + -1


def counts(arrival: int = 4) -> list[str]:
    """Give three years of rows: cocaine always, protonitazene for the last four months."""
    return [
        f"{LAST + -age},{what},{count},200"
        for age in range(35, -1, -1)
        for what, count in (("cocaine", 40 + age % 5), ("protonitazene", arrival if age < 4 else 0))
    ]


def live_observatory(parent: Path) -> Path:
    """Make an observatory whose laboratory began to find protonitazene four months ago."""
    publish(parent / "mirror", [HEAD, *counts()])
    assert atalaya("init", "--empty", "observatory", cwd=parent).code == 0
    folder = Folder(parent / "observatory")
    mirrored(folder.settings, str(parent / "mirror"))
    laboratory(folder.sources, as_of=str(LAST.end), table=counts_of("ARG"))
    watched(folder.monitors)
    done = atalaya("run", "--no-serve", cwd=parent)
    assert done.code == 0, done.err
    return folder.root


def assessed(folder: Path) -> str:
    """Take the first signal up and confirm it as Ada; give its identifier."""
    cwd = folder.parent
    found = atalaya("alerts", "queue", cwd=cwd).rows()
    name = str(next(row for row in found if row["what"] == "substance:protonitazene")["signals"][0])
    assert atalaya("reviewer", "add", "Ada", "--key", "k", cwd=cwd).code == 0
    mine = (name, "--reason", "confirmed by GC-MS", "--key", "k")
    for step in ("triage", "confirm"):
        assert atalaya(step, *mine, cwd=cwd).code == 0
    return name


def sign(folder: Path, name: str, *form: str) -> Done:
    """Sign a signal as Ada."""
    last = ("--advice", "Carry naloxone.", "--expires", "2099-12-31", *form)
    mine = (name, "--reason", "confirmed by GC-MS", "--key", "k")
    return atalaya("sign", *mine, *last, cwd=folder.parent)


def alerted(folder: Path) -> str:
    """Sign the first signal with a form; give its identifier."""
    name = assessed(folder)
    (folder.parent / "form.toml").write_text('evidence = "laboratory-confirmed"\n')
    done = sign(folder, name, "--form", "form.toml")
    assert done.code == 0, done.err
    return name


def told(folder: Path, mail_port: int, hook: str) -> None:
    """Let a mail server and a webhook on this machine be told of alerts."""
    settings = folder / "observatory.toml"
    settings.write_text(
        f'{settings.read_text()}\n[mail]\nhost = "127.0.0.1"\nport = {mail_port}\n'
        'security = "none"\nto = ["focal@point.example"]\nlanguage = "es"\n'
        f'[webhooks]\nto = ["{hook}"]\n'
    )
