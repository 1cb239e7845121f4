"""Whether something rose, fell, doubled, and between which years, as a sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.promises.claims import words
from atalaya.promises.claims.amounts import Amount, amounts, years
from atalaya.reading.reports.spans import Span

# "higher in 2023 than in 2022": what is named first is compared with what is named last.
_COMPARED = {"higher": ("rose", "fell"), "lower": ("fell", "rose")}
_KINDS = (*_COMPARED, "halved", "quadrupled", "tripled", "doubled", "rose", "fell", "steady")
_BEFORE = 16  # letters before the verb in which "nearly" or "more than" stands


@dataclass(frozen=True, slots=True)
class Trend:
    """A movement that a sentence tells of.

    Args:
        kind: ``rose``, ``fell``, ``steady``, ``doubled``, ``tripled``, ``quadrupled``, ``halved``.
        firm: ``nearly`` or ``more`` before it, or None.
        by: By how much, in per cent, or None.
        periods: From which year to which, or None where fewer than two are named.
        since: Whether it is told since a year.
        span: Where the verb stands.
    """

    kind: str
    firm: str | None
    by: Amount | None
    periods: tuple[str, str] | None
    since: bool
    span: Span


def trend(text: str, span: tuple[int, int]) -> Trend | None:
    """Give the first movement that a sentence tells of, or None."""
    found = next(
        (
            (kind, one)
            for kind in _KINDS
            if (one := words.phrase("trends", kind).search(text, *span))
        ),
        None,
    )
    if found is None:
        return None
    kind, verb = found
    told = [year for year, _ in years(text, span)]
    named = sorted(set(told))
    if kind in _COMPARED:
        if len(named) != 2:  # noqa: PLR2004 - one year and another
            return None
        kind = _COMPARED[kind][told[0] < told[-1]]
    return Trend(
        kind=kind,
        firm=_firm(text, span, verb),
        by=_by(text, span, verb),
        periods=(str(named[0]), str(named[-1])) if len(named) > 1 else None,
        since=words.phrase("trends", "since").search(text, *span) is not None,
        span=Span(*verb.span()),
    )


def _firm(text: str, span: tuple[int, int], verb: re.Match[str]) -> str | None:
    before = text[max(span[0], verb.start() - _BEFORE) : verb.end()]
    return next(
        (one for one in ("nearly", "more") if words.phrase("trends", one).search(before)), None
    )


def _by(text: str, span: tuple[int, int], verb: re.Match[str]) -> Amount | None:
    """Give the share by which it moved: the first per cent after the verb."""
    return next(
        (one for one in amounts(text, (verb.end(), span[1])) if one.unit == "percent"), None
    )
