"""What is written durably, and what is said where the disk refuses."""

from pathlib import Path

import pytest

from atalaya.evidence import durable
from atalaya.evidence.durable import make_folder, refuse_over, write_file
from atalaya.evidence.sealing import Key, Vault
from atalaya.model.errors import TryLater, WrongUse


def test_every_folder_that_is_made_has_its_name_synced(tmp_path: Path, monkeypatch) -> None:
    synced = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    make_folder(tmp_path / "one" / "two" / "three")
    assert synced == [tmp_path / "one" / "two", tmp_path / "one", tmp_path]
    make_folder(tmp_path / "one" / "two")
    assert len(synced) == 3


def test_a_key_whose_folder_cannot_be_made_is_not_kept_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"a file where the folder should be")
    with pytest.raises(TryLater, match="could not be written"):
        Vault(tmp_path / "keys" / "originals").keep("a" * 64, Key(bytes(32), "b" * 64))


def test_keys_lie_in_a_folder_that_only_their_owner_opens(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys" / "originals")
    vault.keep("a" * 64, Key(bytes(32), "b" * 64))
    assert vault.folder.stat().st_mode & 0o077 == 0


def test_a_file_is_replaced_whole_and_its_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file"
    write_file(file, b"one")
    write_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert [each.name for each in file.parent.iterdir()] == ["file"]


def test_what_is_read_is_never_written_over_by_whatever_name(tmp_path: Path) -> None:
    given, link = tmp_path / "given.txt", tmp_path / "link.txt"
    given.write_bytes(b"the only copy")
    link.symlink_to(given)
    for one in (given, link, tmp_path / "." / "given.txt"):
        with pytest.raises(WrongUse, match="is the file that is read"):
            refuse_over(given, tmp_path / "out", one)
    with pytest.raises(WrongUse, match="would be written twice"):
        refuse_over(given, tmp_path / "out", None, tmp_path / "out")
    refuse_over(given, tmp_path / "out", tmp_path / "text")
