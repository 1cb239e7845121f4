"""Resolutions that a text tells of, beside those of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.model.sentences import sentence
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    resting,
    sure,
)
from atalaya.promises.claims.matching import of_symbol, of_topic, same_session
from atalaya.promises.claims.numbered import numbers_of, safe_number, unlike
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.reading.reports.resolution_units import Resolution as Told
from atalaya.reading.reports.spans import Span


def of_resolutions(
    told: Sequence[Told], found: Sequence[Resolution], *, foreign: bool = False
) -> Iterator[Answer]:
    """Answer for the resolutions that a text tells of: who sponsored them, and their symbols.

    Args:
        told: The resolutions of the text.
        found: Those of the record.
        foreign: Whether the text is of a session that the record does not hold: then what a
            resolution is about says nothing, for sessions take up the same topics.
    """
    for one in told:
        ours = _ours(one, found, foreign=foreign)
        if ours is None:
            continue
        yield from _sponsors(one, ours)
        yield from _symbols(one, ours)


def _ours(told: Told, found: Sequence[Resolution], *, foreign: bool) -> Resolution | None:
    """Find the resolution told of: by its topic where that is one's own, else by its symbol.

    A symbol of another session is no slip of the pen, and its resolution none of the record's.
    """
    symbol = None if told.symbol is None else str(told.symbol.value)
    by_symbol = of_symbol(symbol, found) if symbol else None
    if symbol is not None and by_symbol is None and (foreign or not same_session(symbol, found)):
        return None
    topic = None if told.topic is None or foreign else of_topic(str(told.topic.value), found)
    return topic or by_symbol


def _sponsors(told: Told, ours: Resolution) -> Iterator[Answer]:
    if not told.sponsors or not ours.sponsors.said:
        return
    said = ours.sponsors.said
    certain = {one.territory for one in sure(said)}
    known = {one.territory: one for one in said}
    codes = [f"territory:{one.iso3}" if one.iso3 else "" for one in told.sponsors]
    span = Span(told.sponsors[0].name.span.start, told.sponsors[-1].name.span.end)
    names = ", ".join(str(one.name.value) for one in told.sponsors)
    unsure = [
        str(one.name.value)
        for one, code in zip(told.sponsors, codes, strict=True)
        if code not in certain
    ]
    disputed = [code for code in codes if code in known and known[code].disputed]
    foreign = [code for code in codes if code not in known]
    verdict = (
        Verdict.AGREES
        if not unsure
        else Verdict.DIFFERS
        if disputed or foreign
        else Verdict.CANNOT_TELL
    )
    listed = ", ".join(_sponsor(one) for one in said)
    says = (
        sentence("sources name the same sponsors")
        if not unsure
        else sentence(
            "not every source names {names} as sponsor; they name {listed}",
            names=", ".join(unsure),
            listed=listed,
        )
    )
    sure_names = ", ".join(_sponsor(one) for one in sure(said)) or sentence(
        "none that two sources agree on"
    )
    yield Answer(
        "sponsors", span, names, verdict, listed, says,
        sentence("name as sponsors only: {names}", names=sure_names),
        cited(said), ours.id,
        resting(said), checks(said),
    )  # fmt: skip


def _sponsor(one: Said) -> str:
    return f"{one.value} (?)" if one.disputed else one.value


def _symbols(told: Told, ours: Resolution) -> Iterator[Answer]:
    field = (*ours.number.said, *ours.draft.said)
    if told.symbol is None or not field:
        return
    claimed = str(told.symbol.value)
    same = claimed in {one.value for one in field}
    printed = ours.symbol or numbers_of(ours)
    verdict = Verdict.AGREES if same else unlike(claimed, ours)
    says = (
        sentence("this is the symbol that sources give")
        if same
        else sentence("sources give {symbol}", symbol=printed)
    )
    yield Answer(
        "symbol",
        told.symbol.span,
        claimed,
        verdict,
        printed,
        says,
        safe_number(ours),
        cited(field),
        ours.id,
        resting(field),
        checks(field),
    )
