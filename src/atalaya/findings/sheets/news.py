"""Judges the series of a sheet and says what is new, how sure, and what was not assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from atalaya.findings.sheets.context import Context, sold_as
from atalaya.findings.sheets.found import Found, of_panel
from atalaya.findings.sheets.judging import Judged, judge, judged_from, line, not_assessed
from atalaya.findings.sheets.records import News, SheetFinding
from atalaya.findings.sheets.testing import NewlyTested
from atalaya.series.sheet_counts import Key, Level, Zeros, panels, spread

_LATELY = 6  # periods before the first case in which a laboratory or method is itself new
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
    """All findings, less those that only say again what a wider one says.

    What a change in testing explains is told of the substance alone, or not assessed with it.
    """
    if not judged:
        return []
    newly = NewlyTested(judged[Level.SUBSTANCE], question.family_of)
    known = {
        level: [
            one
            for one in of_panel(each)
            if _is_known(one.key, question)
            and (level is Level.SUBSTANCE or not newly.explains(one))
        ]
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
    return [_finding(one, context, question, newly, (support, local)) for one in told]


def _is_known(key: Key, question: Question) -> bool:
    return key.level is Level.FAMILY or question.family_of(key.subject) is not None


def _by(found: Iterable[Found], name: Callable[[Key], str]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(name(one.key), []).append(one)
    return groups


def _not_told(found: Iterable[Found], wider: Mapping[str, list[Found]]) -> Iterator[Found]:
    """Give the episodes that no episode of a wider or narrower finding overlaps."""
    for one in found:
        if not any(one.overlaps(other) for other in wider.get(one.key.subject, [])):
            yield one


def _finding(
    found: Found,
    context: Context,
    question: Question,
    newly: NewlyTested,
    own: tuple[Mapping[str, list[Found]], Mapping[str, list[Found]]],
) -> SheetFinding:
    cases, first_case, window, before = found.cases, found.first_case, found.window, found.before
    end = found.panel.n_periods - 1 if found.standing else found.closing
    last_case = int(np.flatnonzero(cases[: end + 1])[-1])
    rows = context.rows_of(found.key, first_case, last_case)
    support, local = own
    sources = _places(support, found)
    changes = (
        *found.testing_changes(newly_tested=newly.explains(found)),
        *_new_means(context, rows, first_case),
    )
    unsure = question.unsure.get(found.key.subject)
    confidence, because = _confidence(len(sources), found, changes, unsure)
    places = context.shares(rows, "place")
    sold = context.shares(rows, "sold_as")
    tested = found.tested(window)
    return SheetFinding(
        key=found.key,
        kind=found.kind,
        since=found.episode.since,
        latest=found.episode.latest,
        first_case=found.period(first_case),
        standing=found.standing,
        last_case=found.period(last_case),
        total=int(cases[first_case : last_case + 1].sum()),
        cases=int(cases[window].sum()),
        window=len(window),
        before=int(cases[before].sum()),
        before_window=len(before),
        tested=None if tested is None else int(tested),
        p_value=found.p_value,
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
        places_alarmed=_places(local, found),
    )


def _places(own: Mapping[str, list[Found]], found: Found) -> tuple[str, ...]:
    """Give the laboratories, services or places with an alarm of their own at that time."""
    beside = [each for each in own.get(found.key.subject, []) if each.overlaps(found)]
    return tuple(sorted({each.key.within or "" for each in beside}))


def _new_means(context: Context, rows: NDArray[np.int64], start: int) -> Iterator[str]:
    """Say where all cases come from one laboratory or method that is itself new in the sheet."""
    for name in ("source", "method"):
        shares = context.shares(rows, name)
        if len(shares) == 1:
            began = context.began(name, shares[0].what)
            # In the sheet for less than half a year before that, and not from its start.
            if began > 0 and began > start - _LATELY:
                yield f"new-{name}"


def _confidence(
    sources: int, found: Found, changes: tuple[str, ...], unsure: str | None
) -> tuple[str, tuple[str, ...]]:
    """Give the word for how sure, and why; see the table of words."""
    if unsure == "fuzzy":
        return "low", ("fuzzy-name",)
    if sources > 1:
        return "high", ("several-sources",)
    if changes:
        return "low", ("testing-change",)
    if found.plainly:
        return "low", ("short-history",)
    if len(found.episode.alarms) < _PERSISTS:
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
