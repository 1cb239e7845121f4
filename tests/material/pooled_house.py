"""A small observatory whose monitor adds series up: nitazenes by family, one of them by region."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from atalaya.findings.signals import SourceStanding, signals
from atalaya.model.records import SignalState
from atalaya.model.tables import SERIES
from atalaya.pipeline.monitoring import judge, rejudger
from atalaya.pipeline.watched import with_parents
from atalaya.publishing.inputs import ReleaseInputs
from atalaya.series.keys import series_key
from tests.material.publishing_house import MONITOR, House, house, payload_of, sheet

POOLING = MONITOR.model_copy(update={"pool": ("family", "region")})
CHILDREN = ("isotonitazene", "metonitazene", "protonitazene")
FAMILY = "deaths/family.nitazenes/US-CT/deaths"
REGION = "deaths/isotonitazene/USA/deaths"
# What is counted as protonitazene stands for isotonitazene in the next State.
_ELSEWHERE = ("substance:protonitazene", "substance:isotonitazene", "territory:US-NY")


def _moved(row: dict) -> dict:
    subject, inside, place = _ELSEWHERE
    moved = {"subject": inside, "territory": place} if row["subject"] == subject else {}
    said = row | moved
    if "series" in said:
        names = ("source", "subject", "territory", "predicate")
        said["series"] = series_key(*(said[name] for name in names))
    return said


def made_house(folder, counts: dict[str, list], examined=None, **changes) -> House:
    return house(folder, rows=payload_of(sheet(counts, examined=examined)), **changes)


def pooled_inputs(made: House) -> ReleaseInputs:
    """Give what a release is built from, with the sums that `POOLING` asks for, judged."""
    given = made.inputs()
    claims = pa.Table.from_pylist(
        [_moved(row) for row in given.claims.to_pylist()], given.claims.schema
    )
    children = pa.Table.from_pylist([_moved(row) for row in given.series.to_pylist()], SERIES)
    series = with_parents(children, [POOLING])
    verdicts = judge(series, [POOLING])
    slug = made.declaration.slug
    return replace(
        given,
        claims=claims,
        series=series,
        verdicts=verdicts,
        signals=signals(verdicts, series, {slug: SourceStanding(slug, slug, "replay")}),
        monitors=(POOLING,),
        rejudge=rejudger(series, [POOLING]),
    )


def signed(inputs: ReleaseInputs) -> ReleaseInputs:
    """Let a person put their name to every signal."""
    found = (
        replace(one, state=SignalState.CONFIRMED, signed_by="A. Reviewer") for one in inputs.signals
    )
    return replace(inputs, signals=tuple(found))
