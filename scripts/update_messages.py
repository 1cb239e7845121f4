"""Bring the catalogues of messages up to date: extract, merge, and compile what is translated.

Run it after changing a page's words, translate what it names, and run it again.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
# ``sentence``: what other rooms write into the tables, see ``model.sentences``.
KEYWORDS = {**DEFAULT_KEYWORDS, "sentence": None}
LOCALES = PROJECT / "src" / "atalaya" / "publishing" / "site" / "locale"


def extracted(keywords: Mapping[str, Any] = KEYWORDS) -> Catalog:
    """Give every message that the pages say, without translations.

    Args:
        keywords: Functions that messages are given to.
    """
    with (PROJECT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(project="atalaya")
    source = PROJECT / "src"
    found_in = extract_from_dir(source, methods, options, keywords=keywords)
    for _file, _line, message, _comments, _context in found_in:
        found.add(message)
    return found


def translated(code: str) -> Catalog:
    """Read a language's catalogue."""
    with (LOCALES / code / "LC_MESSAGES" / "atalaya.po").open("rb") as lines:
        return read_po(lines, locale=code)


def compiled(catalogue: Catalog) -> bytes:
    """Give the bytes that pages read."""
    sink = io.BytesIO()
    write_mo(sink, catalogue)
    return sink.getvalue()


def main() -> int:
    """Update every catalogue; say what has no translation."""
    missing = 0
    for folder in sorted(path for path in LOCALES.iterdir() if path.is_dir()):
        catalogue = translated(folder.name)
        dated = catalogue.creation_date
        catalogue.update(extracted(), no_fuzzy_matching=True)
        catalogue.creation_date = dated  # so that nothing changes where nothing was said
        catalogue.obsolete.clear()
        with (folder / "LC_MESSAGES" / "atalaya.po").open("wb") as sink:
            write_po(
                sink, catalogue, width=100, no_location=True, sort_output=True, omit_header=False
            )
        (folder / "LC_MESSAGES" / "atalaya.mo").write_bytes(compiled(catalogue))
        for message in catalogue:
            if message.id and not message.string:
                missing += 1
                print(f"{folder.name}: no translation of {message.id!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
