"""What is said of each step of the way down, one line a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atalaya.model.numbers import number_text
from atalaya.model.sentences import Sentence, sentence, word
from atalaya.publishing.references import Found

_ANSWERS = {True: sentence("alarm"), False: sentence("no alarm"), None: sentence("no answer")}


def signal(cells: Mapping[str, Any]) -> Sentence:
    """Say what is signalled, where, since when and how sure."""
    return sentence(
        "{what} in {territory} since {since}: {observed} in {period}; {state}, "
        "confidence {confidence}, {sources} source(s)",
        **{name: str(cells[name]) for name in ("what", "territory", "since", "period")},
        observed=cells["observed"] or word("withheld"),
        **{name: word(cells[name]) for name in ("state", "confidence")},
        sources=str(cells["sources"]),
    )


def verdict(cells: Mapping[str, Any]) -> Sentence:
    """Say what a detector answered, and why."""
    return sentence(
        "{detector} on {period}: {answer}; {reason}",
        detector=word(cells["detector"]),
        period=cells["period"],
        answer=_ANSWERS[cells["alarm"]],
        reason=word(cells["reason"] or ""),
    )


def forecast(cells: Mapping[str, Any]) -> Sentence:
    """Say what is expected of a period, or that nothing is said."""
    if cells["median"] is None:
        return sentence(
            "{period}, {ahead} ahead: no forecast ({state})",
            period=cells["period"],
            ahead=str(cells["ahead"]),
            state=word(cells["state"]),
        )
    return sentence(
        "{period}, {ahead} ahead of {origin}: {median} expected, {lower} to {upper} with a chance "
        "of {coverage}",
        **{name: str(cells[name]) for name in ("period", "ahead", "origin")},
        **{name: number_text(cells[name]) for name in ("median", "lower", "upper", "coverage")},
    )


def forecast_score(cells: Mapping[str, Any]) -> Sentence:
    """Say how forecasts fared when history was replayed."""
    return sentence(
        "{ahead} ahead, {outcomes} outcomes: share inside {low} to {high}, mean error {error}, of "
        "the last value {last}, of the season before {seasonal}",
        ahead=str(cells["ahead"]),
        outcomes=str(cells["outcomes"]),
        low=number_text(cells["covered_low"]),
        high=number_text(cells["covered_high"]),
        **{name: number_text(cells[name]) for name in ("error", "seasonal")},
        last=number_text(cells["last_value"]),
    )


def observation(cells: Mapping[str, Any]) -> Sentence:
    """Say what was counted, of how many, and why it is hidden."""
    count = cells["count"] or word("withheld" if cells["hidden"] else cells["status"])
    values: dict[str, str] = {"period": cells["period"], "unit": word(str(cells["unit"]))}
    says = sentence("{period}: {count} {unit}", count=count, **values)
    if cells["population"]:
        examined = str(cells["population"])
        says = sentence(
            "{period}: {count} of {population} {unit}", count=count, population=examined, **values
        )
    if cells["hidden"]:
        hidden = word(cells["hidden"])
        says = sentence("{count} ({hidden}: docs/disclosure.md)", count=says, hidden=hidden)
    return says


def claim(cells: Mapping[str, Any]) -> Sentence:
    """Quote a claim, and say where the words stand."""
    withheld = sentence("(withheld: its words would tell a count of 1-9)")
    where = sentence("line {line}", line=str(cells["line"]))
    if cells["start"] is not None:
        where = sentence(
            "line {line}, bytes {start}-{end}",
            **{name: str(cells[name]) for name in ("line", "start", "end")},
        )
    return sentence("“{quote}” ({where})", quote=cells["quote"] or withheld, where=where)


def capture(cells: Mapping[str, Any]) -> Sentence:
    """Say what was fetched, when, from where and by what."""
    archive = sentence("withheld")
    if cells["warc"]:
        offset = str(cells["offset"])
        archive = sentence("{warc} at byte {offset}", warc=cells["warc"], offset=offset)
    return sentence(
        "fetched {at} from {url} by {tool}; SHA-256 {hash}; archive {archive}",
        at=str(cells["fetched_at"]),
        url=cells["url"],
        tool=cells["tool"],
        hash=cells["sha256"] or sentence("withheld: it would let the hidden counts be guessed"),
        archive=archive,
    )


def change(cells: Mapping[str, Any]) -> Sentence:
    """Say what changed in a page, between which days."""
    return sentence(
        "{address} from {before} to {after}: {kind} {what}",
        address=cells["address"],
        before=cells["from_at"][:10],
        after=cells["to_at"][:10],
        kind=word(cells["kind"]),
        what=cells["numbers"] or cells["after"] or cells["before"] or word(cells["because"] or ""),
    )


def cell(found: Found) -> Sentence:
    """Say what stands in a cell, or why nothing does."""
    held = found.cells[str(found.column)]
    if held is None:
        reason = found.cells.get("hidden")
        if reason:
            return sentence(
                "{column} is empty: withheld ({reason})",
                column=str(found.column),
                reason=word(reason),
            )
        return sentence("{column} is empty", column=str(found.column))
    return sentence("{column} is {cell}", column=str(found.column), cell=str(held))
