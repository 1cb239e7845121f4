"""A release cut short at any step leaves the previous one the latest, and no half of one."""

import errno
import os
import shutil

import pytest
from tests.material.publishing_house import TODAY, cited, house, payload_of, sheet

from atalaya.evidence.log.disk import LocalDisk
from atalaya.model.errors import LookAtThis, StopEverything, TryLater
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Issue
from atalaya.publishing.releases import build, latest_release
from atalaya.publishing.unseen import deleted
from atalaya.publishing.verifying import verify_release

CHANGE = (Issue("broken-row", "a row has no date", "read"),)


class CountingDisk(LocalDisk):
    """Counts the steps of a build and, at one of them, does something instead."""

    def __init__(self, stop=-1, instead=None):
        self.steps, self.stop, self.instead = 0, stop, instead

    def _step(self):
        self.steps += 1
        if self.steps == self.stop:
            self.instead()

    def write(self, file, content):
        self._step()
        super().write(file, content)

    def sync(self, file):
        self._step()
        super().sync(file)

    def rename(self, old, new):
        self._step()
        super().rename(old, new)

    def make_folder(self, folder):
        self._step()
        return super().make_folder(folder)

    def sync_folder(self, folder):
        self._step()
        super().sync_folder(folder)


def _full():
    raise OSError(errno.ENOSPC, "No space left on device")


def _full_pages(unfinished):
    _full()


def _denied():
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.fixture
def two(tmp_path):
    """A first release, and how many steps a second one takes."""
    made = house(tmp_path, rows=payload_of(sheet({"s": [0] * 12 + [1, 2, 3]})), source=cited())
    build(made.inputs(), tmp_path / "releases", TODAY)
    other = house(tmp_path / "b", rows=made.payload, source=cited())
    counting = CountingDisk()
    build(other.inputs(), tmp_path / "b" / "releases", TODAY, disk=counting)
    return made, tmp_path / "releases", counting.steps


def _steps(many):
    """Every step of the end, where names are given, and some of the writing before."""
    return sorted({*range(1, many, 25), *range(many - 8, many + 1)})


def _whole(made, folder):
    named = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for path in named:
        if not path.is_symlink():
            release = type(latest_release(folder)).open(path)
            assert verify_release(release, made.vkey).problems == ()


def test_no_space_at_any_step_publishes_nothing_and_the_next_try_succeeds(two):
    made, folder, many = two
    before = latest_release(folder).name
    for stop in _steps(many):
        inputs = made.inputs(issues=CHANGE, software=f"try {stop}")
        with pytest.raises(TryLater, match="no space left"):
            build(inputs, folder, TODAY, disk=CountingDisk(stop, _full))
        _whole(made, folder)
        assert not list(deleted(folder, made.log.reader().entries()))
        assert latest_release(folder).name in (before, f"{TODAY}-{_number(folder)}")
        before = build(inputs, folder, TODAY).release.name
        assert latest_release(folder).name == before
        assert not list(folder.glob(".*.tmp"))
        assert not list(deleted(folder, made.log.reader().entries()))


def _latest_number(folder):
    return int(latest_release(folder).name.rpartition("-")[2])


def _number(folder):
    return max(
        int(path.name.rsplit("-", 1)[1]) for path in folder.glob("2*-*-*-*") if path.is_dir()
    )


def test_a_kill_at_any_step_leaves_only_whole_releases_and_the_next_try_succeeds(two):
    made, folder, many = two
    for stop in _steps(many):
        before = _latest_number(folder)
        inputs = made.inputs(issues=CHANGE, software=f"try {stop}")
        child = os.fork()
        if child == 0:
            build(inputs, folder, TODAY, disk=CountingDisk(stop, lambda: os._exit(9)))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        _whole(made, folder)
        assert not list(deleted(folder, made.log.reader().entries()))
        assert _latest_number(folder) >= before
        again = build(inputs, folder, TODAY).release
        assert latest_release(folder).name == again.name
        assert verify_release(again, made.vkey).holds
        assert not list(deleted(folder, made.log.reader().entries()))


def test_a_release_that_was_deleted_is_known_from_the_log_and_its_name_not_given_again(two):
    made, folder, _ = two
    second = build(made.inputs(issues=CHANGE), folder, TODAY).release
    content = sha256_hex(second.manifest_bytes)
    shutil.rmtree(second.path)
    (lost,) = deleted(folder, made.log.reader().entries())
    assert (lost.name, lost.sha256) == (second.name, content)
    third = build(made.inputs(software="other"), folder, TODAY).release
    assert third.name == "2025-01-02-3"
    assert [one.name for one in deleted(folder, made.log.reader().entries())] == [second.name]


def test_a_folder_that_cannot_be_written_says_so(two):
    made, folder, _ = two
    with pytest.raises(LookAtThis, match="cannot be written"):
        build(made.inputs(issues=CHANGE), folder, TODAY, disk=CountingDisk(3, _denied))
    assert latest_release(folder).name == "2025-01-02-1"


def test_pages_that_fail_publish_nothing(two):
    made, folder, _ = two

    def site(unfinished):
        raise LookAtThis("a page shows a figure without its source")

    with pytest.raises(LookAtThis, match="without its source"):
        build(made.inputs(issues=CHANGE), folder, TODAY, site)
    assert latest_release(folder).name == "2025-01-02-1"
    assert not list(folder.glob(".*.tmp"))


def test_a_log_that_refuses_publishes_nothing(two, monkeypatch):
    made, folder, _ = two

    def refuse(entries):
        raise StopEverything("signed checkpoint and files disagree")

    monkeypatch.setattr(made.log, "append", refuse)
    with pytest.raises(StopEverything):
        build(made.inputs(issues=CHANGE), folder, TODAY)
    assert latest_release(folder).name == "2025-01-02-1"


def test_two_builds_at_once_are_refused(two):
    made, folder, _ = two

    def site(unfinished):
        build(made.inputs(software="other"), folder, TODAY)

    with pytest.raises(TryLater, match="another process"):
        build(made.inputs(issues=CHANGE), folder, TODAY, site)


def test_a_full_disk_while_the_pages_are_written_says_so(two):
    made, folder, _ = two
    with pytest.raises(TryLater, match="no space left"):
        build(made.inputs(issues=CHANGE), folder, TODAY, _full_pages)
    assert latest_release(folder).name == "2025-01-02-1"
