"""Small declarations and answers that tests of evidence start from."""

from pathlib import Path

SOURCE = """\
schema = 1
slug = "counts"
title = { en = "Counts", es = "Recuentos" }
publisher = "An office"
homepage = "https://example.org/about"
language = "en"
cadence = "monthly"
about_people = true
private_persons = false
as_of = 2024-12-31
retrieved = "2025-01-02"

[licence]
name = "CC0-1.0"
redistribute = true
attribution = "An office"

[[fetch]]
address = "https://example.org/counts.csv"
media_type = "text/csv"

[[fetch]]
address = "package:counts/data/more.csv"
media_type = "text/csv"

[[table]]
address = "https://example.org/counts.csv"
record = "counts"
subject = { column = "substance", register = "substance" }
predicate = { value = "deaths" }
value = { column = "deaths" }
"""


def declare(folder: Path, text: str = SOURCE, slug: str = "counts") -> Path:
    """Write a source's declaration into a folder of sources and give the file."""
    path = folder / slug / "source.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
