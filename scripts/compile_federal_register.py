"""Compile the starter's sample of notices of the Federal Register, titles and days only.

Usage: python scripts/compile_federal_register.py SAMPLE.csv > notices.json

The sample holds notices that somebody collected by keyword (see the source's declaration). Kept are
rules and notices on substances and policy; applications and decisions on single registrants are
not: they are about a company or a practitioner, who may be a private person. The form is that of
the register's own interface, so that a live source reads the same way.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

# By the title, as the sample's own column ``doc_type`` sorts them.
_LEFT_OUT = ("registration",)


def main(path: str) -> None:
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if not row["doc_type"].startswith(_LEFT_OUT)]
    results = [
        {
            "document_number": row["document_number"],
            "title": " ".join(row["title"].split()),
            "publication_date": row["original_published"],
            "html_url": row["url"],
        }
        for row in sorted(kept, key=lambda row: (row["original_published"], row["document_number"]))
    ]
    print(json.dumps({"count": len(results), "results": results}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
