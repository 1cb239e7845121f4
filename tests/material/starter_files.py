"""Reads the files that ship with the starter, and runs the scripts that compiled them."""

import csv
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = PROJECT / "src" / "atalaya" / "starter" / "sources"


def rows(slug: str, file: str) -> list[dict[str, str]]:
    """Give the rows of one file of a starter source."""
    with (SOURCES / slug / "data" / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def tables() -> list[Path]:
    """Give every table of the starter."""
    return sorted(SOURCES.glob("*/data/*.csv"))


def compiled(script: str, *arguments: object) -> str:
    """Run a compile script of the project and give what it printed."""
    command = [sys.executable, str(PROJECT / "scripts" / script), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


def assert_same_files(made: Path, slug: str) -> None:
    """Check that every file made is the shipped one, byte for byte."""
    files = sorted(made.iterdir())
    assert files
    for file in files:
        assert file.read_bytes() == (SOURCES / slug / "data" / file.name).read_bytes(), file.name
