"""Where the register and the record of sessions list a substance, beside what a text says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.model.sentences import Sentence, sentence, versions
from atalaya.promises.claims.answers import (
    Answer,
    Stated,
    Verdict,
    checks,
    cited,
    resting,
    untold,
)
from atalaya.promises.fields import Said
from atalaya.promises.sessions import Session
from atalaya.registers import substances
from atalaya.registers.entries import Scheduling, Substance
from atalaya.registers.rows import rows, shipped

KIND, PLACED = "schedule", "placed-under-control"
_SOURCE = ("source", "title", "address", "licence")
_PRINTED = re.compile(r"(?:Schedule|Table) (?P<s>IV|I{1,3})\b.*?(?P<c>1961|1971|1988)")


@dataclass(frozen=True, slots=True)
class Listed:
    """Schedules of a convention; None and empty where a text does not say which."""

    convention: str | None
    schedules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a substance.

    Args:
        entry: The substance.
        rows: Rows of the register, those that are verified where there are any.
        told: What sessions say that they decided, disputed or not.
    """

    entry: Substance
    rows: tuple[Scheduling, ...]
    told: tuple[Said, ...]

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where it stands, (convention, schedule): by the register, else by undisputed rows."""
        own = [
            (row.convention, part)
            for row in self.rows
            for part in re.findall(r"IV|I+", row.schedule)
        ]
        told = [place for one in self.told if not one.disputed and (place := place_of(one))]
        return tuple(dict.fromkeys(own or told))

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Where a page says that it stands, against the rest."""
        said = [place_of(one) for one in self.told if one.disputed]
        return tuple(dict.fromkeys(one for one in said if one and one not in self.places))

    def year(self, place: tuple[str, str]) -> int | None:
        """Give the year of the decision, None where nobody says it."""
        own = [
            r.year for r in self.rows if r.convention == place[0] and place[1] in r.schedule.split()
        ]
        told = [int(one.period[:4]) for one in self.told if one.period and place_of(one) == place]
        return next((year for year in (*own, *told) if year is not None), None)


def place_of(said: Said) -> tuple[str, str] | None:
    """Give convention and schedule that a session's row says."""
    found = _PRINTED.search(said.value)
    return (found["c"], found["s"]) if found else None


def known_of(identifier: str, sessions: Sequence[Session]) -> Known:
    """Give what register and sessions say of a substance."""
    entry = substances.load().get(identifier)
    sure = tuple(one for one in entry.schedules if one.verified)
    told = tuple(
        said
        for session in sessions
        for about in session.others
        if about.id == identifier
        for said in about.said
        if said.predicate == PLACED
    )
    return Known(entry, sure or entry.schedules, told)


@cache
def _addresses() -> Mapping[str, str]:
    """Source of a register -> its address."""
    return {row.needed("source"): row["address"] for row in rows(shipped(), "sources.csv", _SOURCE)}


def of_substance(
    stated: Stated,
    identifier: str,
    claimed: Listed,
    year: int | None,
    denied: bool,
    sessions: Sequence[Session],
) -> Answer:
    """Answer for a substance that a text puts in a schedule, or under control at all.

    Args:
        stated: Where a text does so.
        identifier: The substance.
        claimed: Where the text puts it.
        year: Since or in which year, or None.
        denied: Whether the text says that it is not there.
        sessions: The record.
    """
    known = known_of(identifier, sessions)
    places = known.places
    if not places:
        return _unknown(stated, known)
    there = [place for place in places if claimed.convention in (None, place[0])]
    holds = all(any(one == at[1] for at in there) for one in claimed.schedules) and bool(there)
    dated = {
        known.year(place)
        for place in there
        if not claimed.schedules or place[1] in claimed.schedules
    }
    late = year is not None and holds and None not in dated and year not in dated
    verdict = Verdict.AGREES if (holds and not late) is not denied else Verdict.DIFFERS
    return _answer(stated, known, verdict)


def _answer(stated: Stated, known: Known, verdict: Verdict) -> Answer:
    name = versions(**{code: known.entry.name_in(code) for code in ("en", "es")})
    listed = _listed(known.places)
    said = sentence("{name} is listed in {listed}", name=name, listed=listed)
    since = next((year for place in known.places if (year := known.year(place))), None)
    if since is not None:
        said = sentence("{said}, by a decision of {year}", said=said, year=str(since))
    safe = sentence("print: {said}", said=said)
    if known.others:
        others = _listed(known.others)
        said = sentence("{said}; another page says {other}", said=said, other=others)
        safe = sentence("{safe}; say that another page has {other}", safe=safe, other=others)
    return Answer(
        kind=KIND,
        span=stated.span,
        claimed=stated.words,
        verdict=verdict,
        found=" / ".join(str(_listed((one,))) for one in (*known.places, *known.others)),
        says=said,
        safe=safe,
        sources=(*cited(known.told), *_sources(known.rows)),
        about=known.entry.id,
        claims=resting(known.told),
        checked=(*checks(known.told), *map(_checked, known.rows)),
    )


def _listed(places: Sequence[tuple[str, str]]) -> Sentence:
    first = _one(places[0])
    for place in places[1:]:
        first = sentence("{one} and {other}", one=first, other=_one(place))
    return first


def _one(place: tuple[str, str]) -> Sentence:
    convention, schedule = place
    if convention == "1988":
        return sentence(
            "Table {schedule} of the {convention} Convention",
            schedule=schedule,
            convention=convention,
        )
    return sentence(
        "Schedule {schedule} of the {convention} Convention",
        schedule=schedule,
        convention=convention,
    )


def _sources(own: Sequence[Scheduling]) -> tuple[str, ...]:
    found = (_addresses().get(source, "") for row in own for source in row.sources)
    return tuple(dict.fromkeys(address for address in found if address.startswith("http")))


def _checked(row: Scheduling) -> str:
    how = "verified" if row.verified else "unverified"
    return (
        f"register, schedules.csv: {row.convention} {row.schedule} {row.year or ''}".rstrip()
        + f", {how}, from {' '.join(row.sources)}"
    )


def _unknown(stated: Stated, known: Known) -> Answer:
    name = versions(**{code: known.entry.name_in(code) for code in ("en", "es")})
    return untold(
        KIND,
        stated,
        sentence(
            "the register has no schedule for {name}, which does not mean that it has none",
            name=name,
        ),
        sentence(
            "look it up in the lists of the International Narcotics Control Board before printing"
        ),
        known.entry.id,
    )


def nameless(stated: Stated) -> Answer:
    """Answer for a schedule of which the register knows no substance that the sentence names."""
    return untold(
        KIND,
        stated,
        sentence("the register knows no substance that this sentence names"),
        sentence(
            "look it up in the lists of the International Narcotics Control Board before printing"
        ),
    )


def elsewhere(stated: Stated) -> Answer:
    """Answer for a State's own schedules, of which nothing is kept here."""
    return untold(
        KIND,
        stated,
        sentence(
            "the register holds the schedules of the United Nations conventions, and not "
            "those of States"
        ),
        sentence("cite the State's own law"),
    )
