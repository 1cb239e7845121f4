"""The power is cut, again and again, and whatever was not synced may be gone."""

import contextlib
import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.failing_disks import ForgetfulDisk, PowerCut
from tests.material.logs import KEY, ORIGIN

from atalaya.evidence.log import Log, LogReader
from atalaya.evidence.log.checkpoints import Checkpoint, parse
from atalaya.evidence.log.writer import Writing

BATCHES = st.lists(st.integers(1, 5) | st.integers(200, 520), min_size=1, max_size=4)


class _Story:
    """A log on a forgetful disk, what was acknowledged, and what readers may have seen."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.disk = ForgetfulDisk(folder)
        self.acknowledged: list[bytes] = []
        self.offered: list[bytes] = []
        self.seen: list[Checkpoint] = []

    def read(self, path: str) -> bytes:
        return self.disk.read(self.folder / path)

    def cut(self) -> None:
        self.look()
        if self.chance.random() < 1 / 3:  # only the process died: the disk remembers everything
            self.disk.cut_at = self.chance.randint(-1, 60)
        else:
            self.disk = self.disk.after_cut(self.chance.randrange, self.chance.randint(-1, 60))

    def look(self) -> None:
        if self.folder / "checkpoint" in self.disk.now:
            self.seen.append(parse(self.read("checkpoint")))

    def open(self) -> Log:
        while True:
            try:
                return Log.open(self.folder, KEY, Writing(self.disk))
            except PowerCut:
                self.cut()

    def check(self) -> None:
        reader = LogReader(self.read, KEY.vkey)
        held = list(reader.entries())
        # All that was acknowledged, and beyond it only the whole batch under way, if anything.
        assert held in (self.acknowledged, self.acknowledged + self.offered)
        self.acknowledged, self.offered = held, []
        now = reader.checkpoint()
        for earlier in self.seen:
            assert earlier.size <= now.size
            assert reader.root_at(earlier.size, now) == earlier.root
        for index in range(0, now.size, 97):
            reader.inclusion_proof(index)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), batches=BATCHES)
def test_no_power_cut_loses_what_was_acknowledged_or_contradicts_what_was_seen(
    seed: int, batches: list[int]
) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".state").mkdir()  # the lock is on the real disk; all else in memory
        story = _Story(folder, chance)
        log = Log.create(folder, ORIGIN, KEY, Writing(story.disk))
        for number, size in enumerate(batches):
            story.disk.cut_at = chance.randint(-1, 90)
            batch = [b"%d/%d" % (number, i) for i in range(size)]
            story.offered = batch
            try:
                log.append(batch)
            except PowerCut:
                story.cut()
            else:
                story.acknowledged, story.offered = story.acknowledged + batch, []
                story.look()
                if chance.random() < 1 / 2:
                    continue
                story.cut()
            log = story.open()
            story.check()
        story.disk.cut_at = -1
        assert Log.open(folder, KEY, Writing(story.disk)).size == len(story.acknowledged)


def test_a_killed_append_then_another_then_a_power_cut_keep_what_was_acknowledged(
    tmp_path: Path,
) -> None:
    (tmp_path / ".state").mkdir()
    for step in range(60):
        disk = ForgetfulDisk(tmp_path)
        log = Log.create(tmp_path, ORIGIN, KEY, Writing(disk))
        disk.cut_at = step
        with contextlib.suppress(PowerCut):
            log.append([b"one"])
        disk.cut_at = -1  # only the process died
        again = Log.open(tmp_path, KEY, Writing(disk))
        again.append([b"two"])
        held = list(LogReader(lambda path, on=disk: on.read(tmp_path / path)).entries())
        # Now the power goes, and nothing is kept but what was synced.
        found = disk.after_cut(lambda _: 1, -1)
        assert Log.open(tmp_path, KEY, Writing(found)).size == again.size
        kept = LogReader(lambda path, on=found: on.read(tmp_path / path))
        assert list(kept.entries()) == held
        assert held in ([b"two"], [b"one", b"two"])


def test_what_a_reader_saw_is_never_contradicted_where_only_what_was_synced_is_left(
    tmp_path: Path,
) -> None:
    (tmp_path / ".state").mkdir()
    seen = 0
    for step in range(60):
        story = _Story(tmp_path, random.Random(0))
        log = Log.create(tmp_path, ORIGIN, KEY, Writing(story.disk))
        story.disk.cut_at = step
        with contextlib.suppress(PowerCut):
            log.append([b"one"])
        story.look()  # the checkpoint may be published, and the append not yet acknowledged
        seen += story.seen[-1].size
        story.disk = story.disk.after_cut(lambda _: 1, -1)
        story.open().append([b"two"])
        reader = LogReader(story.read, KEY.vkey)
        now = reader.checkpoint()
        assert all(reader.root_at(one.size, now) == one.root for one in story.seen), step
    assert seen > 0
