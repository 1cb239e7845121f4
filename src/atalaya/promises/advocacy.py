"""The log of advocacy: which State was met, and how it voted on each text of that session.

That a State was met and then voted one way says nothing of why. So each row says whether the
meeting came before the vote, and `not said` where the record has no day for one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id
from atalaya.model.periods import Period
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import About, Session

_MEETINGS, _MET, _TOPIC = "meetings:", "met-", "topic-with"
_STATES = "governments"  # what a meeting with States is about: `topic-with-governments`


class Order(StrEnum):
    """Whether a meeting came before a vote."""

    BEFORE = "before the vote"
    AFTER = "after the vote"
    NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Contact:
    """A meeting with a State, beside that State's vote on one text.

    Args:
        session: Identifier of the session.
        meeting: What says that they met.
        purpose: What such meetings were about, as the record says.
        resolution: The text; None where no vote of that State is on record.
        vote: How the State voted on it, likewise.
    """

    session: str
    meeting: Said
    purpose: tuple[Said, ...]
    resolution: Resolution | None
    vote: Said | None

    @property
    def order(self) -> Order | None:
        """Whether the meeting came first; None where there is no vote."""
        if self.vote is None:
            return None
        met, voted = _period(self.meeting.period), _period(self.vote.period)
        if met is None or voted is None:
            return Order.NOT_SAID
        if met.end < voted.start:
            return Order.BEFORE
        return Order.AFTER if voted.end < met.start else Order.NOT_SAID

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it rests on, the meeting's first."""
        rows = (self.meeting, *self.purpose, *((self.vote,) if self.vote else ()))
        return tuple(claim for one in rows for claim in one.claims)


def contacts(sessions: Iterable[Session]) -> tuple[Contact, ...]:
    """Give every meeting with a State with each vote of that State in the same session.

    A State that was met and whose vote nobody recorded has one row without a vote.
    """
    return tuple(one for session in sessions for one in _contacts(session))


def _contacts(session: Session) -> Iterator[Contact]:
    votes = _votes(session)
    for other in session.others:
        if not other.id.startswith(_MEETINGS):
            continue
        purpose = _purpose(other)
        for met in other.said:
            if met.predicate.startswith(_MET) and met.territory:
                for resolution, vote in votes.get(met.territory, ((None, None),)):
                    yield Contact(session.id, met, purpose, resolution, vote)


def _votes(session: Session) -> dict[str, list[tuple[Resolution, Said]]]:
    found: dict[str, list[tuple[Resolution, Said]]] = {}
    for one in session.resolutions:
        for tally in one.tallies:
            for said in tally.named:
                if said.territory:
                    found.setdefault(said.territory, []).append((one, said))
    return found


def _purpose(meetings: About) -> tuple[Said, ...]:
    topics = [one for one in meetings.said if one.predicate.startswith(_TOPIC)]
    own = tuple(one for one in topics if one.predicate.endswith(_STATES))
    return own or tuple(topics)


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except BadInput:
        return None


_text = pa.string()
# ``met`` and ``voted`` are days, months or years, empty where the record does not say.
ADVOCACY = pa.schema(
    [
        pa.field("id", _text, nullable=False),
        pa.field("session", _text, nullable=False),
        pa.field("territory", _text, nullable=False),
        pa.field("met", _text),
        pa.field("purpose", _text),
        pa.field("resolution", _text),
        pa.field("symbol", _text),
        pa.field("vote", _text),
        pa.field("voted", _text),
        pa.field("order", _text),
        pa.field("claims", pa.list_(_text), nullable=False),
    ]
)


def advocacy_table(found: Iterable[Contact]) -> pa.Table:
    """Give the release table of the log of advocacy.

    Args:
        found: From ``contacts``.

    Returns:
        Rows with the schema ADVOCACY, in their order.
    """
    rows = []
    for one in found:
        row: dict[str, object] = {
            "session": one.session,
            "territory": one.meeting.territory,
            "met": one.meeting.period,
            "purpose": "; ".join(said.value for said in one.purpose) or None,
            "resolution": one.resolution.id if one.resolution else None,
            "symbol": one.resolution.symbol if one.resolution else None,
            "vote": one.vote.value if one.vote else None,
            "voted": one.vote.period if one.vote else None,
            "order": str(one.order) if one.order else None,
            "claims": list(one.claims),
        }
        rows.append({"id": record_id("contact", row), **row})
    return pa.Table.from_pylist(rows, schema=ADVOCACY)
