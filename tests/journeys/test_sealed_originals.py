"""A source that may name private persons, from sealing to purge, by the commands people call."""

import json
import re
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.material.commands import atalaya

PERSONS = ("Roe, Jane", "Perez Prieto", "1983-07-19", "17 Elm Lane")
SLUG, HOST = "case-list", "lab.example.org"
ADDRESS = f"https://{HOST}/cases.csv"
SOURCE = f"""
schema = 1
slug = "{SLUG}"
title = {{en = "Cases by month", es = "Casos por mes"}}
publisher = "A laboratory"
homepage = "https://{HOST}/"
language = "en"
cadence = "monthly"
about_people = true
private_persons = true
as_of = 2024-12-31
retrieved = "2026-11-24"
published_cells = "https://{HOST}/table"
[licence]
name = "CC0"
redistribute = true
attribution = "A laboratory"
[[fetch]]
address = "{ADDRESS}"
media_type = "text/csv"
[[table]]
address = "{ADDRESS}"
record = "counts"
subject = {{column = "substance", register = "substance"}}
predicate = {{value = "deaths in which the substance was found"}}
value = {{column = "deaths"}}
unit = "deaths"
period = {{column = "month"}}
territory = {{value = "territory:US-CT"}}
checked = {{value = "verified"}}
"""


def cases(last: int) -> str:
    rows = ["month,patient,substance,deaths,born,note"]
    rows += [
        f'2024-{month:02d},"{PERSONS[0]}",fentanyl,{40 + month},{PERSONS[2]},"{PERSONS[3]}"'
        for month in range(1, last)
    ]
    rows.append(f"2024-{last:02d},{PERSONS[1]},fentanyl,55,{PERSONS[2]},her home")
    return "\n".join((*rows, ""))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    done = atalaya("init", "observatory", "--empty", cwd=tmp_path)
    assert done.code == 0, done.err
    root = tmp_path / "observatory"
    (root / "sources" / SLUG).mkdir()
    (root / "sources" / SLUG / "source.toml").write_text(SOURCE, "utf-8")
    served = root / "mirror" / HOST
    served.mkdir(parents=True)
    (served / "cases.csv").write_text(cases(6), "utf-8")
    settings = root / "observatory.toml"
    text = settings.read_text("utf-8").replace('mirror = ""', 'mirror = "mirror"')
    settings.write_text(text, "utf-8")
    _run(root)
    assert atalaya("reviewer", "add", "Ada Roe", "--key", tmp_path / "ada.key", cwd=root).code == 0
    return root


def _run(root: Path) -> None:
    done = atalaya("run", "--no-serve", cwd=root)
    assert done.code == 0, done.err


def _served(root: Path, text: str) -> None:
    (root / "mirror" / HOST / "cases.csv").write_text(text, "utf-8")


def _originals(root: Path) -> list[dict[str, str]]:
    return atalaya("list", "originals", cwd=root).rows()


def _holding(root: Path, words: tuple[str, ...]) -> list[str]:
    return [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and "mirror" not in path.parts
        and any(word.encode() in path.read_bytes() for word in words)
    ]


def _checked(root: Path) -> dict[str, dict[str, str]]:
    done = atalaya("verify", cwd=root)
    assert done.code == 0, done.out
    return {row["checked"]: row for row in done.rows()}


def _erase(root: Path, name: str) -> str:
    key = root.parent / "ada.key"
    done = atalaya("erase", name, "--reason", "the family asked", "--key", key, cwd=root)
    assert done.code == 0, done.err
    return done.err.split("decision ")[1].split(" ")[0]


def test_no_person_stands_outside_the_sealed_original_and_verify_needs_no_key(house):
    assert _holding(house, PERSONS) == []
    (original,) = _originals(house)
    assert (original["source"], original["state"]) == (SLUG, "sealed")
    claims = (house / "releases/latest/data/claims.jsonl").read_text("utf-8")
    assert "fentanyl" in claims
    shutil.rmtree(house / "keys")
    checked = _checked(house)
    assert checked["originals"]["says"] == "1 sealed, 0 of their keys here"
    assert checked["evidence"]["says"].startswith("2 captures")


def test_the_log_commits_to_plain_and_sealed_bytes_only_under_salts(house):
    plain = (house / "mirror" / HOST / "cases.csv").read_bytes()
    (original,) = _originals(house)
    from atalaya.evidence.log import FolderReader, LogReader
    from atalaya.model.identifiers import sha256_hex

    entries = list(LogReader(FolderReader(house / "log")).entries())
    sealed = next(said for entry in entries if "plain" in (said := json.loads(entry)))
    assert sealed["plain"].startswith("hmac-sha256:")
    assert sealed["content"].startswith("hmac-sha256:")
    assert sealed["plain"] != sealed["content"]
    assert sha256_hex(plain).encode() not in b"".join(entries)
    (warc,) = (house / "evidence").glob("*.warc")
    salts = tuple(re.findall(r"Atalaya-Salt: ([0-9a-f]{64})", warc.read_bytes().decode("latin-1")))
    assert len(salts) == 2
    assert not any(name.startswith(("releases", "log")) for name in _holding(house, salts))
    assert original["sha256"] not in json.dumps(sealed)
    assert _holding(house, (sha256_hex(plain),)) == [f"keys/originals/{original['sha256']}.key"]


def test_opening_needs_a_reason_and_is_logged_before_the_bytes_are_given(house):
    (original,) = _originals(house)
    name, out = original["sha256"][:12], house.parent / "opened.csv"
    done = atalaya("open", name, "--reason", " ", "--out", out, cwd=house)
    assert done.code == 4
    assert not out.exists()
    done = atalaya("open", name, "--reason", "a row is disputed", "--out", out, cwd=house)
    assert done.code == 0, done.err
    assert out.read_text("utf-8") == cases(6)
    assert out.stat().st_mode & 0o077 == 0
    assert {each.partition("-")[0] for each in _holding(house, ("is disputed",))} == {
        "decisions.db"
    }
    _checked(house)
    (house / "decisions.db").unlink()
    for rest in house.glob("decisions.db-*"):
        rest.unlink()
    done = atalaya("verify", cwd=house)
    assert done.code == 1
    assert "opening" in done.out


def test_an_erased_original_is_said_to_be_erased_and_everything_else_stands(house):
    (original,) = _originals(house)
    kept_key = (house / f"keys/originals/{original['sha256']}.key").read_bytes()
    number = _erase(house, original["sha256"])
    assert not (house / f"keys/originals/{original['sha256']}.key").exists()
    checked = _checked(house)
    assert f"erased by decision {number}" in checked["originals"]["says"]
    assert _originals(house)[0]["state"] == f"erased by decision {number}"
    done = atalaya("open", original["sha256"], "--reason", "x", "--out", "-", cwd=house)
    assert done.code == 4
    assert f"erased by decision {number}" in done.err
    done = atalaya("why", "claims.csv:1:quote", cwd=house)
    tree = json.loads(done.out)
    assert tree["bytes_checked"] == "yes"
    assert f"the original is erased by decision {number}" in done.out
    (house / f"keys/originals/{original['sha256']}.key").write_bytes(kept_key)  # an old backup
    assert atalaya("verify", cwd=house).code == 1
    _run(house)
    assert not (house / f"keys/originals/{original['sha256']}.key").exists()
    _checked(house)


def test_what_was_erased_does_not_come_back_by_itself_and_news_is_sealed_anew(house):
    (original,) = _originals(house)
    _erase(house, original["sha256"])
    _run(house)
    assert len(_originals(house)) == 1
    _served(house, cases(7))
    _run(house)
    assert [one["state"].split(" ")[0] for one in _originals(house)] == ["erased", "sealed"]
    assert "2024-07" in (house / "releases/latest/data/claims.jsonl").read_text("utf-8")
    assert _holding(house, PERSONS) == []
    _checked(house)


def test_erasing_needs_a_reviewers_key_and_a_flipped_sealed_byte_is_named(house):
    (original,) = _originals(house)
    done = atalaya("erase", original["sha256"], "--reason", "x", cwd=house)
    assert done.code == 2
    (warc,) = (house / "evidence").glob("*.warc")
    content = bytearray(warc.read_bytes())
    at = content.index(b"Atalaya-Plain")
    body = content.index(b"\r\n\r\n", at) + 8
    content[body] ^= 1
    warc.write_bytes(content)
    done = atalaya("verify", cwd=house)
    assert done.code == 1
    assert f"source {SLUG}, {ADDRESS}" in done.out


def test_a_column_about_persons_is_never_read_and_that_is_said(house):
    path = house / "sources" / SLUG / "source.toml"
    path.write_text(
        SOURCE.replace('{column = "month"}', '{column = "month"}\nquote = {column = "patient"}')
    )
    _served(house, cases(8))
    assert atalaya("run", "--no-serve", cwd=house).code == 4  # nothing else is observed here
    issues = pq.read_table(house / "tables/issues.parquet")["kind"].to_pylist()
    assert "intake-refused" in issues
    assert _holding(house, PERSONS) == []
    path.write_text(SOURCE, "utf-8")
    _run(house)
    assert "2024-08" in (house / "releases/latest/data/claims.jsonl").read_text("utf-8")
