"""Checking the file of a score with nothing but it and the log's verifier key.

Each problem names the statement or field it is about. Nothing that wrote the file is believed: the
proofs are walked, the commitments opened and the score computed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from json import loads
from typing import Any

from atalaya.evidence.log import Checkpoint, InclusionProof, VerifierKey
from atalaya.evidence.log.checkpoints import open_checkpoint
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.log.merkle import includes, leaf_hash
from atalaya.evidence.log.rotation import History
from atalaya.findings.foresight.comparing import differences, follows_on, hashes_in
from atalaya.findings.foresight.events import Event, Outcome
from atalaya.findings.foresight.leaves import Leaf, Opening
from atalaya.findings.foresight.scorefile import FILE, score_entry, truth_content
from atalaya.findings.foresight.scoring import Sealed, Truth, score
from atalaya.findings.foresight.shapes import Refused, day, exactly, hex_bytes
from atalaya.findings.foresight.statements import Kind, Statement
from atalaya.model.errors import AtalayaError, BadInput, Place

_STATEMENT: dict[str, tuple[type, ...]] = {
    "index": (int,), "leaf": (dict,), "hashes": (list,), "opening": (dict, type(None)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What checking a score came to.

    Args:
        says: The score in a sentence, as computed again.
        log: The log's name.
        vkey: The key it was checked with.
        trusted: Whether that key was given; else the file's own was believed.
        opened: Statements opened.
        closed: Statements still closed.
        problems: What is wrong, one sentence each.
    """

    says: str
    log: str
    vkey: str
    trusted: bool
    opened: int
    closed: int
    problems: tuple[str, ...]


def check_score(
    payload: bytes, vkey: str | None, where: str, entries: Iterable[bytes] | None = None
) -> ScoreReport:
    """Check the file of a score.

    Args:
        payload: The file.
        vkey: A verifier key of the log, from somewhere other than the file. None believes the
            file's own, which shows that the file agrees with itself and not whose log it is.
        where: Name of the file, for errors.
        entries: Entries of a copy of the log in order, to see that nothing sealed was left out.

    Returns:
        The report: the first problem of each part, each naming what it is about.

    Raises:
        BadInput: The file is no score at all, or ``vkey`` is no verifier key.
    """
    try:
        content = loads(payload)
        said = exactly(content, "file", {"type": (str,), "schema": (int,), "score": (dict,),
                                         "shown": (dict,)})  # fmt: skip
        known = (said["type"], said["schema"]) == (FILE, 1)
    except (ValueError, RecursionError, Refused) as error:
        raise _no_score(where, str(error)) from error
    if not known:
        raise _no_score(where, f"type is not {FILE}, schema 1")
    trusted = None if vkey is None else VerifierKey.parse(vkey.strip())
    return _Check(said["score"], said["shown"], trusted).report(entries)


def _no_score(where: str, reason: str) -> BadInput:
    return BadInput(
        f"this is not the file of a score: {reason}",
        do="give the file that `atalaya score` wrote, whole",
        where=Place(where),
    )


@dataclass(slots=True)
class _Check:
    """One file while it is checked."""

    scored: dict[str, Any]
    shown: dict[str, Any]
    trusted: VerifierKey | None
    problems: list[str] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)

    def report(self, entries: Iterable[bytes] | None) -> ScoreReport:
        says = vkey = origin = ""
        try:
            self._shapes()
            final, history = self._signed()
            vkey, origin = str(self.trusted or history.first), final.origin
            self._same("log", self.scored["log"], origin)
            self._logged(final)
            sealings = self._sealings(final, history)
            on = day(self.scored["scored_on"], "scored_on")
            self._statements(sealings, on)
            self._complete(sealings)
            says = self._result(on)
            if entries is not None:
                self._nothing_left_out(entries, final.size)
        except (Refused, AtalayaError) as error:
            self.problems.append(str(error).splitlines()[0])
        opened = sum(one.statement is not None for one in self.sealed)
        closed = len(self.sealed) - opened
        found = tuple(self.problems)
        return ScoreReport(says, origin, vkey, self.trusted is not None, opened, closed, found)

    def _shapes(self) -> None:
        exactly(self.scored, "score", {
            "log": (str,), "scored_on": (str,), "truth": (dict,), "sealings": (list,),
            "statements": (list,), "result": (dict,),
        })  # fmt: skip
        exactly(self.shown, "shown", {
            "index": (int,), "hashes": (list,), "checkpoint": (str,), "vkeys": (str,),
            "extends": (list,),
        })  # fmt: skip

    def _signed(self) -> tuple[Checkpoint, History]:
        """Give the log's state as signed, and its keys."""
        history = History.parse(self.shown["vkeys"].encode())
        if history.file.decode() != self.shown["vkeys"]:
            raise Refused("vkeys: it is not written as the log writes it")
        keys = (history.first, *(each.new for each in history.rotations))
        if self.trusted is not None and self.trusted not in keys:
            raise Refused(f"vkeys: the key given is none of this log's ({history.first.name})")
        return self._opened(self.shown["checkpoint"], history, "checkpoint"), history

    def _opened(self, note: str, history: History, what: str) -> Checkpoint:
        try:
            found = open_checkpoint(note, history.key_at(parse_checkpoint(note).size))
        except AtalayaError as error:
            raise Refused(f"{what}: {error.what}") from error
        if found.note != note:
            raise Refused(f"{what}: it is not written as it was signed")
        return found

    def _logged(self, final: Checkpoint) -> None:
        """The score is the one whose hash is in the log."""
        found = leaf_hash(score_entry(self.scored))
        proof = InclusionProof(self.shown["index"], final.size, hashes_in(self.shown, "shown"))
        if not includes(final.root, final.size, proof.index, found, proof.hashes):
            self.problems.append(
                "score: this is not the score that the log committed to; what follows names what "
                "was changed where it can be told"
            )

    def _sealings(self, final: Checkpoint, history: History) -> dict[int, Checkpoint]:
        """Each sealing's signed checkpoint, which the final state of the log must extend."""
        found: dict[int, Checkpoint] = {}
        proofs = {}
        for each in self.shown["extends"]:
            exactly(each, "extends", {"size": (int,), "hashes": (list,)})
            proofs[each["size"]] = hashes_in(each, f"extends {each['size']}")
        for each in self.scored["sealings"]:
            exactly(each, "sealing", {"sealing": (int,), "checkpoint": (str,)})
            what = f"sealing {each['sealing']}"
            if not 1 <= each["sealing"] <= final.size:  # nothing counts up to a number made up
                raise Refused(f"{what}: the log has {final.size} entries, so no such sealing")
            signed = self._opened(each["checkpoint"], history, what)
            hashes = proofs.pop(signed.size, None)
            if hashes is None:
                hashes = ()
                known = any(one.size == signed.size for one in found.values())
                if not known:
                    raise Refused(f"{what}: nothing shows that the log extends its checkpoint")
            elif not follows_on(signed, final, hashes):
                self.problems.append(f"{what}: the log does not extend what it signed then")
            if each["sealing"] in found:
                raise Refused(f"{what}: it stands here twice")
            found[each["sealing"]] = signed
        if proofs:
            self.problems.append(f"extends: {sorted(proofs)}: no sealing has this size")
        return found

    def _statements(self, sealings: dict[int, Checkpoint], on: date) -> None:
        before = -1
        for number, each in enumerate(self.scored["statements"]):
            known = isinstance(each, dict) and isinstance(each.get("index"), int)
            what = f"statement {each['index']}" if known else f"statements[{number}]"
            try:
                said = exactly(each, "statement", _STATEMENT)
                leaf = Leaf.parse(said["leaf"])
                what += f" (sealing {leaf.sealing.number}, number {leaf.number})"
                statement = self._statement(said, leaf, sealings, on)
                _follows(said["index"], before)
            except Refused as error:
                self.problems.append(f"{what}: {error}")
                continue
            before = said["index"]
            self.sealed.append(Sealed(said["index"], leaf, statement))

    def _statement(
        self, said: dict[str, Any], leaf: Leaf, sealings: dict[int, Checkpoint], on: date
    ) -> Statement | None:
        signed = sealings.get(leaf.sealing.number)
        if signed is None:
            raise Refused("its sealing has no checkpoint here")
        if leaf.of > signed.size:
            raise Refused("of: the log had fewer entries than its sealing has statements")
        hashes = hashes_in(said, "hashes")
        if not includes(signed.root, signed.size, said["index"], leaf_hash(leaf.entry), hashes):
            raise Refused(
                "its leaf is not in the log at the size that was signed when it was sealed"
            )
        if not leaf.basis.as_of <= leaf.sealed_on <= on:
            raise Refused("as_of, sealed_at and scored_on are not in order")
        if said["opening"] is None:
            if leaf.opens <= on:
                raise Refused(f"it is closed, and should have been opened on {leaf.opens}")
            return None
        opened = exactly(said["opening"], "opening", {"statement": (dict,), "salt": (str,)})
        opening = Opening(Statement.parse(opened["statement"]), hex_bytes(opened["salt"], "salt"))
        if not opening.opens(leaf):
            raise Refused("statement and salt are not what its commitment was made from")
        _in_order(opening.statement, leaf)
        return opening.statement

    def _complete(self, sealings: dict[int, Checkpoint]) -> None:
        """Every sealing is here, from the first on, with all its statements in one run."""
        expected = range(1, max(sealings, default=0) + 1)
        missing = sorted(set(expected) - set(sealings))
        if missing:
            self.problems.append(f"sealings: {missing} are missing")
        for number in sealings:
            here = [one for one in self.sealed if one.leaf.sealing.number == number]
            of = here[0].leaf.of if here else 0
            numbers = [one.leaf.number for one in here]
            if not here or numbers != list(range(1, of + 1)):
                lost = sorted(set(range(1, of + 1)) - set(numbers)) or "all"
                self.problems.append(f"sealing {number}: statements {lost} are missing or broken")
            elif here[-1].index - here[0].index != of - 1:
                self.problems.append(f"sealing {number}: its statements were not logged in one go")
        moments = [(one.leaf.sealing.sealed_at, one.leaf.sealing.number) for one in self.sealed]
        if moments != sorted(moments):
            self.problems.append("sealings: a later sealing says an earlier moment")

    def _result(self, on: date) -> str:
        truth = exactly(self.scored["truth"], "truth", {
            "sha256": (str,), "events": (list,), "outcomes": (list,),
        })  # fmt: skip
        events = tuple(Event.parse(each) for each in truth["events"])
        outcomes = tuple(Outcome.parse(each) for each in truth["outcomes"])
        self._same("truth: sha256", truth["sha256"], truth_content(events, outcomes)["sha256"])
        computed = score(self.sealed, Truth(events, outcomes, on))
        given = self.scored["result"]
        for path in differences(given, computed, "result"):
            self.problems.append(f"{path}: it is not what the statements and events come to")
        return str(computed["says"])

    def _same(self, what: str, given: object, should: object) -> None:
        if given != should:
            self.problems.append(f"{what}: it says {given!r}, and should say {should!r}")

    def _nothing_left_out(self, entries: Iterable[bytes], size: int) -> None:
        shown = {one.index: one.leaf for one in self.sealed}
        number = -1
        for number, entry in enumerate(entries):
            leaf = Leaf.parse_entry(entry) if number < size else None
            if leaf is not None and shown.get(number) != leaf:
                self.problems.append(
                    f"statement {number} (sealing {leaf.sealing.number}, number {leaf.number}): it "
                    "is in the log and not in this file"
                )
        if number + 1 < size:
            self.problems.append(f"the copy of the log holds {number + 1} of {size} entries")


def _follows(index: int, before: int) -> None:
    if index <= before:
        raise Refused("index: it is not in the order of the log")


def _in_order(statement: Statement, leaf: Leaf) -> None:
    """What is said of a time to come was said before it, and must be opened in time."""
    if statement.until > leaf.opens:
        raise Refused("until: it lies after the day on which the leaf must be opened")
    if statement.until < leaf.sealed_on:
        raise Refused("until: it had run out when it was sealed")
    if statement.kind is Kind.FORECAST and statement.ends <= leaf.basis.as_of:
        raise Refused("period: the data it rests on already held what it forecasts")
