"""Addresses that gave nothing, as the log remembers them until they answer again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from atalaya.evidence.log import Log
from atalaya.model.errors import AtalayaError, Place, TryLater
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import DATED, Issue
from atalaya.model.sentences import sentence, sentence_of

_FAILED = "fetch-failed"
_ANSWERED = "fetch-answered"
_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that gave nothing, as the log remembers it.

    Args:
        source: Slug of the source.
        address: The address.
        says: What happened.
        do: The remedy.
        later: Whether it may work another time by itself.
        listing: Address of the listing that names the address, or empty.
        since: When the log has it, UTC; what it says is the same at any time.
    """

    source: str
    address: str
    says: str
    do: str
    later: bool
    listing: str = ""
    since: datetime = field(default=_BEGINNING, compare=False)

    def leaf(self, at: datetime) -> dict[str, Any]:
        """What the log commits to: a failure is evidence too."""
        made_of = self.issue().parameters
        return {
            "type": _FAILED,
            "source": self.source,
            "address": self.address,
            "says": str(self.says),
            "do": str(self.do),
            "later": self.later,
            "at": at.strftime(DATED),
        } | {
            name: told
            for name, told in (("listing", self.listing), ("parameters", made_of))
            if told
        }

    def issue(self) -> Issue:
        """What is published of it."""
        return Issue(
            kind="fetch-later" if self.later else "fetch-refused",
            says=self.says,
            step="fetch",
            source=self.source,
            where=Place(self.address),
            do=self.do,
        )


def failures_in(entries: Iterable[bytes]) -> tuple[Failure, ...]:
    """Give the failures that still stand: those after which no capture of the address came.

    Args:
        entries: The entries of the log, in order.
    """
    standing: dict[tuple[str, str], Failure] = {}
    for entry in entries:
        said = json.loads(entry)
        kind = said.get("type") if isinstance(said, dict) else None
        if kind == _FAILED:
            standing[said["source"], said["address"]] = _failure(said)
        elif kind in {"capture", _ANSWERED}:
            standing.pop((said["source"], said["address"]), None)
    return tuple(standing[key] for key in sorted(standing))


def _failure(said: Mapping[str, Any]) -> Failure:
    made_of = json.loads(said.get("parameters") or "{}")
    return Failure(
        source=said["source"],
        address=said["address"],
        says=sentence_of(said["says"], made_of.get("says")),
        do=sentence_of(said["do"], made_of.get("do")),
        later=said["later"],
        listing=said.get("listing", ""),
        since=datetime.strptime(said["at"], DATED).replace(tzinfo=UTC),
    )


def log_failures(
    failures: Sequence[Failure], answered: Collection[tuple[str, str]], log: Log, now: datetime
) -> None:
    """Log failures that are new, and answers that end one without a new capture.

    Args:
        failures: What failed.
        answered: Source and address of what answered, or is no longer listed.
        log: The log.
        now: The present moment, UTC.
    """
    standing = set(failures_in(log.reader().entries()))
    leaves = [failure.leaf(now) for failure in failures if failure not in standing]
    leaves += [
        {"type": _ANSWERED, "source": one.source, "address": one.address}
        for one in sorted(standing, key=lambda one: (one.source, one.address))
        if (one.source, one.address) in answered
    ]
    if leaves:
        log.append([canonical_json(leaf) for leaf in leaves])


def failed(source: str, address: str, error: AtalayaError, *, listing: str = "") -> Failure:
    """Say what happened to an address, as its error says it."""
    return Failure(source, address, error.what, error.do, isinstance(error, TryLater), listing)


def failed_item(source: str, name: str, error: AtalayaError, *, listing: str) -> Failure:
    """Say what happened to an item that may name a private person, in words that name nobody.

    The error's own words may hold its address.
    """
    if isinstance(error, TryLater):
        says = sentence("an item of the listing did not answer, or asked to wait")
        do = sentence("nothing now: the next run asks again")
    else:
        says = sentence("an item of the listing gave no document of a declared kind")
        do = sentence(
            "nothing, if the publisher took it back; else correct item_types or links in "
            "source.toml"
        )
    return Failure(source, name, says, do, isinstance(error, TryLater), listing)
