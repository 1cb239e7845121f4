"""Write docs/catalogue.md from the declarations of the catalogue that ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from atalaya.evidence.catalogue import load_catalogue
from atalaya.model.catalogued import FACTS, Group
from atalaya.model.declarations import SourceDeclaration
from atalaya.registers import territories

PAGE = Path(__file__).parents[1] / "docs" / "catalogue.md"
GROUPS = {
    "international": "International and regional bodies",
    "early-warning": "Early warning systems",
    "drug-agency": "Drug agencies and observatories",
    "drug-checking": "Drug-checking services",
    "deaths": "Deaths",
    "health-alert": "Health alerts",
    "scheduling": "Gazettes and scheduling notices",
    "parliament": "Parliaments",
    "news": "News",
}
TOP = """# The catalogue of sources

{count} real public sources in {languages} languages, declared and ready to be taken. None is
fetched until you take it:

```text
atalaya list sources --catalogue
atalaya add-source cl-sat my-observatory
```

`add-source` copies one `source.toml` into `sources/<slug>/` and writes over nothing. Read it
before the next run: its terms of use above all. What `redistribute = false` covers is linked,
never bundled (R11); what may name private persons is sealed (R2).

**Facts are looked up, never recalled.** For homepage, address, publisher, licence, language,
cadence and what a source gives, each declaration says in `[[catalogue.seen]]` where it was seen,
how it was checked and on which day. `verified` means that a saved page or two independent files
show it; a file counts for what it shows, and `how` says whether it ever asked the address. What
is `unverified` says what was searched. Places are pages, files of public repositories
(`owner/name: path`), or files of public code that do not tell their repository, numbered
within the declaration (`public code, file N`). Nothing was asked from the live web: an address
may have moved since. A row may be passed on only where its licence is verified.

The column *seen* counts verified facts, of {facts}; the others are named.
"""


def page() -> str:
    """Give the whole page."""
    sources = load_catalogue()
    languages = len({one.language for one in sources})
    lines = [TOP.format(count=len(sources), languages=languages, facts=len(FACTS))]
    for group in get_args(Group):
        lines += [f"## {GROUPS[group]}", "", *_table(group, sources), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(group: str, sources: tuple[SourceDeclaration, ...]) -> Iterator[str]:
    yield "| source | publisher | place | language | cadence | licence | seen |"
    yield "|---|---|---|---|---|---|---|"
    for one in sources:
        if one.catalogue is not None and one.catalogue.group == group:
            yield _row(one)


def _row(one: SourceDeclaration) -> str:
    assert one.catalogue is not None
    assert one.territory is not None
    place = territories.load().get(one.territory).name
    verified = one.catalogue.verified
    missing = [fact for fact in FACTS if fact not in verified]
    seen = f"{len(verified)}" + (f"; not {', '.join(missing)}" if missing else "")
    official = "" if one.catalogue.official else " (not an authority)"
    cells = (
        f"[{one.title.en}]({one.homepage}) `{one.slug}`",
        one.publisher + official,
        place,
        one.language,
        one.cadence,
        one.licence.name,
        seen,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
