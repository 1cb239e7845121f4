"""When runs last ended, and what is said of a file that does not say it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaya.evidence.heartbeat import FILE, beat, last_beat
from atalaya.model.errors import LookAtThis

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_a_run_is_overdue_when_twice_its_interval_has_passed(tmp_path: Path) -> None:
    assert last_beat(tmp_path) is None
    beat(tmp_path, NOW, timedelta(hours=6))
    held = last_beat(tmp_path)
    assert held is not None
    assert not held.overdue(NOW + timedelta(hours=12))
    assert held.overdue(NOW + timedelta(hours=12, seconds=1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"ended_at": "yesterday", "every_seconds": 60}',
        '{"ended_at": "2026-11-25T12:00:00", "every_seconds": 60}',
        '{"ended_at": "2026-11-25T12:00:00+00:00", "every_seconds": "often"}',
        '{"ended_at": 5, "every_seconds": 60}',
    ],
)
def test_a_file_that_says_no_moment_is_refused_when_it_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(LookAtThis, match="cannot be read"):
        last_beat(tmp_path)
