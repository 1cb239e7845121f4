"""Any bit of any file of a log changed, and any file cut short: the checker names that file."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.logs import KEY, a_log, entries

from atalaya.evidence.checking import check_log
from atalaya.evidence.log import Log


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log") / "log"
    log: Log = a_log(folder, 515)
    for size in (516, 520):
        log.append(entries(log.size, size))
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and ".state" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), cut=st.booleans())
def test_one_change_anywhere_names_the_file_it_is_in(folder: Path, seed: int, cut: bool) -> None:
    chance, files = random.Random(seed), _files(folder)
    path = chance.choice(sorted(files))
    raw = bytearray(files[path])
    at = chance.randrange(len(raw))
    if cut:
        del raw[at:]
    else:
        raw[at] ^= 1 << chance.randrange(8)
    changed = files | {path: bytes(raw)}

    def read(name: str) -> bytes:
        if name not in changed:
            raise FileNotFoundError(name)
        return changed[name]

    # The line end after a key is not part of it, and may be missing.
    if bytes(raw) in (files[path], files[path].removesuffix(b"\n")) and path.startswith("vkey"):
        assert check_log(read, KEY.vkey).good
    else:
        assert [problem.path for problem in check_log(read, KEY.vkey).problems] == [path]
