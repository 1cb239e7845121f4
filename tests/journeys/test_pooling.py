"""An observatory adds its series up by family: declared, judged, shown, walked and checked."""

import json
import shutil
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.laboratory import counts_of, laboratory, mirrored, publish, watched

from atalaya.model.settings import Folder

MONTHS = [f"{2022 + month // 12}-{month % 12 + 1:02d}" for month in range(36)]
# Each of the three is below notice, and together they are not.
NITAZENES = {"protonitazene": 33, "metonitazene": 34, "isotonitazene": 35}


@pytest.fixture
def pooling(tmp_path: Path) -> Path:
    """An observatory whose monitor pools by family, after its first run."""
    rows = [
        f"{month},{what},{int(place == begins)},200"
        for place, month in enumerate(MONTHS)
        for what, begins in NITAZENES.items()
    ]
    rows += [f"{month},cocaine,{40 + place % 5},200" for place, month in enumerate(MONTHS)]
    publish(tmp_path / "mirror", ["month,substance,count,tested", *rows])
    assert atalaya("init", "--empty", "observatory", cwd=tmp_path).code == 0
    folder = Folder(tmp_path / "observatory")
    mirrored(folder.settings, str(tmp_path / "mirror"))
    laboratory(folder.sources, table=counts_of("ARG"))
    watched(folder.monitors)
    monitor = folder.monitors / "arrivals.toml"
    monitor.write_text('pool = ["family"]\n' + monitor.read_text())
    done = atalaya("run", "--no-serve", cwd=folder.root)
    assert done.code == 0, done.err
    return folder.root


def test_the_family_is_signalled_walked_checked_and_rebuilt(pooling: Path):
    data = pooling / "releases" / "latest" / "data"
    signals = [json.loads(line) for line in (data / "signals.jsonl").read_text().splitlines()]
    assert [one["what"] for one in signals] == ["family:nitazenes"]
    assert signals[0]["reason"].rpartition("; carried by ")[2] in NITAZENES
    assert "pool=family" in (data / "monitors.csv").read_text()

    why = atalaya("why", signals[0]["id"], "--json", cwd=pooling)
    tree = json.loads(why.out)
    assert tree["bytes_checked"] == "yes"
    claims = {node["facts"]["subject"] for node in _nodes(tree["root"]) if node["kind"] == "claim"}
    assert claims == {f"substance:{name}" for name in NITAZENES}

    checked = atalaya("verify", cwd=pooling)
    assert checked.code == 0, checked.out
    tables = {path.name: path.read_bytes() for path in (pooling / "tables").glob("[sv]*.parquet")}
    assert set(tables) == {"series.parquet", "verdicts.parquet"}
    shutil.rmtree(pooling / "tables")
    again = atalaya("run", "--no-serve", cwd=pooling)
    assert again.code == 0, again.err
    for name, content in tables.items():
        assert (pooling / "tables" / name).read_bytes() == content


def test_pages_name_the_family_in_both_languages(pooling: Path):
    site = pooling / "releases" / "latest" / "site"
    assert "nitazenes, added up" in (site / "en" / "index.html").read_text()
    assert "nitacenos (suma)" in (site / "es" / "index.html").read_text()


def test_a_pool_of_an_unknown_kind_is_refused_with_its_place(pooling: Path):
    monitor = pooling / "monitors" / "arrivals.toml"
    monitor.write_text(monitor.read_text().replace('["family"]', '["colour"]'))
    done = atalaya("run", "--no-serve", cwd=pooling)
    assert done.code != 0
    assert "arrivals.toml" in done.err
    assert "pool" in done.err


def _nodes(node):
    yield node
    for child in node["children"]:
        yield from _nodes(child)
