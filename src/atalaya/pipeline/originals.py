"""Sealed originals: listed, opened for a reason that is logged first, erased by a signed decision.

The same for an observatory and for a folder of sheets: both have a log, decisions and keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.log import FolderReader, Log, LogReader
from atalaya.evidence.sealing import Vault
from atalaya.findings.auditing import forged_erasures
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.originals import ERASURE, OPENING, Act, SignedAct, sign_act
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.errors import LookAtThis, StopEverything, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.records import Capture
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.collecting import erased_in
from atalaya.pipeline.house import open_log
from atalaya.pipeline.reviewing import decisions_of, log_pending


@dataclass(frozen=True, slots=True)
class Original:
    """A sealed original.

    Args:
        name: SHA-256 that names it.
        source: Slug of its source, or the name of the sheet.
        address: Where it came from.
        received: When, UTC.
        sealed: Reads the sealed bytes.
    """

    name: str
    source: str
    address: str
    received: datetime
    sealed: Callable[[], bytes]


class Keeps(Protocol):
    """What keeps sealed originals: an observatory, or a folder of sheets."""

    @property
    def vault(self) -> Vault:
        """Their keys."""

    def originals(self) -> Sequence[Original]:
        """Give them, oldest first."""

    def decisions(self) -> DecisionStore:
        """Open the decisions."""

    def log(self) -> Log:
        """Open the log for writing."""

    def entries(self) -> Iterator[bytes]:
        """Give the log's entries; no key is needed."""


@dataclass(frozen=True, slots=True)
class Observatory:
    """The sealed originals among an observatory's captures."""

    folder: Folder
    settings: Settings

    @property
    def vault(self) -> Vault:
        """Their keys."""
        return Vault(self.folder.original_keys)

    def originals(self) -> Sequence[Original]:
        """Give them, oldest first."""
        store = CaptureStore(self.folder.evidence)
        return [
            Original(one.sha256, one.source, one.address, one.fetched_at, _payload(store, one))
            for one in store.all()
            if one.sealed
        ]

    def decisions(self) -> DecisionStore:
        """Open the decisions."""
        return decisions_of(self.folder, self.settings)

    def log(self) -> Log:
        """Open the log for writing."""
        return open_log(self.folder)

    def entries(self) -> Iterator[bytes]:
        """Give the log's entries."""
        return LogReader(FolderReader(self.folder.log)).entries()


def _payload(store: CaptureStore, capture: Capture) -> Callable[[], bytes]:
    return lambda: store.payload(capture)


def listed(keeps: Keeps) -> Iterator[dict[str, object]]:
    """Give a row for each sealed original: its name, where it is from, and how it stands."""
    erased = erased_in(keeps.entries())
    for one in keeps.originals():
        yield {
            "sha256": one.name,
            "source": one.source,
            "address": one.address,
            "received": one.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "state": _state(one.name, keeps.vault, erased),
        }


def standing(keeps: Keeps) -> tuple[str, tuple[str, ...]]:
    """Say how the sealed originals stand, and what is wrong; no key is needed for either."""
    erased, originals = erased_in(keeps.entries()), keeps.originals()
    here = [one for one in originals if keeps.vault.has(one.name)]
    gone = [one for one in originals if one.name in erased]
    says = f"{len(originals)} sealed, {len(here)} of their keys here"
    says += "".join(f"; {one.name[:16]} erased by decision {erased[one.name]}" for one in gone)
    problems = tuple(
        f"{one.name} was erased by decision {erased[one.name]}, and its key is here again: "
        "`atalaya run` or `atalaya erase` destroys it; look for the backup it came from"
        for one in here
        if one.name in erased
    )
    return says, problems


def open_original(keeps: Keeps, name: str, reason: str, account: str, now: datetime) -> bytes:
    """Open a sealed original; the reason is in the log before a byte is given.

    Args:
        keeps: What keeps it.
        name: Its SHA-256, or enough of its first digits.
        reason: Why it is opened.
        account: Who opens it.
        now: The present moment, UTC.

    Raises:
        WrongUse: There is no such original.
        BadInput: There is no reason.
        LookAtThis: It was erased, or its key is not here.
        StopEverything: The sealed bytes or the key were changed.
    """
    one = _find(keeps.originals(), name)
    act = Act(OPENING, one.name, account, reason, now)
    erased = erased_in(keeps.entries())
    key = None if one.name in erased else keeps.vault.key(one.name)
    if key is None:
        raise LookAtThis(
            f"the original {one.name} cannot be opened: {_state(one.name, keeps.vault, erased)}",
            do="what was erased is gone for good; a key that is kept elsewhere, bring back",
        )
    _record(keeps, SignedAct(act))
    plain = key.opens(one.sealed())
    if sha256_hex(plain) != key.sha256:
        raise LookAtThis(f"{one.name} is not what was sealed", do="run `atalaya verify`")
    return plain


def true_address(keeps: Keeps, name: str) -> str:
    """Give where an original came from, which may name somebody; empty where its record says it.

    Asked only once the original was opened: the reason in the log is the reason for this, too.

    Args:
        keeps: What keeps it.
        name: Its SHA-256, or enough of its first digits.
    """
    key = keeps.vault.key(_find(keeps.originals(), name).name)
    return key.address if key else ""


def erase_original(
    keeps: Keeps, name: str, reason: str, signing: ReviewerKey, now: datetime
) -> int:
    """Erase an original: a signed decision is logged, then its key is destroyed.

    Done again after an interruption it takes no second decision, and destroys what is left.

    Returns:
        The number of the decision: its entry in the log.

    Raises:
        WrongUse: There is no such original.
        BadInput: There is no reason, or the key is not a reviewer's.
    """
    one = _find(keeps.originals(), name)
    erased = erased_in(keeps.entries())
    if one.name not in erased:
        _record(keeps, sign_act(Act(ERASURE, one.name, signing.reviewer, reason, now), signing))
        erased = erased_in(keeps.entries())
    keeps.vault.destroy(one.name)
    return erased[one.name]


def finish_erasures(keeps: Keeps) -> int:
    """Destroy the keys that a signed and logged decision says are destroyed; give how many.

    A crash between the two, or an older backup put back, leaves such a key.

    Raises:
        StopEverything: An erasure is not its reviewer's.
    """
    if not keeps.vault.folder.is_dir():
        return 0
    erased = erased_in(keeps.entries())
    with keeps.decisions() as store:
        acts = [one for one in store.acts() if one.act.kind == ERASURE]
        for problem in forged_erasures(store.reviewers(), acts):
            raise StopEverything(
                problem,
                why="no key is destroyed on the word of somebody unknown",
                do="`atalaya verify` names everything; restore the newest backup",
            )
    names = {one.act.original for one in acts} & erased.keys()
    return sum(keeps.vault.destroy(name) for name in names)


def _record(keeps: Keeps, signed: SignedAct) -> None:
    log = keeps.log()
    with keeps.decisions() as store:
        store.record_act(signed)
        log_pending(store, log)


def _state(name: str, vault: Vault, erased: dict[str, int]) -> str:
    if name in erased:
        return f"erased by decision {erased[name]}"
    return "sealed" if vault.has(name) else "sealed; its key is not here"


def _find(originals: Sequence[Original], name: str) -> Original:
    found = {one.name: one for one in originals if name and one.name.startswith(name)}
    if len(found) != 1:
        what = "no sealed original" if not found else f"{len(found)} sealed originals"
        raise WrongUse(
            f"{what}: their SHA-256 begins with {name!r}", do="`atalaya list originals` names all"
        )
    return next(iter(found.values()))
