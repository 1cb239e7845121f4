"""A table stands side by side where its rows fit, and one entry below the other where not."""

import json

import pytest

from atalaya.cli.console import show
from atalaya.cli.listing import rows


@pytest.fixture
def terminal(monkeypatch, capsys):
    """Show rows on a terminal 80 columns wide and give its lines."""

    def shown(listed, title=""):
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        show(listed, as_json=False, title=title)
        return [line.rstrip() for line in capsys.readouterr().out.splitlines()]

    return shown


def test_the_detectors_can_be_read_in_80_columns(terminal):
    listed = list(rows("detectors", None))
    lines = terminal(listed, "Detectors")
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line and not line.startswith(" ")] == [
        one["name"] for one in listed
    ]
    assert "  title        Emergence: evidence that a near-empty series rises" in lines


def test_short_rows_stand_side_by_side(terminal):
    lines = terminal([{"id": "territory:PER", "name": "Peru"}, {"id": "x", "name": None}], "Two")
    assert [line.split() for line in lines] == [
        ["Two"],
        ["id", "name"],
        ["territory:PER", "Peru"],
        ["x"],
    ]


def test_nothing_is_said_to_be_nothing(terminal):
    assert terminal([]) == ["nothing to show"]


def test_a_substance_is_listed_with_its_number_alone(capsys):
    show(rows("substances", None), as_json=True)
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    numbers = {one["id"]: one["cas"] for one in listed}
    assert numbers["substance:acetaminophen"] == "103-90-2"
