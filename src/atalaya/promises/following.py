"""What is followed: every ask, resolution and session, with what dated evidence says became of it.

A row of the record bears on an ask by its notes: ``ask`` (the asks' positions, joined by ``;``) and
``bears`` (see ``asks.Bears``). What was looked for has the predicate ``looked-for`` and the notes
``where``, ``since`` and ``found``; only a search that found ``nothing`` is a ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.model.records import Checked
from atalaya.promises.asks import Evidence, Search, funding, standing
from atalaya.promises.asks.standing import Bears, Funding, Standing, Status
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session

LOOKED_FOR = "looked-for"
_NOTHING = "nothing"
_DAYS = {"opened-on": Bears.UNDER_WAY, "closed-on": Bears.DONE}  # of a session


class Kind(StrEnum):
    """What may be followed."""

    ASK = "ask"
    RESOLUTION = "resolution"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is followed.

    Args:
        key: Last part of its address: ``cnd68-l6-3``, ``cnd68-l6`` or ``cnd68``.
        kind: What it is.
        session: Identifier of the session whose record it stands in.
        resolution: The resolution it belongs to; None for a session.
        n: Position of the ask in its resolution, from 1.
        asks: What is asked; None for a resolution or session.
        standing: What verified evidence and searches say became of it; of a resolution, where
            nothing is said of the whole, what became of its asks together.
        funding: Whether money came.
        bearing: Rows that bear on it: evidence and searches, also those that were not checked and
            therefore move nothing.
        sides: The same ask as other pages have it; none of them is chosen.
    """

    key: str
    kind: Kind
    session: str
    resolution: Resolution | None
    n: int | None
    asks: Said | None
    standing: Standing
    funding: Funding
    bearing: tuple[Said, ...]
    sides: tuple[Said, ...] = ()

    @property
    def told(self) -> tuple[Said, ...]:
        """The ask as each page has it; empty for a resolution or session."""
        return () if self.asks is None else (self.asks, *self.sides)

    @property
    def of_whom(self) -> str | None:
        """Who is asked, as the source says it."""
        return self._noted("of-whom")

    @property
    def money(self) -> str | None:
        """What the text says of money, such as ``extrabudgetary``."""
        return self._noted("money")

    @property
    def dates(self) -> tuple[Period, ...]:
        """By when it is due, earliest first; several where pages differ, none where no date is."""
        found = {one for said in self.told if (one := due(said)) is not None}
        return tuple(sorted(found, key=lambda one: (one.end, one.start)))

    @property
    def by(self) -> Period | None:
        """By when it is due, or None where no date is set or pages differ on it."""
        return self.dates[0] if len(self.dates) == 1 else None

    @property
    def terms(self) -> tuple[str, ...]:
        """What else the text says of when, such as ``session 70`` or ``annually``."""
        return tuple(dict.fromkeys(one for said in self.told for one in terms(said)))

    def overdue(self, day: date) -> bool:
        """Whether it was due before a day and no verified evidence says that it was done.

        Where pages differ on the date, the last of them must have passed.
        """
        late = bool(self.dates) and self.dates[-1].end < day
        return late and self.standing.status is not Status.DONE

    def _noted(self, name: str) -> str | None:
        found = dict.fromkeys(one.notes[name] for one in self.told if one.notes.get(name))
        return "; ".join(found) or None


def matters(sessions: Iterable[Session], as_of: str | None = None) -> tuple[Matter, ...]:
    """Give everything that is followed.

    Args:
        sessions: From ``promises.record``.
        as_of: The last day or month that counts, or None.

    Returns:
        By session: the session, then each resolution with its asks.
    """
    return tuple(one for session in sessions for one in _of_session(session, as_of))


def due(said: Said) -> Period | None:
    """Give the date that a row of an ask sets, or None."""
    return next((found for one in _by(said) if (found := _period(one))), None)


def terms(said: Said) -> tuple[str, ...]:
    """Give what a row of an ask says of when that is no date."""
    return tuple(one for one in _by(said) if _period(one) is None)


def _by(said: Said) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in said.notes.get("by", "").split(";"))))


def positions(said: Said) -> frozenset[str]:
    """Give the asks that a row bears on; empty for one that bears on the whole."""
    return frozenset(filter(None, (one.strip() for one in said.notes.get("ask", "").split(";"))))


def _of_session(session: Session, as_of: str | None) -> Iterator[Matter]:
    key = session.id.partition(":")[2]
    yield _matter(key, Kind.SESSION, session, None, None, (session.facts, as_of))
    for one in session.resolutions:
        name = one.id.partition(":")[2]
        rows = (*one.follow_up.said, *one.looked_for.said)
        asks = []
        for n, (place, told) in enumerate(_placed(one).items(), 1):
            own = [said for said in rows if place in positions(said)]
            ask = (n, told[0])
            found = _matter(f"{name}-{place}", Kind.ASK, session, one, ask, (own, as_of))
            asks.append(replace(found, sides=tuple(told[1:])))
        whole = [said for said in rows if not positions(said)]
        text = _matter(name, Kind.RESOLUTION, session, one, None, (whole, as_of))
        yield text if text.standing.status is not Status.UNKNOWN else _added_up(text, asks)
        yield from asks


def _placed(one: Resolution) -> dict[str, list[Said]]:
    """Give the rows of each ask by its position: two of one position are two sides of one ask."""
    found: dict[str, list[Said]] = {}
    for n, ask in enumerate(one.asks.said, 1):
        found.setdefault(ask.notes.get("position", str(n)), []).append(ask)
    return found


def _added_up(text: Matter, asks: Sequence[Matter]) -> Matter:
    """Give a text of whose whole nothing is said the standing that its asks have together."""
    said = {one.standing.status for one in asks}
    if not said - {Status.UNKNOWN}:
        return text
    if said == {Status.DONE}:
        status = Status.DONE
    elif said <= {Status.NOTHING_FOUND, Status.UNKNOWN}:
        status = Status.NOTHING_FOUND
    elif Status.CONTRADICTED in said:
        status = Status.CONTRADICTED
    else:
        status = Status.UNDER_WAY
    evidence = {one: None for ask in asks for one in ask.standing.evidence}
    searches = {one: None for ask in asks for one in ask.standing.searches}
    return replace(
        text,
        standing=Standing(
            status,
            tuple(sorted(evidence, key=lambda one: (one.when, one.cites))),
            tuple(sorted(searches, key=lambda one: one.on)),
        ),
    )


def _matter(
    key: str,
    kind: Kind,
    session: Session,
    resolution: Resolution | None,
    ask: tuple[int, Said] | None,
    grounds: tuple[Sequence[Said], str | None],
) -> Matter:
    rows, as_of = grounds
    bearing = tuple(one for one in rows if _bears(one) or one.predicate == LOOKED_FOR)
    checked = [one for one in bearing if one.checked is Checked.VERIFIED]
    evidence = [made for one in checked if (made := _evidence(one))]
    searches = [found for one in checked if (found := _search(one))]
    return Matter(
        key=key,
        kind=kind,
        session=session.id,
        resolution=resolution,
        n=ask[0] if ask else None,
        asks=ask[1] if ask else None,
        standing=standing(evidence, searches, as_of),
        funding=funding(evidence, as_of),
        bearing=bearing,
    )


def _bears(said: Said) -> Bears | None:
    """What a row says of it; a word that is none of the known ones says nothing."""
    if said.predicate in _DAYS:
        return _DAYS[said.predicate]
    word = said.notes.get("bears", "")
    return Bears(word) if word in list(Bears) else None


def _evidence(said: Said) -> Evidence | None:
    """Give a row as evidence; without a date it is none."""
    bears = _bears(said)
    if bears is None or _period(said.period) is None:
        return None
    return Evidence(str(said.period), bears, said.value, said.cites or "", said.claims)


def _search(said: Said) -> Search | None:
    """Give a row as a search that found nothing; without its day or its start it is none."""
    if said.predicate != LOOKED_FOR or said.notes.get("found", _NOTHING) != _NOTHING:
        return None
    since = said.notes.get("since")
    if _period(said.period) is None or _period(since) is None:
        return None
    return Search(str(said.period), said.notes.get("where", ""), said.value, str(since))


def _period(text: str | None) -> Period | None:
    """Read a date; a text that is none, which a source may hold, is no date."""
    try:
        return Period.parse(text) if text else None
    except BadInput:
        return None
