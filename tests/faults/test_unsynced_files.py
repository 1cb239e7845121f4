"""What is acknowledged has reached the disk: content and name of every file that must last."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.material.captures import KEY, answer, new_log, warc_of
from tests.material.publishing_house import TODAY, house
from tests.material.syncing import syncs_watched

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.durable import write_file
from atalaya.evidence.sealing import Vault, seal
from atalaya.findings.decisions import DecisionStore
from atalaya.model.settings import Folder
from atalaya.pipeline.backups import backup
from atalaya.publishing.releases import build


def _file(folder: Path) -> list[Path]:
    write_file(folder / "verdicts.csv", b"first\n")
    write_file(folder / "verdicts.csv", b"second, and longer\n")
    return [folder / "verdicts.csv"]


def _captures(folder: Path) -> list[Path]:
    CaptureStore(folder).add_all([answer(1), answer(2)])
    return [warc_of(folder)]


def _signing_key(folder: Path) -> list[Path]:
    KEY.save(folder / "log.key")
    return [folder / "log.key"]


def _sealed_key(folder: Path) -> list[Path]:
    Vault(folder / "keys").keep("0" * 64, seal(b"a list of cases").key)
    return [folder / "keys" / f"{'0' * 64}.key"]


def _log(folder: Path) -> list[Path]:
    log = new_log(folder / "log")
    log.append([b"one"])
    log.append([b"two"])
    public = [path for path in (folder / "log").rglob("*") if ".state" not in path.parts]
    return [path for path in public if path.is_file()]


def _release(folder: Path) -> list[Path]:
    build(house(folder).inputs(), folder / "releases", TODAY)
    return list((folder / "releases" / "latest").resolve().rglob("*.*"))


def _backup(folder: Path) -> list[Path]:
    new_log(folder / "observatory" / "log").append([b"one"])
    with DecisionStore.at(folder / "observatory" / "decisions.db") as decisions:
        backup(Folder(folder / "observatory"), decisions, folder / "kept.tar.gz")
    return [folder / "kept.tar.gz"]


@pytest.mark.parametrize(
    "written",
    [_file, _captures, _signing_key, _sealed_key, _log, _release, _backup],
    ids=lambda made: made.__name__.strip("_"),
)
def test_a_power_cut_after_the_answer_takes_nothing(
    written: Callable[[Path], list[Path]], tmp_path: Path
) -> None:
    with syncs_watched() as synced:
        files = written(tmp_path)
        assert files
        assert synced.lost(*files) == []


def test_what_was_never_synced_would_be_noticed(tmp_path: Path) -> None:
    with syncs_watched() as synced:
        (tmp_path / "a").write_text("words")
        assert synced.lost(tmp_path / "a") == ["content of a", "name of a"]
