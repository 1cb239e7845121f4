"""States and bodies as a release has them: found by printed name, with whom they hold events.

Only this module knows the columns of ``organisations``, ``organisation_names`` and ``cohosting``. A
release from before these tables knows no bodies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from atalaya.model.sentences import sentence_of
from atalaya.promises.fields import Said
from atalaya.promises.named import Mention, mentions, state_of
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row

STATE = "state"


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name under which a body is printed.

    Args:
        text: As printed.
        times: How often.
        confidence: That it is this body's, from 0 to 1; None for a State, which has a code.
        because: Why, a sentence that remembers what it is made of.
        reference: The row, for ``why``.
    """

    text: str
    times: int
    confidence: float | None
    because: str
    reference: str


@dataclass(frozen=True, slots=True)
class Partner:
    """With whom a body holds events; ``of``: how many events either held."""

    body: str
    together: int
    of: int
    events: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A State or body with its figures.

    Args:
        id: Identifier.
        name: What it is called; a State in English.
        state: Whether it is a State.
        country: Code of its country, where a name or the register says it.
        names: Under which it is printed, the most frequent first.
        held: Events it organised or co-hosted.
        on_record: Events altogether: the denominator.
        as_organiser: Those it organised.
        as_cohost: Those it co-hosted only.
        sponsored: Drafts it sponsored.
        met: Rows that say it was met.
        events: Identifiers of its events.
        reference: The row, for ``why``: a colon and a column after it name the cell.
    """

    id: str
    name: str
    state: bool
    country: str | None
    names: tuple[BodyName, ...]
    held: int
    on_record: int
    as_organiser: int
    as_cohost: int
    sponsored: int
    met: int
    events: tuple[str, ...]
    reference: str

    @property
    def key(self) -> str:
        """Last part of its page's address."""
        return self.id.replace(":", "-") if self.state else self.id.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of one release.

    Args:
        found: Identifier -> body, those with most events first.
        partners: Identifier -> with whom it holds events, most together first.
        mentions: Identifier -> every place of the record that names it.
        ids: Name as printed -> identifier.
    """

    found: Mapping[str, BodyFacts]
    partners: Mapping[str, tuple[Partner, ...]]
    mentions: Mapping[str, tuple[Mention, ...]]
    ids: Mapping[str, str]

    def of(self, said: Said) -> BodyFacts | None:
        """Give the State or body that a row names by its value, or None."""
        return self.found.get(state_of(said) or self.ids.get(said.value, ""))


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def bodies_of(edition: Edition) -> Bodies:
    """Index the bodies of a release."""
    known = edition.release.tables
    if not {"organisations", "organisation_names", "cohosting"} <= set(known):
        return Bodies({}, {}, {}, {})
    names: dict[str, list[BodyName]] = {}
    ids: dict[str, str] = {}
    for row in edition.rows("organisation_names"):
        names.setdefault(row["organisation"], []).append(_name(row))
        ids[row["name"]] = row["organisation"]
    rows = edition.rows("organisations")
    found = {row["id"]: _body(row, tuple(names.get(row["id"], ()))) for row in rows}
    partners: dict[str, list[Partner]] = {one: [] for one in found}
    for row in edition.rows("cohosting"):
        partners[row["one"]].append(_partner(row, row["other"]))
        partners[row["other"]].append(_partner(row, row["one"]))
    said: dict[str, list[Mention]] = {one: [] for one in found}
    for mention in mentions(edition.sessions):
        body = mention.territory or ids.get(mention.name)
        if body in said:
            said[body].append(mention)
    return Bodies(
        found,
        {one: tuple(each) for one, each in partners.items()},
        {one: tuple(each) for one, each in said.items()},
        ids,
    )


def _name(row: Row) -> BodyName:
    made_of = json.loads(row["parameters"]) if row["parameters"] else None
    return BodyName(
        text=row["name"],
        times=row["times"],
        confidence=row["confidence"],
        because=sentence_of(row["because"], made_of),
        reference=f"organisation_names.csv:{row['row']}",
    )


def _body(row: Row, names: tuple[BodyName, ...]) -> BodyFacts:
    figures = ("held", "on_record", "as_organiser", "as_cohost", "sponsored", "met")
    return BodyFacts(
        id=row["id"],
        name=row["name"],
        state=row["kind"] == STATE,
        country=row["country"],
        names=names,
        **{name: row[name] for name in figures},
        events=tuple((row["events"] or "").split()),
        reference=f"organisations.csv:{row['row']}",
    )


def _partner(row: Row, other: str) -> Partner:
    return Partner(
        body=other,
        together=row["together"],
        of=row["of"],
        events=tuple((row["events"] or "").split()),
        reference=f"cohosting.csv:{row['row']}:together",
    )
