"""One failing source never stops the others, and its failure is remembered, once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.material.laboratory import laboratory, publish

from atalaya.cli.clock import SystemClock
from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log, SigningKey
from atalaya.evidence.sources import load_sources
from atalaya.model.settings import FetchingSettings
from atalaya.pipeline.collecting import Kept, collect
from atalaya.pipeline.failures import failures_in
from atalaya.pipeline.progress import Silent

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path):
    for slug in ("good", "gone"):
        laboratory(tmp_path / "sources", slug)
    publish(tmp_path / "mirror", ["month,count", "2024-01,1"], "good")
    key = SigningKey.generate("test.example/log")
    log = Log.create(tmp_path / "log", key.name, key)
    store = CaptureStore(tmp_path / "evidence")

    def once() -> int:
        settings = FetchingSettings(mirror=str(tmp_path / "mirror"))
        with Fetcher(settings, SystemClock()) as fetcher:
            declarations = load_sources(tmp_path / "sources")
            return collect(declarations, fetcher, Kept(store, log), Silent(), NOW)

    return once, log, tmp_path


def test_the_good_source_is_captured_and_the_gone_one_is_an_issue(house):
    once, log, _ = house
    assert once() == 1
    (failure,) = failures_in(log.reader().entries())
    assert (failure.source, failure.issue().step) == ("gone", "fetch")
    assert "gone.example" in str(failure.issue().where)


def test_what_may_hold_small_counts_of_people_is_logged_without_its_hash(house):
    once, log, folder = house
    once()
    assert "sha256" in json.loads(next(iter(log.reader().entries())))
    declared = folder / "sources" / "good" / "source.toml"
    declared.write_text(
        declared.read_text().replace("people = false", "people = true\nprivate_persons = false")
    )
    publish(folder / "mirror", ["month,count", "2024-01,2"], "good")
    assert once() == 1
    said = json.loads(list(log.reader().entries())[-1])
    assert (said["source"], "sha256" in said, "content" in said) == ("good", False, True)


def test_the_same_failure_is_logged_once_and_ends_when_the_address_answers(house):
    once, log, folder = house
    once()
    size = log.size
    assert once() == 0
    assert log.size == size
    publish(folder / "mirror", ["month,count", "2024-01,2"], "gone")
    assert once() == 1
    assert failures_in(log.reader().entries()) == ()
