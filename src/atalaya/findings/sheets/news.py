"""Judges the series of a sheet and says what is new, how sure, and what was not assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from atalaya.detection import Judgement
from atalaya.detection.emergence_plain import (
    BEGAN_TOGETHER,
    EXAMINED_MORE,
    FIRST_EVER,
    GROWTH,
    RETURN,
    EmergencePlain,
)
from atalaya.detection.judgement import ALARM
from atalaya.findings.episodes import Alarm, Episode, apart, episodes
from atalaya.findings.sheets.context import Context, sold_as
from atalaya.findings.sheets.judging import Judged, judge, judged_from, line, not_assessed
from atalaya.findings.sheets.records import News, SheetFinding
from atalaya.series.sheet_counts import Key, Level, Zeros, panels, spread

_KINDS = {FIRST_EVER: "first-ever", RETURN: "return", GROWTH: "growth"}
_PERSISTS = 3  # alarms an episode needs before one source alone makes moderate confidence
_ORDER = {"high": 0, "moderate": 1, "low": 2}
_LEVELS = {Level.SUBSTANCE: 0, Level.FAMILY: 1, Level.PLACE: 2, Level.SOURCE: 3}


@dataclass(frozen=True, slots=True)
class Question:
    """What the judging needs to know beside the rows.

    Args:
        family_of: Family of a substance's identifier; None for a name nobody knows.
        zeros: For a table of counts, what an absent row is; None for a line list.
        unsure: Identifiers whose names were not plainly in the register -> ``fuzzy`` or
            ``unverified``.
    """

    family_of: Callable[[str], str | None]
    zeros: Zeros | None
    unsure: Mapping[str, str]


def news(rows: pa.Table, question: Question) -> News:
    """Say what is new in a sheet.

    Args:
        rows: With the schema ``reading.sheets.rows.ROWS``, at least one row.
        question: What is known of the names and the layout.

    Returns:
        Findings that stand at the end of the sheet, strongest first, and what could not be judged.
        A name no register knows makes no finding.
    """
    entries = spread(rows)
    counted = panels(rows, question.family_of, question.zeros)
    members: dict[str, list[int]] = {}
    for code, subject in enumerate(entries.subjects):
        family = question.family_of(subject)
        if family is not None:
            members.setdefault(family, []).append(code)
    context = Context(rows, entries, members)
    judged = {panel.level: judge(panel) for panel in counted}
    made = _findings(judged, context, question)
    examined = np.bincount(entries.period, minlength=entries.n_periods)
    pooled = judged.get(Level.SUBSTANCE)
    return News(
        findings=tuple(sorted((one for one in made if one.standing), key=_rank)),
        earlier=tuple(sorted((one for one in made if not one.standing), key=_newest)),
        not_assessed=tuple(not_assessed(judged, question.family_of)),
        gaps=tuple(entries.first + int(gap) for gap in np.flatnonzero(examined == 0)),
        first=entries.first,
        last=entries.first + (entries.n_periods - 1),
        judged_from=judged_from(pooled),
        series={str(level): len(one.panel.keys) for level, one in judged.items()},
        sold_as=() if question.zeros is not None else sold_as(rows, entries),
        lines={str(one.key): line(judged[one.key.level], one.key) for one in made},
    )


def _findings(
    judged: Mapping[Level, Judged], context: Context, question: Question
) -> list[SheetFinding]:
    """All findings, less those that only say again what a wider one says."""
    known = {
        level: [one for one in _of_panel(each) if _is_known(one.key, question)]
        for level, each in judged.items()
    }
    told = list(known.get(Level.SUBSTANCE, []))
    members = _by(told, lambda key: question.family_of(key.subject) or "")
    same = _by(told, lambda key: key.subject)
    told += _not_told(known.get(Level.FAMILY, []), members)
    for level in (Level.PLACE, Level.SOURCE):
        told += _not_told(known.get(level, []), same)
    support = _by(known.get(Level.SOURCE, []), lambda key: key.subject)
    local = _by(known.get(Level.PLACE, []), lambda key: key.subject)
    return [_finding(one, context, question, support, local) for one in told]


def _is_known(key: Key, question: Question) -> bool:
    return key.level is Level.FAMILY or question.family_of(key.subject) is not None


def _by(found: Iterable[_Found], name: Callable[[Key], str]) -> dict[str, list[_Found]]:
    groups: dict[str, list[_Found]] = {}
    for one in found:
        groups.setdefault(name(one.key), []).append(one)
    return groups


def _not_told(found: Iterable[_Found], wider: Mapping[str, list[_Found]]) -> Iterator[_Found]:
    """Give the episodes that no episode of a wider or narrower finding overlaps."""
    for one in found:
        if not any(_overlap(one, other) for other in wider.get(one.key.subject, [])):
            yield one


@dataclass(frozen=True, slots=True)
class _Found:
    """An episode with the verdicts it came from."""

    key: Key
    judged: Judged
    judgement: Judgement
    row: int
    place: int
    episode: Episode


def _of_panel(judged: Judged) -> Iterator[_Found]:
    panel = judged.panel.panel
    for row, judgement, place in judged.verdicts():
        columns = np.flatnonzero(judgement.alarm[place] == ALARM)
        alarms = [
            Alarm(panel.series[row], judgement.detector, panel.first + int(column), int(column))
            for column in columns
        ]
        for episode in episodes(alarms):
            yield _Found(judged.panel.keys[row], judged, judgement, row, place, episode)


def _finding(
    found: _Found,
    context: Context,
    question: Question,
    support: Mapping[str, list[_Found]],
    local: Mapping[str, list[_Found]],
) -> SheetFinding:
    panel = found.judged.panel.panel
    last = found.episode.alarms[-1].row
    window = _window(found, last)
    opening = _window(found, found.episode.alarms[0].row)
    cases = np.nan_to_num(panel.counts[found.row])
    first_case = next((at for at in opening if cases[at] > 0), opening[-1])
    standing = panel.last - found.episode.latest <= apart(panel.first.kind)
    end = panel.n_periods - 1 if standing else int(last)
    last_case = int(np.flatnonzero(cases[: end + 1])[-1])
    rows = context.rows_of(found.key, int(first_case), last_case)
    overlapping = [each for each in support.get(found.key.subject, []) if _overlap(each, found)]
    sources = tuple(sorted({each.key.within or "" for each in overlapping}))
    changes = (*_testing_changes(found), *_new_means(context, rows, int(window[0])))
    unsure = question.unsure.get(found.key.subject)
    confidence, because = _confidence(len(sources), len(found.episode.alarms), changes, unsure)
    places = context.shares(rows, "place")
    sold = context.shares(rows, "sold_as")
    tested = None if panel.population is None else panel.population[found.row][window]
    p_value = float(found.judgement.p_value[found.place, last])
    plain = found.judgement.detector == EmergencePlain.name
    return SheetFinding(
        key=found.key,
        kind=_kind(found, last),
        since=found.episode.since,
        latest=found.episode.latest,
        first_case=panel.first + int(first_case),
        standing=standing,
        last_case=panel.first + last_case,
        total=int(cases[int(first_case) : last_case + 1].sum()),
        cases=int(cases[window].sum()),
        window=len(window),
        before=int(found.judgement.detail[found.place, last]) if plain else 0,
        before_window=EmergencePlain().parameters.before if plain else 0,
        tested=None if tested is None or np.isnan(tested).any() else int(tested.sum()),
        p_value=None if np.isnan(p_value) else p_value,
        detector=found.judgement.detector,
        alarms=len(found.episode.alarms),
        confidence=confidence,
        because=because,
        changes=changes,
        unknown=_unknown(changes, sources, unsure, bool(places), bool(sold)),
        sources=sources,
        places=places,
        sold_as=sold,
        methods=context.shares(rows, "method"),
        lines=context.lines(rows),
        rows=len(rows),
        places_alarmed=tuple(
            sorted(
                {
                    each.key.within or ""
                    for each in local.get(found.key.subject, [])
                    if _overlap(each, found)
                }
            )
        ),
    )


def _window(found: _Found, last: int) -> NDArray[np.intp]:
    """The observed periods of the detector's recent window that ends at a period."""
    observed = np.flatnonzero(found.judged.panel.panel.observed[found.row][: last + 1])
    length = (
        EmergencePlain().parameters.window if found.judgement.detector == EmergencePlain.name else 1
    )
    return observed[-length:]


def _kind(found: _Found, last: int) -> str:
    code = int(found.judgement.reason[found.place, last])
    base = code % EXAMINED_MORE if found.judgement.detector == EmergencePlain.name else -1
    return _KINDS.get(base, "excess")


def _overlap(one: _Found, other: _Found) -> bool:
    slack = apart(one.episode.since.kind)
    return (
        one.episode.since - other.episode.latest <= slack
        and other.episode.since - one.episode.latest <= slack
    )


def _testing_changes(found: _Found) -> tuple[str, ...]:
    if found.judgement.detector != EmergencePlain.name:
        return ()
    codes = [int(found.judgement.reason[found.place, each.row]) for each in found.episode.alarms]
    flags = (("examined-more", EXAMINED_MORE), ("began-together", BEGAN_TOGETHER))
    return tuple(name for name, flag in flags if any(code & flag for code in codes))


def _new_means(context: Context, rows: NDArray[np.int64], start: int) -> Iterator[str]:
    """Say where all cases come from one laboratory or method that is itself new in the sheet."""
    for name in ("source", "method"):
        shares = context.shares(rows, name)
        if len(shares) == 1:
            began = context.began(name, shares[0].what)
            # In the sheet for less than half a year before the window, and not from its start.
            if began > 0 and began > start - EmergencePlain().parameters.window:
                yield f"new-{name}"


def _confidence(
    sources: int, alarms: int, changes: tuple[str, ...], unsure: str | None
) -> tuple[str, tuple[str, ...]]:
    """Give the word for how sure, and why; see the table of words."""
    if unsure == "fuzzy":
        return "low", ("fuzzy-name",)
    if sources > 1:
        return "high", ("several-sources",)
    if changes:
        return "low", ("testing-change",)
    if alarms < _PERSISTS:
        return "low", ("few-alarms",)
    return "moderate", ("one-source",)


def _unknown(
    changes: tuple[str, ...],
    sources: tuple[str, ...],
    unsure: str | None,
    placed: bool,
    sold: bool,
) -> tuple[str, ...]:
    asked = (
        ("testing", bool(changes)),
        ("second-source", len(sources) < 2),  # noqa: PLR2004 - a second one
        ("name", unsure is not None),
        ("where", not placed),
        ("products", not sold),
        ("harm", True),
    )
    return tuple(key for key, holds in asked if holds)


def _rank(one: SheetFinding) -> tuple[object, ...]:
    return (_ORDER[one.confidence], _LEVELS[one.key.level], one.p_value or 0.0, str(one.key))


def _newest(one: SheetFinding) -> tuple[object, ...]:
    return (-one.latest.ordinal, *_rank(one))
