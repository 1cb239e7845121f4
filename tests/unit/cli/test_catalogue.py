from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from atalaya.cli import catalogue
from atalaya.evidence.catalogue import load_catalogue
from atalaya.evidence.sources import load_sources
from atalaya.pipeline.starting import start

SLUGS = {one.slug for one in load_catalogue()}


def test_a_new_observatory_fetches_no_source_of_the_catalogue_until_it_takes_one(
    tmp_path: Path,
) -> None:
    folder = start(tmp_path / "observatory", empty=False)
    before = {one.slug for one in load_sources(folder.sources)}
    assert before
    assert before.isdisjoint(SLUGS)
    app = Typer()
    app.callback()(lambda: None)  # so that the command keeps its name beside no other
    catalogue.register(app)
    done = CliRunner().invoke(app, ["add-source", "br-sar", str(folder.root)])
    assert done.exit_code == 0, done.output
    assert "sources/br-sar/source.toml" in done.output
    assert {one.slug for one in load_sources(folder.sources)} == before | {"br-sar"}
