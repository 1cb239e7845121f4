"""The store's tables, and how decisions and reviewers lie in their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from atalaya.findings.originals import Act, SignedAct
from atalaya.findings.reinstatements import Reinstatement, SignedReinstatement
from atalaya.findings.retractions import Retraction, SignedRetraction
from atalaya.findings.reviewers import Reviewer, SignedDecision, Vouching
from atalaya.findings.states import Action, Decision
from atalaya.model.commitments import salted_commitment
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json

_METADATA = sa.MetaData()
REVIEWERS = sa.Table(
    "reviewers",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
)
DECISIONS = sa.Table(
    "decisions",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(40), nullable=False, unique=True),
    sa.Column("signal", sa.String(40), nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("vouching", sa.Text, nullable=True),
    sa.Column("salt", sa.String(64), nullable=True),
)
ORIGINALS = sa.Table(
    "originals",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=True),
    sa.Column("salt", sa.String(64), nullable=False),
)
RETRACTIONS = sa.Table(
    "retractions",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("salt", sa.String(64), nullable=False),
)
REINSTATEMENTS = sa.Table(
    "reinstatements",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("retraction", sa.String(40), nullable=False, unique=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("salt", sa.String(64), nullable=False),
)
LOGGED = sa.Table(
    "logged",
    _METADATA,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("log_index", sa.BigInteger, nullable=False),
)
SENT = sa.Table(
    "sent",
    _METADATA,
    sa.Column("notice", sa.String(40), primary_key=True),
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("recipient", sa.String(2000), primary_key=True),
    sa.Column("at", sa.String(20), nullable=False),
)


def text_of(content: dict[str, Any]) -> str:
    """Write what was decided as one line of JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def vouching_text(vouching: Vouching | None) -> str | None:
    """Write a vouching with its signature, or None."""
    if vouching is None:
        return None
    said = Vouching.content(vouching.reviewer, vouching.session_key, vouching.until)
    return text_of(said | {"signature": vouching.signature})


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def reviewers_in(connection: sa.Connection) -> Iterator[Reviewer]:
    """Give the reviewers as recorded, oldest first."""
    for row in connection.execute(sa.select(REVIEWERS).order_by(REVIEWERS.c.seq)):
        said = json.loads(row.content)
        removed = said["removed_at"]
        yield Reviewer(
            name=said["name"],
            public_key=said["public_key"],
            added_at=_moment(said["added_at"]),
            removed_at=_moment(removed) if removed else None,
        )


def reviewer_in(connection: sa.Connection, name: str) -> Reviewer:
    """Give a reviewer as last recorded, or refuse a name that is nobody's."""
    by = {one.id: one for one in reviewers_in(connection)}.get(name)
    if by is None:
        raise BadInput(
            f"{name} is not a reviewer of this observatory",
            do="`atalaya reviewer list` shows who is; `atalaya reviewer add` adds one",
        )
    return by


def decisions_in(connection: sa.Connection, signal: str | None) -> Iterator[SignedDecision]:
    """Give the decisions, of one signal or of all, oldest first."""
    wanted = sa.select(DECISIONS).order_by(DECISIONS.c.seq)
    if signal is not None:
        wanted = wanted.where(DECISIONS.c.signal == signal)
    for row in connection.execute(wanted):
        said = json.loads(row.content)
        yield SignedDecision(
            Decision(
                signal=said["signal"],
                action=Action(said["action"]),
                reviewer=said["reviewer"],
                reason=said["reason"],
                decided_at=_moment(said["decided_at"]),
                verdict=said["verdict"],
                advice=said["advice"],
                expires=date.fromisoformat(said["expires"]) if said["expires"] else None,
                alert=said.get("alert"),
                persons=said.get("persons", 1),
                of=said.get("of"),
            ),
            row.signature,
            _vouching(row.vouching),
        )


def _vouching(text: str | None) -> Vouching | None:
    if text is None:
        return None
    said = json.loads(text)
    return Vouching(
        said["reviewer"], said["session_key"], _moment(said["until"]), said["signature"]
    )


def reviewer_leaf(row: Any) -> dict[str, Any]:
    """Give what the log commits to for a row of reviewers."""
    leaf: dict[str, Any] = json.loads(row.content)
    return leaf


def decision_leaf(row: Any) -> dict[str, Any]:
    """Give what the log commits to for a row of decisions.

    The log may be read by anybody. Who did what to which signal when stands there; the reason,
    which is free text, and the verdict, whose identifier is a test of any guess at a hidden count,
    only under a salt. Rows older than salts keep the form in which they were logged.
    """
    vouching = json.loads(row.vouching) if row.vouching else None
    content: dict[str, Any] = json.loads(row.content)
    whole = content | {"signature": row.signature, "vouching": vouching}
    if row.salt is None:
        return whole
    shown = ("type", "signal", "action", "reviewer", "decided_at")
    return _committed(whole, row.salt, shown)


def act_leaf(row: Any) -> dict[str, Any]:
    """Give what the log commits to for a row of acts on originals; its reason only salted."""
    whole = json.loads(row.content) | {"signature": row.signature}
    return _committed(whole, row.salt, ("type", "original", "decided_at"))


def retraction_leaf(row: Any) -> dict[str, Any]:
    """Give what the log commits to for a retraction.

    What was retracted, why, and which signals rested on it stand under a salt: a document's hash
    and a claim's figure are tests of any guess at a hidden count.
    """
    whole = json.loads(row.content) | {"signature": row.signature}
    return _committed(whole, row.salt, ("type", "reviewer", "decided_at"))


def reinstatement_leaf(row: Any) -> dict[str, Any]:
    """Give what the log commits to for a reinstatement; what it takes back only salted."""
    return retraction_leaf(row)


def _committed(whole: dict[str, Any], salt: str, shown: tuple[str, ...]) -> dict[str, Any]:
    committed = salted_commitment(bytes.fromhex(salt), canonical_json(whole))
    return {name: whole[name] for name in shown} | {"content": committed}


def acts_in(connection: sa.Connection) -> Iterator[SignedAct]:
    """Give the acts on sealed originals, oldest first."""
    for row in connection.execute(sa.select(ORIGINALS).order_by(ORIGINALS.c.seq)):
        said = json.loads(row.content)
        at = _moment(said["decided_at"])
        act = Act(said["type"], said["original"], said["reviewer"], said["reason"], at)
        yield SignedAct(act, row.signature)


def retractions_in(connection: sa.Connection) -> Iterator[SignedRetraction]:
    """Give the retractions, oldest first."""
    for row in connection.execute(sa.select(RETRACTIONS).order_by(RETRACTIONS.c.seq)):
        said = json.loads(row.content)
        yield SignedRetraction(Retraction.of(said, _moment(said["decided_at"])), row.signature)


def reinstatements_in(connection: sa.Connection) -> Iterator[SignedReinstatement]:
    """Give the reinstatements, oldest first."""
    for row in connection.execute(sa.select(REINSTATEMENTS).order_by(REINSTATEMENTS.c.seq)):
        said = json.loads(row.content)
        taken = Reinstatement.of(said, _moment(said["decided_at"]))
        yield SignedReinstatement(taken, row.signature)
