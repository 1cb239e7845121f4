import shutil
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.live_laboratory import live_observatory


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter observatory, run once; tests that change anything take a copy."""
    parent = tmp_path_factory.mktemp("made")
    done = atalaya("init", "observatory", cwd=parent)
    assert done.code == 0, done.err
    done = atalaya("run", "--no-serve", cwd=parent)
    assert done.code == 0, done.err
    return parent / "observatory"


@pytest.fixture
def observatory(made: Path, tmp_path: Path) -> Path:
    """A copy of the starter observatory, as it is after its first run."""
    folder = tmp_path / "observatory"
    shutil.copytree(made, folder, symlinks=True)
    return folder


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """An observatory whose laboratory began to find protonitazene four months ago."""
    return live_observatory(tmp_path)
