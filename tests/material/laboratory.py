"""A laboratory that publishes monthly counts: how an observatory declares, watches and finds it."""

from collections.abc import Iterable
from pathlib import Path

from tests.material.declarations import declare

_SOURCE = """\
schema = 1
slug = "{slug}"
title = {{en = "Samples", es = "Muestras"}}
publisher = "A laboratory"
homepage = "https://{slug}.example/"
language = "en"
cadence = "monthly"
about_people = false
as_of = {as_of}
retrieved = "2026-11"
{more}
[licence]
name = "CC0"
redistribute = true
attribution = "A laboratory"
[[fetch]]
address = "https://{slug}.example/counts.csv"
media_type = "text/csv"
{table}"""

_COUNTS = """\
[[table]]
address = "https://lab.example/counts.csv"
record = "counts"
subject = {{column = "substance", register = "substance"}}
predicate = {{value = "samples"}}
value = {{column = "count"}}
unit = "samples"
period = {{column = "month"}}
territory = {{value = "territory:{place}"}}
checked = {{value = "verified"}}
how_checked = {{value = "made for a test"}}
"""

_MONITOR = """\
schema = 1
slug = "arrivals"
detector = "emergence_plain"
dated = 2026-03-20
because = "The series are near empty."
cites = "docs/detectors.md"
title = {en = "Arrivals", es = "Llegadas"}
series = {sources = ["lab"]}
"""


def laboratory(
    sources: Path, slug: str = "lab", *, as_of: str = "2024-12-31", more: str = "", table: str = ""
) -> Path:
    """Declare a laboratory among the sources of an observatory; without ``table``, fetched only."""
    said = _SOURCE.format(slug=slug, as_of=as_of, more=more, table=table)
    return declare(sources, said, slug)


def counts_of(place: str, *, tested: bool = True) -> str:
    """Declare the table of the laboratory ``lab``: month, substance, count and mostly tested."""
    population = 'population = {column = "tested"}\n' if tested else ""
    return _COUNTS.format(place=place) + population


def watched(monitors: Path) -> None:
    """Let an observatory judge what ``lab`` counts."""
    (monitors / "arrivals.toml").write_text(_MONITOR)


def publish(mirror: Path, lines: Iterable[str], slug: str = "lab") -> None:
    """Put the laboratory's table where a mirror holds what its address answers."""
    file = mirror / f"{slug}.example" / "counts.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join((*lines, "")))


def mirrored(settings: Path, mirror: str) -> None:
    """Let an observatory fetch from a mirror only."""
    text = settings.read_text()
    assert 'mirror = ""' in text
    settings.write_text(text.replace('mirror = ""', f'mirror = "{mirror}"'))
