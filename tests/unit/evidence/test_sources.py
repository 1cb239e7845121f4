from pathlib import Path

import pytest
from tests.material.declarations import SOURCE, declare

from atalaya.evidence.sources import load_sources
from atalaya.model.errors import BadInput


def test_sources_are_given_in_the_order_of_their_slugs(tmp_path: Path) -> None:
    declare(tmp_path, SOURCE.replace('slug = "counts"', 'slug = "zeta"'), "zeta")
    declare(tmp_path)
    assert [source.slug for source in load_sources(tmp_path)] == ["counts", "zeta"]


def test_plain_files_and_hidden_folders_beside_the_sources_are_left_alone(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "README.md").write_text("what these are")
    (tmp_path / ".git").mkdir()
    assert len(load_sources(tmp_path)) == 1


def test_an_observatory_may_have_no_source_yet(tmp_path: Path) -> None:
    assert load_sources(tmp_path) == ()


def test_a_missing_folder_of_sources_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        load_sources(tmp_path / "sources")


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = declare(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    assert load_sources(tmp_path)[0].publisher == "An office"


def test_a_source_may_copy_another_that_is_declared(tmp_path: Path) -> None:
    declare(tmp_path)
    declare(tmp_path, SOURCE.replace('slug = "counts"', 'slug = "wire"\ncopies = "counts"'), "wire")
    assert load_sources(tmp_path)[1].copies == "counts"
