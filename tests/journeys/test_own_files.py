"""Files of one's own: a command that reads one never writes over it."""

from pathlib import Path

import pytest
from tests.material.commands import atalaya

GIVEN = """The fifth session of the Example Forum (EXF 5) was held in Lima from 3 to 5 June 2025.
1. Requests the Secretariat to publish a report by 2030.
In favour: Peru, Kenya. Against: Oman.
"""


@pytest.mark.parametrize(
    "command",
    [
        ("extract", "given.txt", "--output", "given.txt"),
        ("extract", "given.txt", "--output", "out", "--text", "given.txt"),
        ("votes", "given.txt", "--output", "out", "--record", "given.txt"),
        ("asks", "given.txt", "--output", "given.txt"),
        ("resolve", "organisations", "--input", "given.txt", "--output", "given.txt"),
        ("judge", "--input", "given.txt", "--output", "given.txt"),
    ],
)
def test_the_file_that_is_read_is_not_written_over(tmp_path: Path, command: tuple[str, ...]):
    (tmp_path / "given.txt").write_text(GIVEN)
    done = atalaya(*command, cwd=tmp_path)
    assert done.code == 2
    assert "given.txt is the" in done.err
    assert "file" in done.err
    assert [each.name for each in tmp_path.iterdir()] == ["given.txt"]
    assert (tmp_path / "given.txt").read_text() == GIVEN
