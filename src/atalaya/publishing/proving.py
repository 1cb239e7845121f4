"""Checks what a release says against archive and log: bytes hashed again, proofs redone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atalaya.evidence.log import LogReader
from atalaya.findings.reinstatements import Struck
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import AtalayaError
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.records import Capture
from atalaya.model.sentences import sentence
from atalaya.publishing.disclosure import RANGE
from atalaya.publishing.inputs import EvidenceView
from atalaya.publishing.masking import masked_capture_id
from atalaya.publishing.originals import original
from atalaya.publishing.quotes import WITHHELD
from atalaya.reading.text import Passages


@dataclass(frozen=True, slots=True)
class Check:
    """What one comparison came to.

    Args:
        holds: Whether what is published is what the archive holds.
        word: ``yes``, ``not here``, or what differs.
    """

    holds: bool
    word: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A log entry that was looked up.

    Args:
        check: Whether it is there and says what is published.
        facts: Index, size, entry and path; no entry where counts could be guessed from it.
    """

    check: Check
    facts: Mapping[str, Any]


YES = Check(True, "yes")
UNCHECKED = Check(True, "not here")


@dataclass(frozen=True, slots=True)
class Archive:
    """The evidence of an observatory, where it is at hand.

    Args:
        store: Gives payloads.
        captures: Every capture in it.
        log: Reads the log, or None where it is not at hand.
        declarations: The sources, which say how their documents are read.
        erased: Sealed originals that were erased -> number of the decision.
        struck: The evidence that reviewers retracted, and what became of it.
    """

    store: EvidenceView
    captures: tuple[Capture, ...]
    log: LogReader | None
    declarations: tuple[SourceDeclaration, ...]
    erased: Mapping[str, int] = field(default_factory=dict)
    struck: tuple[Struck, ...] = ()
    _read: dict[str, bytes | str] = field(default_factory=dict, repr=False)
    _texts: dict[str, Passages | str] = field(default_factory=dict, repr=False)
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def capture(self, published: str) -> Capture | None:
        """Find a capture by its published identifier, masked or not."""
        for capture in self.captures:
            if published in (capture.id, masked_capture_id(capture)):
                return capture
        return None

    def payload(self, published: str) -> bytes | str:
        """Give the bytes of a capture, or in words why they cannot be believed."""
        if published not in self._read:
            self._read[published] = self._payload(published)
        return self._read[published]

    def _places(self, document: str, there: Passages, cells: Mapping[str, Any]) -> list[str]:
        """Give the texts a quote may be: its span, or its line where the span is withheld."""
        if cells["start"] is not None:
            span = there.payload[cells["start"] : cells["end"]]
            return [span.decode(there.encoding, "replace")]
        if document not in self._lines:
            self._lines[document] = there.payload.decode(there.encoding, "replace").split("\n")
        lines = self._lines[document]
        return lines if there.by_row else [lines[cells["line"] - 1].removesuffix("\r")]

    def original(self, document: Mapping[str, Any]) -> Passages | str:
        """Give what the quotes of a document are spans of, or why it cannot be believed."""
        if document["id"] not in self._texts:
            self._texts[document["id"]] = self._original(document)
        return self._texts[document["id"]]

    def _original(self, document: Mapping[str, Any]) -> Passages | str:
        payload = self.payload(document["capture"])
        if isinstance(payload, str):
            return payload
        for said in self.declarations:
            if said.slug == document["source"]:
                try:
                    return original(said, document, payload)
                except AtalayaError as error:
                    return sentence("no: {fault}", fault=error.what)
        return f"no: the source {document['source']} is not declared here"

    def _payload(self, published: str) -> bytes | str:
        capture = self.capture(published)
        if capture is None:
            return sentence("no: the archive has no such capture")
        try:
            payload = self.store.payload(capture)
        except AtalayaError as error:
            return sentence("no: {fault}", fault=error.what)
        if sha256_hex(payload) != capture.sha256:
            return "no: the archived bytes have another hash than when they were captured"
        return payload

    def check_capture(self, cells: Mapping[str, Any]) -> Check:
        """Read a capture's bytes again and compare their hash with the published one."""
        payload = self.payload(cells["id"])
        if isinstance(payload, str):
            return Check(False, payload)
        if cells["sha256"] not in (None, sha256_hex(payload)):
            return Check(False, sentence("no: the release gives another hash than the archive"))
        return YES

    def original_of(self, published: str) -> str | None:
        """Say how the original stands that a capture was left of at intake; None where none was."""
        capture = self.capture(published)
        if capture is None or not capture.made_from:
            return None
        decision = self.erased.get(capture.made_from)
        stands = "sealed" if decision is None else f"erased by decision {decision}"
        return f"{stands} (SHA-256 {capture.made_from})"

    def check_claim(self, cells: Mapping[str, Any], document: Mapping[str, Any]) -> Check:
        """Compare a published quote with the bytes it was taken from, masks allowed for.

        Args:
            cells: Row of the published claim.
            document: Row of the published document it quotes.
        """
        there = self.original(document)
        if isinstance(there, str):
            return Check(False, there)
        if cells["quote"] is None:
            return YES  # nothing of it is published, so nothing published can be wrong
        pattern = _pattern(cells)
        if any(pattern.fullmatch(text) for text in self._places(document["id"], there, cells)):
            return YES
        return Check(
            False, sentence("no: the quote of {claim} is not what stands there", claim=cells["id"])
        )

    def check_entry(self, cells: Mapping[str, Any]) -> Entry:
        """Look a capture up in the log and redo its inclusion proof."""
        index, capture = cells["log_index"], self.capture(cells["id"])
        if self.log is None:
            return Entry(UNCHECKED, {"index": index})
        if capture is None:
            return Entry(
                Check(False, sentence("no: the archive has no such capture")), {"index": index}
            )
        try:
            proof = self.log.inclusion_proof(index)
            entry = self.log.entry(index)
        except AtalayaError as error:
            return Entry(Check(False, sentence("no: {fault}", fault=error.what)), {"index": index})
        if entry != canonical_json(capture.leaf()):
            return Entry(
                Check(False, sentence("no: the entry says something else")), {"index": index}
            )
        proven = sentence(
            "inclusion proven against the checkpoint of size {size}", size=str(proof.size)
        )
        check = Check(True, proven)
        if cells["sha256"] is None:
            return Entry(check, {"index": index, "size": proof.size})
        return Entry(
            check,
            {
                "index": index,
                "size": proof.size,
                "entry": entry.decode(),
                "hashes": [each.hex() for each in proof.hashes],
                "checkpoint": proof.checkpoint,
            },
        )


def _pattern(cells: Mapping[str, Any]) -> re.Pattern[str]:
    """Give what a published quote stands for: the very words, but for what is masked in it."""
    if cells["hidden"] is None and RANGE not in cells["quote"] and WITHHELD not in cells["quote"]:
        return re.compile(re.escape(cells["quote"]))
    text = re.escape(cells["quote"])
    text = text.replace(re.escape(RANGE), rf"(?:{re.escape(RANGE)}|0*[1-9](?:\.0*)?)")
    return re.compile(text.replace(re.escape(WITHHELD), ".*"), re.DOTALL)
