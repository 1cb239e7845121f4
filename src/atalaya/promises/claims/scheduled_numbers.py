"""Claims about how many substances were put under control, or into one schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.model.sentences import sentence, versions
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Stated,
    Verdict,
    checks,
    cited,
    resting,
    untold,
)
from atalaya.promises.claims.listing import PLACED, Listed, known_of, place_of
from atalaya.promises.fields import Said
from atalaya.promises.sessions import Session
from atalaya.registers import substances

_KIND, _MANY = "number-scheduled", "substances-placed-under-control"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of substances that a text says were put under control.

    Args:
        number: How many.
        what: The word for them: substances, nitazenes, opioids.
        claimed: Into which schedule, where the text says so.
        year: In which year, or None.
    """

    number: int
    what: str
    claimed: Listed
    year: int | None


@cache
def families() -> Mapping[str, frozenset[str]]:
    """Words for a family of substances -> the families' slugs, in the languages of the texts."""
    found: dict[str, frozenset[str]] = {}
    for one in substances.load().families.values():
        for name in (one.name, one.name_es):
            found[name.lower()] = frozenset({one.slug})
    told = words.said()["families"]
    for group, names in told["words"].items():
        found |= dict.fromkeys(names, frozenset(told["members"][group]))
    return found


def of_number(stated: Stated, told: Counted, sessions: Sequence[Session]) -> Iterator[Answer]:
    """Answer for how many substances a session put under control, or into one schedule."""
    held = [one for one in sessions if one.fact(_MANY).said and _in(one, told.year)]
    if len(held) != 1:
        if sessions:
            yield untold(
                _KIND,
                stated,
                sentence("no session of the record is known to have decided this then"),
                sentence("say which session of the Commission decided it, and cite its record"),
            )
        return
    session = held[0]
    if families().get(told.what.lower()) is None and not told.claimed.schedules:
        said = session.fact(_MANY).said
        yield _many(stated, told.number, int(said[0].number or 0), said, session)
        return
    rows = [
        (about.id, one)
        for about in session.others
        for one in about.said
        if one.predicate == PLACED and _meant(about.id, one, told, sessions)
    ]
    ours = len({name for name, _ in rows})
    yield _many(stated, told.number, ours, [one for _, one in rows], session)


def _in(session: Session, year: int | None) -> bool:
    said = [*session.fact("opened-on").said, *session.fact(_MANY).said]
    when = {str(one.value)[:4] for one in said} | {(one.period or "")[:4] for one in said}
    return year is None or str(year) in when


def _meant(identifier: str, said: Said, told: Counted, sessions: Sequence[Session]) -> bool:
    known = known_of(identifier, sessions)
    place = place_of(said)
    kinds = families().get(told.what.lower())
    if place not in known.places or (kinds is not None and known.entry.family not in kinds):
        return False
    claimed = told.claimed
    asked = claimed.convention in (None, place[0])
    return asked and (not claimed.schedules or place[1] in claimed.schedules)


def _many(stated: Stated, number: int, ours: int, said: Sequence[Said], session: Session) -> Answer:
    name = session.fact("name").said
    of = versions(name[0].value, es=name[0].words("es")) if name else session.id
    return Answer(
        kind=_KIND,
        span=stated.span,
        claimed=stated.words,
        verdict=Verdict.AGREES if number == ours else Verdict.DIFFERS,
        found=str(ours),
        says=sentence("sources say {number} ({session})", number=ours, session=of),
        safe=sentence("print {number}, with the session and its record", number=ours),
        sources=cited(said),
        about=session.id,
        claims=resting(said),
        checked=checks(said),
    )
