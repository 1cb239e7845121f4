"""``atalaya votes``: a record of votes in, who voted how out, with every doubt beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya import __version__
from atalaya.evidence.durable import refuse_over, write_file
from atalaya.model.errors import BadInput, Place
from atalaya.model.identifiers import sha256_hex
from atalaya.pipeline.extracting import document_text
from atalaya.promises.votes import Ballot, ballots, distinct, doubts
from atalaya.promises.votes.rolls import Listed
from atalaya.promises.votes.words import VOTES
from atalaya.reading.missing import no_file
from atalaya.reading.reports.spans import Span

COLUMNS = (
    "ballot", "about", "part", "outcome", "iso3", "name", "vote", "start", "end", "quote", "issues"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voted:
    """What reading votes came to.

    Args:
        output: The table written.
        ballots: How many votes were found.
        named: How many names are listed in them, doubles counted.
        says: Every doubt, one line each.
    """

    output: Path
    ballots: int
    named: int
    says: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Give it as one row."""
        return {
            "output": str(self.output),
            "ballots": self.ballots,
            "named": self.named,
            "issues": len(self.says),
        }


def votes(path: Path, output: Path, record: Path | None = None, text: Path | None = None) -> Voted:
    """Read the votes of a document and write who voted how.

    Args:
        path: HTML, Markdown, PDF or text.
        output: Where the table is written, CSV, a row a name as listed.
        record: Where totals, explanations and issues are written as JSON, or None.
        text: Where the text is written to which the places refer, or None.

    Raises:
        WrongUse: There is no such file, or it would be written over.
        BadInput: The file cannot be read, or no vote stands in it.
    """
    if not path.is_file():
        raise no_file(path, "name a document: HTML, Markdown, PDF or text")
    refuse_over(path, output, record, text)
    words = document_text(path, tables=True)
    found = ballots(words)
    if not found:
        raise BadInput(
            "no vote was found in it: neither totals nor lists of those who voted",
            why="an empty table would say that nobody voted",
            do='give the record of the vote, such as "In favour: ... Against: ... Abstaining: ..."',
            where=Place(str(path)),
        )
    if text is not None:
        write_file(text, words.encode())
    if record is not None:
        content = {
            "ballots": [_ballot(words, one) for one in found],
            "text": {
                "sha256": sha256_hex(words.encode()), "characters": len(words), "of": path.name
            },
            "read_by": f"atalaya {__version__}",
        }  # fmt: skip
        write_file(record, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    rows = [*_rows(words, found)]
    write_file(output, _csv(rows))
    says = tuple(
        f"vote {at}: {doubt.kind}: {doubt.says}"
        for at, one in enumerate(found, 1)
        for doubt in doubts(one)
    )
    return Voted(output, len(found), sum(row["name"] is not None for row in rows), says)


def _rows(text: str, found: Sequence[Ballot]) -> Iterator[dict[str, Any]]:
    """Give a row a name; a vote of which no name is listed has one row without any."""
    for at, ballot in enumerate(found, 1):
        about = {
            "ballot": at,
            "about": _joined(ballot.about.of(text)) if ballot.about else None,
            "part": " ".join(ballot.part.of(text).split()) if ballot.part else None,
            "outcome": ballot.outcome,
        }
        told = doubts(ballot)
        names = [(one, each.vote) for each in ballot.lists for one in each.names]
        for one, vote in sorted(names, key=lambda each: each[0].span):
            issues = [each.kind for each in told if each.span == one.span]
            start, end = one.span
            place = {"start": start, "end": end, "quote": text[start:end]}
            said = {"iso3": one.iso3, "name": one.name, "vote": vote}
            yield about | said | place | {"issues": " ".join(issues) or None}
        if not names:
            start, end = ballot.span
            empty = dict.fromkeys(("iso3", "name", "vote"))
            place = {"start": start, "end": end, "quote": text[start:end]}
            yield about | empty | place | {"issues": " ".join(one.kind for one in told) or None}


def _csv(rows: Sequence[dict[str, Any]]) -> bytes:
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def _ballot(text: str, one: Ballot) -> dict[str, Any]:
    return {
        "about": one.about
        and {"value": _joined(one.about.of(text)), "span": one.about.content(text)},
        "part": _leaf(text, one.part),
        "outcome": one.outcome,
        "declared": {
            vote: [{"value": count, "span": span.content(text)} for count, span in one.totals(vote)]
            for vote in VOTES
        },
        "named": {vote: distinct(one, vote) for vote in VOTES},
        "votes": [
            {
                "name": each.name,
                "iso3": each.iso3,
                "vote": roll.vote,
                "span": each.span.content(text),
            }
            for roll in one.lists
            for each in roll.names
        ],
        "explanations": [
            {**_speaker(each.who), "when": each.when, "span": each.span.content(text)}
            for each in one.explained
        ],
        "notes": [
            {**_speaker(each.who), "meant": each.vote, "span": each.span.content(text)}
            for each in one.notes
        ],
        "issues": [
            {"kind": each.kind, "says": str(each.says), "span": each.span.content(text)}
            for each in doubts(one)
        ],
    }


def _joined(symbol: str) -> str:
    """Give a symbol that a line's end may have broken."""
    return re.sub(r"\s*\n\s*", "", symbol)


def _speaker(who: Listed | None) -> dict[str, Any]:
    return {"name": who.name if who else None, "iso3": who.iso3 if who else None}


def _leaf(text: str, span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"value": span.of(text), "span": span.content(text)}
