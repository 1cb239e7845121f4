"""Everything a release says, gathered from the tables, the registers and the decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from atalaya import __version__
from atalaya.findings.source_health import source_health
from atalaya.findings.stories import candidates, stories
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import LookAtThis
from atalaya.model.records import Issue, Signal
from atalaya.pipeline import store as tables
from atalaya.pipeline.bodies import known_bodies, recorded
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.declared import declared
from atalaya.pipeline.doubting import known_doubts
from atalaya.pipeline.failures import failures_in
from atalaya.pipeline.followed import cited
from atalaya.pipeline.house import House
from atalaya.pipeline.monitoring import rejudger
from atalaya.pipeline.retracted_issues import retraction_issues
from atalaya.pipeline.reviewing import reviewers
from atalaya.pipeline.signalling import as_of
from atalaya.pipeline.tabulating import issues_of
from atalaya.pipeline.visits import kept_documents, visits_in
from atalaya.promises import table
from atalaya.promises.advocacy import advocacy_table, contacts
from atalaya.promises.body_tables import body_tables
from atalaya.promises.following import matters
from atalaya.promises.matters import matter_table
from atalaya.promises.networks import agreement, casts, sponsors, sponsorship
from atalaya.promises.pairs import pair_table
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.publishing.licences import linked_only
from atalaya.publishing.places import Holding
from atalaya.reading.analysis.claims import CANDIDATE
from atalaya.registers import substances, territories
from atalaya.series.blind_spots import blind_spots, indicators


def release_inputs(
    house: House, found: tuple[Signal, ...], decisions: str, requirements: str
) -> ReleaseInputs:
    """Gather what a release says, without the rows of sources that may only be linked.

    Args:
        house: The observatory, its tables up to date.
        found: Signals with their standing, strongest first.
        decisions: Hash of the decisions the standings rest on, hex.
        requirements: Hash of the packages in use, hex.

    Raises:
        LookAtThis: Nothing was read at all, so there is nothing to publish.
    """
    claims = tables.read_table(house.folder.tables, "claims")
    end = as_of(house.folder) or _recorded(house, claims)
    if end is None:
        raise LookAtThis(
            "nothing was read, so there is nothing to publish",
            why="an empty release would look like a quiet world",
            do="declare a source with a [[table]] or [[text]]; `atalaya run` shows its issues",
        )
    series = tables.read_table(house.folder.tables, "series")
    sessions = recorded(claims, house.declarations)
    named = body_tables(sessions, known_bodies(house.folder), _states())
    failures = failures_in(house.log.reader().entries())
    evidence = cited(house, tables.read_table(house.folder.tables, "page_changes"))
    said = ReleaseInputs(
        as_of=end,
        signals=found,
        series=series,
        verdicts=tables.read_table(house.folder.tables, "verdicts"),
        nowcasts=tables.read_table(house.folder.tables, "nowcasts"),
        claims=claims,
        documents=tables.read_table(house.folder.tables, "documents"),
        captures=evidence.captures,
        closed_archives=evidence.closed_archives,
        page_changes=evidence.changes,
        texts=tables.read_table(house.folder.tables, "texts"),
        promises=table(sessions),
        follow_up=matter_table(matters(sessions)),
        advocacy=advocacy_table(contacts(sessions)),
        voting_agreement=pair_table(agreement(casts(sessions)), "agreement"),
        sponsorship=pair_table(sponsorship(sponsors(sessions)), "sponsorship"),
        organisations=named.organisations,
        organisation_names=named.organisation_names,
        cohosting=named.cohosting,
        blind_spots=_blind_spots(house.declarations, claims, end),
        declarations=house.declarations,
        issues=(
            *issues_of(tables.read_table(house.folder.tables, "issues")),
            *(failure.issue() for failure in failures),
            *_retractions(house),
        ),
        decisions=decisions,
        requirements=requirements,
        software=f"atalaya {__version__}",
        evidence=house.store,
        log=house.log,
        holding=_holding(),
        monitors=house.monitors,
        declared=declared(house.settings, house.declarations, house.monitors),
        rejudge=rejudger(series, house.monitors),
        source_health=health(house),
    )
    return with_stories(linked_only(said))


def with_stories(said: ReleaseInputs) -> ReleaseInputs:
    """Add what the texts tell together, from what may be passed on of them alone."""
    texts, given = said.texts.to_pylist(), said.claims
    named = given.filter(pc.equal(given["predicate"], CANDIDATE)).to_pylist()
    return replace(said, stories=stories(texts), candidates=candidates(texts, named))


def health(house: House) -> pa.Table:
    """Say how each source fares, from the archive and the log."""
    entries = list(house.log.reader().entries())
    failing = Counter(one.source for one in failures_in(entries))
    kept = kept_documents(logged_captures(house.store.all()))
    return source_health(house.declarations, kept, visits_in(entries), failing)


def _recorded(house: House, claims: pa.Table) -> date | None:
    """Give the day up to which a record without any count is known: that of its newest capture."""
    if not claims.num_rows:
        return None
    return max((one.fetched_at.date() for one in house.store.all()), default=None)


def _retractions(house: House) -> Iterator[Issue]:
    names = {one.id: one.name for one in reviewers(house.folder, house.settings)}
    return retraction_issues(house.struck, known_doubts(house.folder), names)


def _blind_spots(
    declarations: Sequence[SourceDeclaration], claims: pa.Table, end: date
) -> pa.Table:
    """Country by indicator, for the indicators that any country could have."""
    places = territories.load()
    below = {
        one.slug
        for one in declarations
        if one.territory is not None and places.is_subnational(one.territory)
    }
    countries = [one.id for one in places.entries if one.level == "country"]
    wanted = [one for one in indicators(declarations) if one.source not in below]
    return blind_spots(claims, countries, wanted, end)


def _states() -> dict[str, str]:
    """Register identifier of a territory -> its English name."""
    return {one.id: one.name for one in territories.load().entries}


def _holding() -> Holding:
    """Which place lies in which, and which group of its family may count a substance too."""
    places = territories.load()
    parents = {one.id: places.parent(one.id) for one in places.entries}
    groups: dict[str, set[str]] = {}
    for one in substances.load().entries:
        if one.kind == "group":
            groups.setdefault(one.family, set()).add(one.id)
    families = {
        one.id: frozenset(groups.get(one.family, set()) - {one.id})
        for one in substances.load().entries
    }
    return Holding({place: outer.id for place, outer in parents.items() if outer}, families)
