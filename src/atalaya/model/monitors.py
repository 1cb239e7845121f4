"""What a monitor says of itself in ``monitors/<slug>.toml``: which series, which detector, why.

Scientific parameters live here, dated and cited, and not in the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from atalaya.model.declaring import Declared, Slug, Title, Words

Hierarchy = Literal["family", "region"]


class Watched(Declared):
    """Which series a monitor judges: all that match every key given.

    Args:
        sources: Slugs of sources; empty matches all.
        subjects: Register identifiers; empty matches all.
        territories: Register identifiers; empty matches all.
        mentions: Whether it judges how often open sources mention a substance, and no counts;
            signals of it are of low confidence, for more may be written where no more happens.
    """

    sources: tuple[Slug, ...] = ()
    subjects: tuple[Words, ...] = ()
    territories: tuple[Words, ...] = ()
    mentions: bool = False


class MonitorDeclaration(Declared):
    """A monitor: series, detector, parameters, since when, and the reason for the choice.

    Args:
        detector: A name of ``atalaya list detectors``.
        parameters: As for ``--set``: name -> value as text.
        since: First period judged; what comes before is history only.
        pool: Up which hierarchies the series are added up too, and the sums judged: substances into
            their ``family``, places into the ``region`` they lie in.
        dated: When the choice was made.
        because: Why this detector with these parameters, in a sentence.
        cites: Paper, page or measurement the choice rests on.
    """

    schema_version: Literal[1] = Field(alias="schema")
    slug: Slug
    title: Title
    series: Watched
    detector: Words
    parameters: Mapping[str, str] = Field(default_factory=dict)
    since: str | None = None
    pool: tuple[Hierarchy, ...] = ()
    dated: date
    because: Words
    cites: Words
