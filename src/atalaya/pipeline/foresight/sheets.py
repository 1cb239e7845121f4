"""What the sheets that somebody keeps with ``atalaya watch --into`` say now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta

from atalaya.detection import find
from atalaya.detection.judgement import NOT_ASSESSED
from atalaya.findings.foresight.leaves import Basis
from atalaya.findings.foresight.statements import Kind, Statement
from atalaya.findings.foresight.tokens import Sighting
from atalaya.findings.sheets.judging import Judged, judge
from atalaya.findings.sheets.news import Question, news
from atalaya.findings.sheets.records import SheetFinding
from atalaya.model.errors import WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight.observatory import sightings
from atalaya.pipeline.foresight.saying import (
    ELSEWHERE,
    ENDED,
    ONE_REGION,
    PLACES,
    REPLAYED,
    Said,
    parameters_hash,
    version,
)
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watch_versions import Version, plan
from atalaya.publishing.disclosure import SMALLEST_SHOWN
from atalaya.publishing.places import is_coarse, is_national
from atalaya.registers import substances
from atalaya.series.sheet_counts import Key, Level, panels

_LIVE = timedelta(days=366)  # as for sources: older than this when received is history
# A sheet does not say whether it counts people. In a place an alarm opens a month in which a
# few cases were enough for it: no place is sealed (R3), what a region saw is in tokens alone.
_TOLD = (Level.SUBSTANCE, Level.FAMILY)


def say(folder: Folder, today: date, horizon: int, *, samples: bool = False) -> Said:
    """Give what the sheets kept in a folder say now.

    Args:
        folder: Where `atalaya watch --into` keeps them.
        today: The day.
        horizon: Days within which an outcome counts for a signal.
        samples: Whether somebody says that the rows are no people, so that a sheet of one region
            may be sealed like any other.

    Raises:
        WrongUse: No sheet is kept there.
        LookAtThis: A kept file was changed.
    """
    store = WatchStore(folder.root)
    kept = store.versions()
    if not kept:
        raise WrongUse(f"{folder.root} keeps no sheet", do="give it one: atalaya watch --into")
    last = replace(kept[-1], table=store.rows(kept[-1]))
    rows = plan(kept, last, store.rows).rows
    families = {entry.id: entry.family for entry in substances.load().entries}
    question = Question(families.get, last.asked.zeros, _unsure(kept))
    found = news(rows, question)
    said = Said({one.rows_file: one.rows_sha256 for one in kept})
    received, until = last.received.date(), today + timedelta(days=horizon)
    places = Counter(place for place in rows["place"].to_pylist() if place)
    said.placed = bool(places)
    as_of = min(found.last.end, received, today)  # the newest month need not be over
    live = said.live = received - as_of <= _LIVE
    for one in found.findings:
        _signal(said, one, (as_of, until), live=live)
    said.refused[ENDED] += len(found.earlier)
    for panel in panels(rows, question.family_of, question.zeros):
        judged = judge(panel)
        if live and panel.level is Level.PLACE:
            # The plain rule needs three cases; another may find two enough, and tell of them.
            said.seen.update(_seen_in_regions(judge(panel, plainly=True), question, until))
        for row, judgement, place in judged.verdicts():
            key = panel.keys[row]
            known = key.level is Level.FAMILY or families.get(key.subject) is not None
            if known and key.level in _TOLD and judgement.alarm[place, -1] == NOT_ASSESSED:
                reason = judgement.sentence(place, judgement.alarm.shape[1] - 1)
                if live:
                    statement = _statement(Kind.NOT_ASSESSED, key, str(found.last), until)
                    statement = replace(statement, says=reason)
                    said.statements.append((_basis(as_of, judgement.detector), statement))
                else:
                    said.refused[REPLAYED] += 1
    if not samples and _is_one_region(places):
        said.refused[ONE_REGION] += len(said.statements)
        said.statements = []
    said.refused = +said.refused
    return said


def _signal(said: Said, one: SheetFinding, days: tuple[date, date], *, live: bool) -> None:
    as_of, until = days
    if not live:
        said.refused[REPLAYED] += 1
        return
    statement = _statement(Kind.SIGNAL, one.key, str(one.latest), until)
    # No confidence: it tells how many laboratories had cases enough for an alarm each (R3).
    statement = replace(statement, since=str(one.since))
    if one.key.level in _TOLD:
        said.statements.append((_basis(as_of, one.detector), statement))
    else:
        said.refused[PLACES if _is_region(one.key) else ELSEWHERE] += 1
    if one.key.level in _TOLD:
        said.seen.update(_seen_in_countries(statement, one))


def _statement(kind: Kind, key: Key, period: str, until: date) -> Statement:
    return Statement(kind, str(key), key.subject, None, period, period, until)


def _is_one_region(places: Counter[str]) -> bool:
    """Whether a sheet lies in one place below national level, but for a few rows.

    Fewer rows elsewhere than a count that may be shown decide nothing: else a single case there
    would be told by whether anything is sealed. Rows without a place may lie anywhere.

    Args:
        places: Place -> how many rows name it.
    """
    most = places.most_common(1)
    elsewhere = places.total() - sum(rows for _, rows in most)
    return elsewhere < SMALLEST_SHOWN and any(not is_national(place) for place, _ in most)


def _is_region(key: Key) -> bool:
    """Whether a series is of a place coarse enough for a token; no laboratory is (R4)."""
    return key.level is Level.PLACE and key.within is not None and is_coarse(key.within)


def _seen_in_countries(statement: Statement, one: SheetFinding) -> Iterator[Sighting]:
    """Give what a signal of the whole sheet saw: the countries of its cases, and no region.

    A single case in a region makes no alarm there, and a token of it would tell of that one (R3).
    """
    for place in (share.what for share in one.places if is_coarse(share.what)):
        for seen in sightings(replace(statement, territory=place)):
            if is_national(seen.territory):
                yield seen


def _seen_in_regions(judged: Judged, question: Question, until: date) -> Iterator[Sighting]:
    """Give what regions saw: the months in which an alarm of their own stood."""
    for row, _, _, episode in judged.episodes():
        key = judged.panel.keys[row]
        if _is_region(key) and question.family_of(key.subject) and judged.stands(episode):
            statement = _statement(Kind.SIGNAL, key, str(episode.latest), until)
            since = str(episode.since)
            yield from sightings(replace(statement, since=since, territory=key.within))


def _basis(as_of: date, detector: str) -> Basis:
    parameters = {name: str(value) for name, value in asdict(find(detector).parameters).items()}
    return Basis(as_of, detector, version(), parameters_hash(parameters))


def _unsure(kept: tuple[Version, ...]) -> Mapping[str, str]:
    return {key: how for one in kept for key, how in one.unsure.items()}
