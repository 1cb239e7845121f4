"""A release that was changed anywhere is found out, and what falls is named."""

from dataclasses import replace

import pyarrow as pa
import pytest
from tests.material.publishing_house import TODAY, cited, declaration, house

from atalaya.evidence.log import SigningKey
from atalaya.model.records import Issue
from atalaya.publishing.releases import Release, build
from atalaya.publishing.verifying import verify_release


@pytest.fixture(params=[cited, declaration], ids=["shown", "hidden"])
def made(request, tmp_path):
    built = house(tmp_path, source=request.param())
    issue = Issue("broken-row", "a row has no date", "read")
    release = build(built.inputs(issues=(issue,)), tmp_path / "releases", TODAY).release
    return built, release, built.at_hand()


def test_a_good_release_holds_and_everything_was_compared(made):
    built, release, archive = made
    report = verify_release(release, built.vkey, archive)
    assert report.problems == ()
    assert report.holds
    assert (report.files, report.quotes) == (len(release.manifest["files"]), 40)
    assert report.figures >= 120


def test_a_release_rebuilt_from_its_evidence_is_the_same_cell_for_cell(tmp_path):
    built = house(tmp_path)
    release = build(built.inputs(), tmp_path / "releases", TODAY).release
    assert verify_release(release, built.vkey, rebuilt=built.inputs()).holds


def test_without_the_archive_no_quote_is_claimed_to_be_read(made):
    built, release, _ = made
    report = verify_release(release, built.vkey)
    assert (report.holds, report.quotes) == (True, 0)


def test_a_flipped_byte_in_any_file_names_that_file(made):
    built, release, _ = made
    for path in sorted(path for path in release.path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if not content:
            continue  # a table without rows as JSON lines
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        if path.name == "manifest.json":
            report = verify_release(release, built.vkey)
        else:
            report = verify_release(Release.open(release.path), built.vkey)
        named = str(path.relative_to(release.path))
        assert any(named in problem.where for problem in report.problems), named
        path.write_bytes(content)
    assert verify_release(release, built.vkey).holds


def test_a_missing_file_and_one_too_many_are_named(made):
    built, release, _ = made
    (release.path / "data" / "series.csv").unlink()
    (release.path / "extra.txt").write_text("?", "utf-8")
    said = [str(problem) for problem in verify_release(release, built.vkey).problems]
    assert "data/series.csv: is missing" in said
    assert "extra.txt: is in no manifest" in said


def test_a_missing_proof_and_another_log_are_found_out(made):
    built, release, _ = made
    other = SigningKey.generate("example.org/log").vkey
    assert "not proven" in verify_release(release, other).problems[0].says
    release.path.with_name(f"{release.name}.tlog-proof").unlink()
    assert "is missing" in verify_release(release, built.vkey).problems[0].says


def test_a_changed_archive_names_every_claim_that_falls(made):
    built, release, archive = made
    sha256 = built.capture.sha256
    built.archive.payloads[sha256] = built.archive.payloads[sha256] + b"x"
    report = verify_release(release, built.vkey, archive)
    fallen = {claim for problem in report.problems for claim in problem.claims}
    assert fallen == set(release.table("claims")["id"].to_pylist())


def test_a_figure_that_the_evidence_does_not_give_is_named_by_its_cell(made):
    built, release, _ = made
    inputs = built.inputs()
    counts = inputs.series["count"].to_pylist()
    counts[4] += 100
    at = inputs.series.column_names.index("count")
    changed = inputs.series.set_column(at, inputs.series.schema.field("count"), pa.array(counts))
    report = verify_release(release, built.vkey, rebuilt=replace(inputs, series=changed))
    assert any(problem.where == "series.csv:5:count" for problem in report.problems)
