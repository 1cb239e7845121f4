"""What a source declares to be wrong with its figures: published as issues, said by its alarms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from atalaya.findings.signals import TESTING_CHANGE
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.declaring import Title
from atalaya.model.errors import Place
from atalaya.model.periods import Period
from atalaya.model.records import Issue
from atalaya.model.sentences import versions
from atalaya.registers import substances

_SAID = f"{TESTING_CHANGE} (the source is known for it): "


def issues(declarations: Iterable[SourceDeclaration]) -> Iterator[Issue]:
    """Give every declared defect as an issue.

    Raises:
        BadInput: It names a substance that is not in the register.
    """
    for source in declarations:
        for one in source.defect:
            if one.subject is not None and one.subject.startswith("substance:"):
                substances.load().get(one.subject)
            place = Place(one.address or source.homepage)
            says, do = _sentence(one.says), _sentence(one.do)
            yield Issue(one.kind, says, "read", source.slug, place, do)


def _sentence(declared: Title | str) -> str:
    return declared if isinstance(declared, str) else versions(**declared.model_dump())


@dataclass(frozen=True, slots=True)
class Doubts:
    """Which alarms may come of a change in testing that a source is known for.

    Args:
        spans: Key of a series -> first and last days between which its alarms are in doubt.
    """

    spans: Mapping[str, tuple[tuple[Period, Period], ...]]

    def add_to(self, verdict: Mapping[str, object]) -> dict[str, object]:
        """Give a verdict, with the doubt in its reason where it is an alarm in such a span."""
        reason = str(verdict["reason"])
        if not verdict["alarm"] or reason.startswith(TESTING_CHANGE):
            return dict(verdict)
        period = Period.parse(str(verdict["period"]))
        spans = self.spans.get(str(verdict["series"]), ())
        if any(first.start <= period.end and period.start <= last.end for first, last in spans):
            return dict(verdict) | {"reason": f"{_SAID}{reason}"}
        return dict(verdict)


NO_DOUBTS = Doubts({})


def doubts(declarations: Iterable[SourceDeclaration], series: pa.Table) -> Doubts:
    """Give the doubts that sources declare about their series.

    Args:
        declarations: The sources.
        series: Table with the schema ``model.tables.SERIES``.
    """
    declared: dict[tuple[str, str], list[tuple[Period, Period]]] = defaultdict(list)
    for source in declarations:
        for one in source.defect:
            if one.subject is not None and one.since is not None:
                declared[source.slug, one.subject].append(_span(one.since, one.through))
    keys = series.group_by(["series", "source", "subject"]).aggregate([]).to_pylist()
    return Doubts(
        {
            row["series"]: tuple(declared[row["source"], row["subject"]])
            for row in keys
            if (row["source"], row["subject"]) in declared
        }
    )


def _span(since: str, through: str | None) -> tuple[Period, Period]:
    return Period.parse(since), Period.parse(through or since)
