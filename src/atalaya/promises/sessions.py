"""From claims to the record of a session: resolutions, votes, what followed, events, meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.numbers import number_text
from atalaya.model.records import Checked
from atalaya.promises.fields import Field, Said, pick
from atalaya.promises.resolutions import Resolution, resolution

_SESSION, _DRAFT, _EVENT, _MEETINGS = "session", "draft", "event", "meetings"


@dataclass(frozen=True, slots=True)
class Event:
    """A side event: its title, organisers, co-hosts in their order, and how many came."""

    id: str
    title: Field
    organiser: Field
    co_hosts: Field
    attendance: Field


@dataclass(frozen=True, slots=True)
class About:
    """Everything said of one other subject of a session, such as its meetings or a substance.

    Args:
        id: Identifier of the subject.
        said: What is said, in the order of the source.
    """

    id: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its sources record it.

    Args:
        id: Identifier, such as ``session:cnd68``.
        sources: Slugs of the sources that speak of the session itself.
        facts: Everything said of the session itself; ``fact`` gives one property of it.
        resolutions: Ordered by identifier.
        events: Side events, ordered by identifier.
        others: What is said of other subjects: meetings, achievements, scheduled substances.
    """

    id: str
    sources: tuple[str, ...]
    facts: tuple[Said, ...]
    resolutions: tuple[Resolution, ...]
    events: tuple[Event, ...]
    others: tuple[About, ...]

    def fact(self, predicate: str, *, several: bool = False) -> Field:
        """Give one property of the session, unknown when nobody says it."""
        return pick(self.facts, predicate, several=several)

    def everything(self) -> Iterator[tuple[Resolution | None, Said]]:
        """Give all that the record says, each with the resolution it is said of, or None."""
        yield from ((None, said) for said in self.facts)
        for one in self.resolutions:
            yield from ((one, said) for _, field in one.properties() for said in field.said)
        for event in self.events:
            for field in (event.title, event.organiser, event.co_hosts, event.attendance):
                yield from ((None, said) for said in field.said)
        for other in self.others:
            yield from ((None, said) for said in other.said)


SaidOf = tuple[Session, Resolution | None, Said]


def by_place(sessions: Sequence[Session]) -> Mapping[str, Sequence[SaidOf]]:
    """Give territory -> all that names it, with its session and the resolution it is of."""
    found: dict[str, list[SaidOf]] = defaultdict(list)
    for session in sessions:
        for one, said in session.everything():
            if said.territory:
                found[said.territory].append((session, one, said))
    return found


def spoken(claims: pa.Table) -> pa.Table:
    """Give the claims that a record may rest on, which are few among all."""
    return claims.filter(pc.or_(_of_speakers(claims), _of_record(claims)))


def record(claims: pa.Table) -> tuple[Session, ...]:
    """Give the record of every session that claims speak of.

    What is called after a session (``draft:cnd68-l6`` after ``session:cnd68``) belongs to it,
    whoever says it. Anything else that a source says belongs to the sessions it speaks of.

    Args:
        claims: Claims with the schema CLAIMS.

    Returns:
        Sessions, ordered by identifier. No claim of a source that speaks of one is left out.
    """
    some = spoken(claims)
    about = some.filter(pc.starts_with(some["subject"], f"{_SESSION}:"))
    speaking: dict[str, set[str]] = defaultdict(set)
    for row in about.group_by(["subject", "source"]).aggregate([]).to_pylist():
        speaking[row["subject"]].add(row["source"])
    keys = sorted((name.partition(":")[2] for name in speaking), key=len, reverse=True)
    owners = {name: _owner(name, keys) for name in pc.unique(some["subject"]).to_pylist()}
    return tuple(_session(name, speaking[name], some, owners) for name in sorted(speaking))


def _of_speakers(claims: pa.Table) -> pa.Array:
    speaks = pc.starts_with(claims["subject"], f"{_SESSION}:")
    return pc.is_in(claims["source"], value_set=pc.unique(claims.filter(speaks)["source"]))


def _of_record(claims: pa.Table) -> pa.Array:
    pattern = f"^({_DRAFT}|{_EVENT}|{_MEETINGS}):"
    return pc.match_substring_regex(claims["subject"], pattern)


def _owner(subject: str, keys: Sequence[str]) -> str | None:
    """Give the session that a subject is called after: the one with the longest key."""
    rest = subject.partition(":")[2]
    found = next((key for key in keys if rest == key or rest.startswith(f"{key}-")), None)
    return None if found is None else f"{_SESSION}:{found}"


def _session(
    name: str, sources: set[str], claims: pa.Table, owners: Mapping[str, str | None]
) -> Session:
    mine = [subject for subject, owner in owners.items() if owner == name]
    free = [subject for subject, owner in owners.items() if owner is None]
    subject, source = claims["subject"], claims["source"]
    said_by = pc.is_in(source, value_set=pa.array(sorted(sources), pa.string()))
    of_mine = pc.is_in(subject, value_set=pa.array(mine, pa.string()))
    of_free = pc.is_in(subject, value_set=pa.array(free, pa.string()))
    own = claims.filter(pc.or_(of_mine, pc.and_(said_by, of_free)))
    subjects = _by_subject(own.sort_by([("document", "ascending"), ("start", "ascending")]))
    facts = subjects.pop(name, ())
    drafts = {one: said for one, said in subjects.items() if one.startswith(f"{_DRAFT}:")}
    events = {one: said for one, said in subjects.items() if one.startswith(f"{_EVENT}:")}
    others = {one: subjects[one] for one in subjects.keys() - drafts.keys() - events.keys()}
    return Session(
        id=name,
        sources=tuple(sorted(sources)),
        facts=facts,
        resolutions=tuple(resolution(one, said) for one, said in sorted(drafts.items())),
        events=tuple(_event(one, said) for one, said in sorted(events.items())),
        others=tuple(About(one, said) for one, said in sorted(others.items())),
    )


def _event(name: str, said: Sequence[Said]) -> Event:
    return Event(
        id=name,
        title=pick(said, "title"),
        organiser=pick(said, "organiser", several=True),
        co_hosts=pick(said, "co-host", several=True),
        attendance=pick(said, "attendance"),
    )


def _by_subject(claims: pa.Table) -> dict[str, tuple[Said, ...]]:
    """Bring the notes of a row to the claim that they are about."""
    rows: dict[tuple[str, str, str, int], list[Mapping[str, object]]] = defaultdict(list)
    for claim in claims.to_pylist():
        predicate, _, _ = claim["predicate"].partition("@")
        rows[claim["subject"], claim["document"], predicate, claim["start"]].append(claim)
    subjects: dict[str, list[Said]] = defaultdict(list)
    for (subject, _, _, _), together in rows.items():
        main = [claim for claim in together if "@" not in str(claim["predicate"])]
        notes = [claim for claim in together if "@" in str(claim["predicate"])]
        for claim in main or notes:
            subjects[subject].append(_said(claim, notes if main else ()))
    return {subject: tuple(said) for subject, said in subjects.items()}


def _said(claim: Mapping[str, object], notes: Sequence[Mapping[str, object]]) -> Said:
    number = claim["value"] if isinstance(claim["value"], float) else None
    spoken = claim["text"]
    return Said(
        predicate=str(claim["predicate"]),
        value=number_text(number) if spoken is None and number is not None else str(spoken),
        number=number,
        unit=_or_none(claim["unit"]),
        territory=_or_none(claim["territory"]),
        period=_or_none(claim["period"]),
        cites=_or_none(claim["cites"]),
        checked=Checked(str(claim["checked"])),
        how_checked=str(claim["how_checked"]),
        notes={str(note["predicate"]).partition("@")[2]: str(note["text"]) for note in notes},
        claims=tuple(str(one["id"]) for one in (claim, *notes)),
        quote=str(claim["quote"] or ""),
    )


def _or_none(value: object) -> str | None:
    return None if value is None else str(value)
