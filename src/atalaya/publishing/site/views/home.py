"""The first screen: what was known, when, and whether it was right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from atalaya.model.records import Signal
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.blindspots import BlindSummary, blind_summary
from atalaya.publishing.site.views.cards import Also, Hindsight, SignalCard, hindsight, signal_card
from atalaya.publishing.site.views.promises import (
    ResolutionCard,
    ResolutionView,
    resolution_cards,
    worked_example,
)
from atalaya.publishing.site.views.record import TrackRecord, track_record
from atalaya.publishing.site.views.stories import newest
from atalaya.publishing.site.views.telling import StoryCard
from atalaya.publishing.site.visits import Visit

_PROMISES = 7  # the worked example and two rows of three: the page of promises has them all

MOST = 5  # people stop reading lists of alarms; five a week is what an analyst can look at


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first screen.

    Args:
        replay: The strongest signals standing at the page's date, from replayed history.
        live: The strongest signals from live evidence.
        standing: How many signals stand at the date altogether.
        live_sources: Slugs of sources whose evidence is live.
        evidence_ends: Last month of the replayed evidence.
        record: What became of the signals of which a whole year is known by the date.
        after: What happened after the date, for the signals shown.
        last_standing: When none stands: the latest month before at which one stood.
        promises: The resolutions most followed; none where the date lies before all of them.
        worked: The first of them in full.
        stories: The newest stories; none where the page looks back.
        blind: Where figures are missing.
    """

    replay: tuple[SignalCard, ...]
    live: tuple[SignalCard, ...]
    standing: int
    live_sources: tuple[str, ...]
    evidence_ends: str
    record: TrackRecord
    after: tuple[Hindsight, ...]
    last_standing: str | None
    promises: tuple[ResolutionCard, ...]
    worked: ResolutionView | None
    stories: tuple[StoryCard, ...]
    blind: BlindSummary


def _also(
    edition: Edition, visit: Visit, signal: Signal, told: Mapping[str, Signal]
) -> tuple[Also, ...]:
    """Name the sums whose signal this one tells."""
    sums = (edition.published_signals[one] for one, child in told.items() if child.id == signal.id)
    return tuple(
        Also(
            key=row["id"].partition(":")[2],
            what_name=edition.names.subject(row["what"], visit.language),
            territory_name=edition.names.place(row["territory"]).name(visit.language),
        )
        for row in sums
    )


def home(edition: Edition, visit: Visit, _key: str) -> HomeView:
    """Build the first screen."""
    last = edition.months[1]
    as_of = visit.as_of or last
    standing = edition.standing_signals(as_of)
    told = edition.told(as_of)
    first = [one for one in standing if one.id not in told]
    cards = {
        mode: tuple(
            replace(signal_card(edition, visit, signal), also=_also(edition, visit, signal, told))
            for signal in [one for one in first if one.mode == mode][:MOST]
        )
        for mode in ("live", "replay")
    }
    before = None if standing else edition.last_standing(as_of)
    after = (hindsight(edition, card, as_of) for card in cards["replay"])
    return HomeView(
        replay=cards["replay"],
        live=cards["live"],
        standing=len(standing),
        live_sources=tuple(slug for slug, mode in edition.modes.items() if mode == "live"),
        evidence_ends=str(last),
        record=track_record(edition, as_of),
        after=tuple(one for one in after if one is not None),
        last_standing=None if before is None else str(before),
        promises=resolution_cards(edition, visit)[:_PROMISES],
        worked=worked_example(edition, visit),
        stories=newest(edition, visit) if visit.as_of is None else (),
        blind=blind_summary(edition),
    )
