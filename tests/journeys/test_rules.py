"""The rules about what is published, asked of the real starter's release and of its served site."""

import json
import random
import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from tests.material.clocks import StillClock
from tests.material.commands import atalaya
from tests.material.html_reading import Page

from atalaya.cli import configuration
from atalaya.pipeline.proving import archive_of
from atalaya.publishing.places import is_coarse
from atalaya.web.app import create_app
from atalaya.web.desk import ReadingDesk

_TERRITORY = re.compile(r"territory:[A-Za-z0-9-]+")
_ASKED = 20  # figures opened, drawn at random with a fixed seed; each is walked to its bytes


@pytest.fixture(scope="module")
def site(made):
    folder = configuration.observatory(made)
    settings = configuration.load(folder, {})
    app = create_app(folder, settings, StillClock(), ReadingDesk(), lambda: archive_of(folder))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def _figures(site: TestClient, address: str) -> set[str]:
    """Every reference that a figure of a page opens."""
    shown = Page(site.get(address).text)
    found = [urlsplit(unescape(link["href"] or "")) for link in shown.all("a")]
    return {parse_qs(to.query)["ref"][0] for to in found if "ref" in parse_qs(to.query)}


def test_every_figure_drawn_from_the_served_site_opens_archived_bytes(site):
    pages = ["/en/", "/es/", "/en/signals/", "/en/series/", "/en/promises/"]
    shown = Page(site.get("/en/").text)
    pages += sorted({link["href"] for link in shown.all("a") if "/en/" in (link["href"] or "")})[
        :25
    ]
    figures = sorted(set().union(*(_figures(site, page) for page in pages)))
    assert len(figures) > _ASKED
    for reference in random.Random(68).sample(figures, _ASKED):
        answer = site.get("/api/why", params={"ref": reference})
        assert answer.status_code == 200, reference
        tree = answer.json()["tree"]
        assert tree["bytes_checked"] == "yes", reference
        assert '"kind": "log"' in json.dumps(tree), reference


def _files(made: Path) -> dict[str, str]:
    """Everything published, as text; Parquet is read, since it is packed."""
    release = (made / "releases" / "latest").resolve()
    return {
        path.relative_to(release).as_posix(): (
            json.dumps(pq.read_table(path).to_pylist())
            if path.suffix == ".parquet"
            else path.read_text("utf-8")
        )
        for path in release.rglob("*")
        if path.is_file()
    }


def test_no_file_of_the_release_names_a_place_finer_than_a_division(made):
    named = {place for content in _files(made).values() for place in _TERRITORY.findall(content)}
    assert len(named) > 100
    assert [place for place in sorted(named) if not is_coarse(place)] == []


def test_no_file_of_the_release_holds_the_row_or_the_name_of_a_hidden_count(made):
    """Pages, charts, twins, CSV, Parquet and JSON alike."""
    shown = pq.read_table(made / "releases/latest/data/series.parquet").to_pylist()
    hidden = {(row["series"], row["period"]) for row in shown if row["hidden"]}
    true = [
        row
        for row in pq.read_table(made / "tables/series.parquet").to_pylist()
        if (row["series"], row["period"]) in hidden
    ]
    claims = pq.read_table(made / "tables/claims.parquet").to_pylist()
    quotes = {claim["id"]: claim["quote"] for claim in claims}
    secret = {row["id"] for row in true}
    secret |= {claim for row in true for claim in row["made_from"]}
    assert len(hidden) > 2000
    content = "\n".join(_files(made).values())
    words = set(re.findall(r"[a-z]+:[0-9a-f]{16}", content))
    assert secret & words == set()
    rows = defaultdict(list)
    for row in true:
        for claim in row["made_from"]:
            rows[quotes[claim][:8]].append(quotes[claim])  # by its month: every row begins so
    begins = [found.start() for found in re.finditer(r"\d{4}-\d{2},", content)]
    assert begins
    leaked = [
        quote
        for at in begins
        for quote in rows.get(content[at : at + 8], ())
        if content.startswith(quote, at)
    ]
    assert leaked == []


def test_a_source_that_may_not_be_passed_on_is_linked_and_the_others_are_published(observatory):
    latest = observatory / "releases/latest"
    before = {row["source"] for row in _rows(latest, "claims")}
    for slug in ("unodc-income", "ct-deaths"):
        file = observatory / "sources" / slug / "source.toml"
        text = file.read_text("utf-8")
        assert "redistribute = true" in text
        file.write_text(text.replace("redistribute = true", "redistribute = false"), "utf-8")
    done = atalaya("run", "--no-serve", cwd=observatory)
    assert done.code == 0, done.err
    assert done.rows()[0]["signals"] == 0  # all of them were of deaths
    for table in ("claims", "documents", "series", "promises", "blind_spots", "signals"):
        named = {part for row in _rows(latest, table) for part in str(row).split("'")}
        assert not {"unodc-income", "ct-deaths"} & named, table
    assert {row["source"] for row in _rows(latest, "claims")} == before - {
        "unodc-income",
        "ct-deaths",
    }
    linked = [row for row in _rows(latest, "issues") if row["kind"] == "linked-not-bundled"]
    homes = {row["source"]: row["homepage"] for row in _rows(latest, "sources")}
    assert {row["source"] for row in linked} == {"unodc-income", "ct-deaths"}
    attribution = (latest / "ATTRIBUTION.md").read_text("utf-8")
    pages = (latest / "site/en/sources/index.html").read_text("utf-8")
    for row in linked:
        assert homes[row["source"]] in row["do"]
        assert homes[row["source"]] in attribution
        assert homes[row["source"]] in unescape(pages)
    assert attribution.count("none, linked only") == 2
    assert atalaya("verify", cwd=observatory).code == 0


def _rows(latest, table):
    return pq.read_table(latest / "data" / f"{table}.parquet").to_pylist()


def test_every_chart_and_twin_gives_a_hidden_month_as_hidden(made):
    shown = pq.read_table(made / "releases/latest/data/series.parquet").to_pylist()
    hidden = {f"series.csv:{row}:count": said["hidden"] for row, said in enumerate(shown, start=1)}
    points = [
        point
        for name, content in _files(made).items()
        if name.endswith(".json") and "/signals/" in name
        for point in _points(json.loads(content))
        if hidden[point["reference"]]
    ]
    assert len(points) > 1000
    for point in points:
        assert point["count"] in {None, "1-9"}, point
        assert (point["expected"], point["threshold"]) == (None, None)


def _points(said):
    if isinstance(said, dict):
        if {"reference", "withheld", "count"} <= set(said):
            yield said
        for value in said.values():
            yield from _points(value)
    elif isinstance(said, list):
        for value in said:
            yield from _points(value)
