"""Why a published figure says what it says: from the cell down to archived bytes and log entry.

What is walked is the release alone, so a hidden count stays hidden here too. Where the evidence
folder is at hand every quoted byte is read and hashed again; where it is not, the tree says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing import telling
from atalaya.publishing.grounds import grounds
from atalaya.publishing.lineage import referenced
from atalaya.publishing.opening import Release
from atalaya.publishing.proving import UNCHECKED, Archive, Check
from atalaya.publishing.references import Rows, locate
from atalaya.publishing.striking import missing_from, retraction_of, told

_WALKED = 20  # series of a score of many that are followed to their bytes
NOTHING = "nothing"  # never "yes": no byte was read


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the way down.

    Args:
        kind: cell, signal, verdict, observation, claim, retraction, document, capture, log or row.
        id: Identifier of the record, or the reference of the cell.
        says: One line for a reader.
        facts: What is known of it, as published.
        children: What it is made from.
    """

    kind: str
    id: str
    says: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyTree:
    """The answer to "why?".

    Args:
        reference: What was asked for.
        release: Name of the release it was asked of.
        root: The cell, row or record.
        bytes_checked: ``yes``, ``no`` (something differs), ``not here`` (no evidence at hand) or
            ``nothing`` (it rests on no archived bytes).
    """

    reference: str
    release: str
    root: Node
    bytes_checked: str

    def to_json(self) -> str:
        """Give the tree as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)

    def text(self) -> str:
        """Give the tree for a terminal, one step a line."""
        lines = [f"{self.reference} in release {self.release}"]
        lines += _lines(self.root, "")
        return "\n".join((*lines, f"bytes checked: {self.bytes_checked}", ""))

    def nodes(self) -> Iterator[Node]:
        """Give every node, from the top."""
        open_ = [self.root]
        while open_:
            node = open_.pop(0)
            yield node
            open_ = [*node.children, *open_]


def explain(reference: str, release: Release, evidence: Archive | None = None) -> WhyTree:
    """Walk from a published cell to its proof.

    Args:
        reference: ``signals.csv:3:observed`` (row 1 is the first data row), a row, or the
            identifier of a signal, verdict, observation, claim, document, capture or promise.
        release: The release it was published in.
        evidence: The archive and log, where they are at hand.

    Raises:
        WrongUse: The reference names nothing; the nearest that exists is offered.
    """
    rows = Rows(release)
    found = locate(reference, rows)
    walk = _Walk(rows, evidence)
    root = walk.row(found.table, found.row, found.cells)
    if found.column is not None:
        root = Node("cell", str(found), telling.cell(found), {}, (root,))
    return WhyTree(reference, release.name, root, walk.outcome())


class _Walk:
    """One walk down; remembers which documents it has shown and what was checked."""

    def __init__(self, rows: Rows, evidence: Archive | None) -> None:
        self.rows = rows
        self.evidence = evidence
        self.steps: dict[str, Callable[[dict[str, Any]], Node]] = {
            "signals": self._signal,
            "verdicts": self._verdict,
            "series": self._observation,
            "forecasts": self._forecast,
            "forecast_scores": self._forecast_score,
            "claims": self._claim,
            "documents": lambda cells: self._document(cells["id"]),
            "page_changes": self._page_change,
            "captures": lambda cells: self._capture(cells["id"]),
        }
        self.shown: dict[str, Node] = {}
        self.checks: list[Check] = []

    def outcome(self) -> str:
        if self.evidence is None:
            return UNCHECKED.word
        if not self.checks:
            return NOTHING
        return "yes" if all(check.holds for check in self.checks) else "no"

    def row(self, table: str, number: int, cells: dict[str, Any]) -> Node:
        if table in self.steps:
            return self.steps[table](cells)
        name = cells.get("id") or f"{table}.csv:{number}"
        below = tuple(self._rows(grounds(self.rows, table, cells)))
        says = sentence("row {number} of {table}", number=str(number), table=table)
        if cells.get("status") == "unknown" or cells.get("state") == "never":
            says = sentence("{row}; nothing is known, and this is what was read", row=says)
        return Node("row", str(name), says, _facts(cells), below)

    def _below(self, made_from: str | None) -> Iterable[Node]:
        return self._rows(referenced(made_from))

    def _rows(self, named: Iterable[tuple[str, int]]) -> Iterator[Node]:
        return (self.row(table, number, self.rows.row(table, number)) for table, number in named)

    def _named(self, table: str, identifier: str) -> dict[str, Any]:
        number = self.rows.find(table, identifier)
        if number is None:
            raise WrongUse(f"release {self.rows.release.name} has no {identifier}", do="verify it")
        return self.rows.row(table, number)

    def _signal(self, cells: dict[str, Any]) -> Node:
        verdict = self._verdict(self._named("verdicts", cells["verdict"]))
        says = telling.signal(cells)
        return Node("signal", cells["id"], says, _facts(cells), (verdict,))

    def _verdict(self, cells: dict[str, Any]) -> Node:
        says = telling.verdict(cells)
        facts = _facts(cells) | self._detector(cells["detector"])
        newest_first = self._rows(reversed(referenced(cells["made_from"])))
        return Node("verdict", cells["id"], says, facts, tuple(newest_first))

    def _detector(self, name: str) -> dict[str, Any]:
        from atalaya import detection  # numpy is needed for this line of the answer only

        rows = self.rows.table("monitors").to_pylist()
        said: dict[str, Any] = {
            "monitors": [
                {"monitor": row["monitor"], "parameters": row["parameters"], "cites": row["cites"]}
                for row in rows
                if row["detector"] == name
            ]
        }
        try:
            return said | {"citation": detection.find(name).source}
        except WrongUse:
            return said | {"citation": f"{name} is not installed here"}

    def _forecast(self, cells: dict[str, Any]) -> Node:
        from atalaya.detection import forecasting  # numpy is needed for this answer only

        facts = _facts(cells) | {"citation": forecasting.SOURCE}
        newest_first = tuple(self._rows(reversed(referenced(cells["made_from"]))))
        return Node("forecast", cells["id"], telling.forecast(cells), facts, newest_first)

    def _forecast_score(self, cells: dict[str, Any]) -> Node:
        """The counts it was scored on; for all of a source, the scores of its series.

        A source may have thousands of series, so only the first are walked down to their bytes.
        """
        below = list(referenced(cells["made_from"]))
        shown = below[::-1] if cells["series"] else below[:_WALKED]
        named = [] if cells["series"] else below[_WALKED:]
        children = (*self._rows(shown), *map(self._named_score, named))
        name = cells["series"] or cells["source"]
        return Node("row", name, telling.forecast_score(cells), _facts(cells), children)

    def _named_score(self, place: tuple[str, int]) -> Node:
        cells = self.rows.row(*place)
        return Node("row", cells["series"], telling.forecast_score(cells), _facts(cells))

    def _observation(self, cells: dict[str, Any]) -> Node:
        says = telling.observation(cells)
        below = tuple(map(_named, self._below(cells["made_from"])))
        if cells["made_from"] is None and cells["status"] == "observed":
            says = sentence(
                "{count}; its claims are not listed, since their number is the count", count=says
            )
        gone = () if self.evidence is None else missing_from(cells, self.evidence.struck)
        struck = (Node("retraction", one.retraction.id, told(one)) for one in gone)
        return Node("observation", cells["id"], says, _facts(cells), (*below, *struck))

    def _claim(self, cells: dict[str, Any]) -> Node:
        says = telling.claim(cells)
        facts = _facts(cells)
        if self.evidence is not None:
            document = self._named("documents", cells["document"])
            check = self.evidence.check_claim(cells, document)
            self.checks.append(check)
            facts["bytes checked"] = check.word
            if gone := retraction_of(cells, document, self.evidence.struck):
                facts["retracted" if gone.back is None else "reinstated"] = told(gone)
        below = (self._document(cells["document"]),)
        return Node("claim", cells["id"], says, facts, below)

    def _document(self, identifier: str) -> Node:
        if identifier in self.shown:
            return Node("document", identifier, sentence("the document shown above"))
        cells = self._named("documents", identifier)
        below = (self._capture(cells["capture"]),)
        node = Node("document", identifier, f"{cells['title']}, {cells['address']}", _facts(cells))
        self.shown[identifier] = node
        return Node(node.kind, node.id, node.says, node.facts, below)

    def _capture(self, identifier: str) -> Node:
        cells = self._named("captures", identifier)
        says = telling.capture(cells)
        facts = _facts(cells)
        check = UNCHECKED if self.evidence is None else self.evidence.check_capture(cells)
        if self.evidence is not None:
            self.checks.append(check)
            if said := self.evidence.original_of(identifier):
                facts["original"] = said
                says = sentence(
                    "{fetched}; its declared columns; the original is {original}",
                    fetched=says,
                    original=said,
                )
        facts["bytes checked"] = check.word
        return Node("capture", identifier, says, facts, (self._log(cells),))

    def _page_change(self, cells: dict[str, Any]) -> Node:
        """The two captures it lies between; where they may not be named, those of its source."""
        named = [cells[name] for name in ("from_capture", "to_capture") if cells[name]]
        below = tuple(map(self._capture, named))
        below = below or tuple(self._rows(grounds(self.rows, "page_changes", cells)))
        return Node("change", cells["id"], telling.change(cells), _facts(cells), below)

    def _log(self, cells: dict[str, Any]) -> Node:
        index = cells["log_index"]
        if index is None:
            return Node("log", "", sentence("not in the log"))
        if self.evidence is None:
            says = sentence("entry {index} of the log: not looked up here", index=str(index))
            return Node("log", str(index), says)
        proof = self.evidence.check_entry(cells)
        self.checks.append(proof.check)
        says = sentence(
            "entry {index} of the log: {outcome}", index=str(index), outcome=proof.check.word
        )
        return Node("log", str(index), says, proof.facts)


def _named(node: Node) -> Node:
    """Say of which series an observation is that another adds up."""
    if node.kind != "observation":
        return node
    says = sentence("{series}: {observation}", series=node.facts["series"], observation=node.says)
    return replace(node, says=says)


def _facts(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {
        heading: cell for heading, cell in cells.items() if cell is not None and heading != "id"
    }


def _lines(node: Node, indent: str) -> Iterator[str]:
    gone = node.facts.get("retracted")
    yield f"{indent}{node.kind} {node.id}: {f'~~{node.says}~~ ({gone})' if gone else node.says}"
    if checked := node.facts.get("bytes checked"):
        yield f"{indent}  bytes checked: {checked}"
    if citation := node.facts.get("citation"):
        yield f"{indent}  method: {citation}"
    if cited := node.facts.get("cited"):
        yield f"{indent}  published by the publisher itself: {cited}"
    for child in node.children:
        yield from _lines(child, f"{indent}  ")
