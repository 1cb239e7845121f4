"""What is put in place from a backup is exactly what was backed up, or nothing is."""

import io
import json
import tarfile

import pytest

from atalaya.model.errors import BadInput, StopEverything
from atalaya.model.identifiers import sha256_hex
from atalaya.pipeline.backups import restore

WHOLE = json.dumps({"schema": 1, "software": "1", "files": {"a": sha256_hex(b"x")}}).encode()


def archive(folder, files):
    made = folder / "backup.tar.gz"
    with tarfile.open(made, "w:gz") as opened:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
    return made


def test_a_backup_is_restored(tmp_path):
    made = archive(tmp_path, {"a": b"x", "backup.json": WHOLE})
    assert restore(made, tmp_path / "back") == 1
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a": b"y"}, "a in the backup is missing or not the file"),
        ({}, "a in the backup is missing or not the file"),
        ({"a": b"x", "keys/log.key": b"y"}, "keys/log.key in the backup is not among"),
    ],
)
def test_a_file_changed_lost_or_slipped_in_stops_everything(tmp_path, files, words):
    made = archive(tmp_path, {**files, "backup.json": WHOLE})
    with pytest.raises(StopEverything, match=words):
        restore(made, tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar.gz"]


@pytest.mark.parametrize("said", [b"{", b"[]", b'{"schema": 1}', b'{"schema": 9, "files": {}}'])
def test_an_archive_that_is_no_backup_is_refused(tmp_path, said):
    made = archive(tmp_path, {"a": b"x", "backup.json": said})
    with pytest.raises(BadInput, match=r"backup\.json cannot be read|a newer version"):
        restore(made, tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar.gz"]
