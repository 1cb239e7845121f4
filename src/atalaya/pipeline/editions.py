"""The dated versions of a source: what it said on each day on which it was captured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa

from atalaya.evidence.captures import CaptureStore
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.records import Capture
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.tabulating import document_of, newest, read
from atalaya.series.counting import count
from atalaya.series.cutoff import Edition


def days(source: SourceDeclaration, captures: Sequence[Capture]) -> list[date]:
    """Give the days on which a source was captured, in order.

    What was captured on one day is one version: a run fetches several addresses one after another.
    """
    return sorted({one.known_at.date() for one in captures if one.source == source.slug})


def counted_on(
    source: SourceDeclaration,
    captures: Sequence[Capture],
    store: CaptureStore,
    wanted: Sequence[date],
) -> Iterator[tuple[date, pa.Table]]:
    """Read and count what a source said on each of some days, with what was known then alone.

    Args:
        source: Its declaration.
        captures: Captures, of any source.
        store: Their bytes.
        wanted: Days of `days`.
    """
    own = [one for one in captures if one.source == source.slug]
    for day in wanted:
        known = newest([one for one in own if one.known_at.date() <= day])
        said = read([source], known, store, Silent())
        editions = {document_of(one).id: Edition(one.address, one.known_at) for one in known}
        yield day, count(said.claims, [source], editions).series
