"""The pages: one visible tuple that routes, navigation, static copy and tests all read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views import (
    alliances,
    blindspots,
    candidates,
    catalogue,
    change_news,
    changes,
    claims,
    cohosting,
    countries,
    events,
    following,
    gatherings,
    health,
    home,
    news,
    organisations,
    promises,
    records,
    scorecard,
    series,
    signals,
    stories,
    story,
    story_news,
)
from atalaya.publishing.site.visits import Visit

Build = Callable[[Edition, Visit, str], Any]
Tell = Callable[[Edition, Visit, str], news.News]


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page.

    Args:
        name: Its name, which is also its template's.
        path: Path below the language; ends in ``/{key}`` where there is one page a thing.
        build: Makes its view; None for the page that needs the evidence (``why``).
        dated: Whether what it says depends on the as-of date.
        news: Gives the dated facts of its feed; None where it has none to follow.
    """

    name: str
    path: str
    build: Build | None
    dated: bool = True
    news: Tell | None = None

    @property
    def keyed(self) -> bool:
        """Whether there is one page a thing."""
        return self.path.endswith("{key}")

    def at(self, key: str) -> str:
        """Give the path of one page."""
        return self.path.replace("{key}", key)


PAGES: Final = (
    Page("home", "", home.home),
    Page("signals", "signals", signals.signals_list),
    Page("signal", "signals/{key}", signals.one_signal),
    Page("stories", "stories", stories.stories, dated=False, news=story_news.of_stories),
    Page("story", "stories/{key}", story.story, dated=False),
    Page(
        "stories_part",
        "stories-by/{key}",
        stories.stories,
        dated=False,
        news=story_news.of_stories,
    ),
    Page("candidates", "candidates", candidates.candidates, dated=False),
    Page("series_list", "series", series.series_list),
    Page("series", "series/{key}", series.one_series),
    Page("promises", "promises", promises.promises, news=news.of_record),
    Page("resolution", "promises/{key}", promises.resolution, news=news.of_resolution),
    Page("asks", "asks", following.followed, news=news.of_record),
    Page("ask", "asks/{key}", following.ask, news=news.of_ask),
    Page("session", "sessions/{key}", gatherings.session, news=news.of_session),
    Page("event", "events/{key}", events.event),
    Page("gatherings", "gatherings", cohosting.cohosting, dated=False),
    Page("organisations", "organisations", organisations.organisations, dated=False),
    Page("organisation", "organisations/{key}", organisations.organisation, dated=False),
    Page("claims", "claims", claims.claims, dated=False),
    Page("alliances", "alliances", alliances.alliances),
    Page("blind_spots", "blind-spots", blindspots.blind_spots, dated=False),
    Page("countries", "countries", countries.countries, dated=False),
    Page("country", "countries/{key}", countries.country, news=news.of_country),
    Page("sources", "sources", records.sources, dated=False),
    Page("source_health", "source-health", health.health, dated=False),
    Page("catalogue", "catalogue", catalogue.catalogue, dated=False),
    Page("catalogue_part", "catalogue/{key}", catalogue.catalogue, dated=False),
    Page("changes", "changes", changes.changes, dated=False, news=change_news.of_changes),
    Page(
        "source_changes", "changes/{key}", changes.changes, dated=False, news=change_news.of_changes
    ),
    Page("issues", "issues", records.issues, dated=False),
    Page("scorecard", "scorecard", scorecard.scorecard, dated=False),
    Page("why", "why", None, dated=False),
    Page("downloads", "downloads", records.downloads, dated=False),
    Page("report", "from-the-report", records.report, dated=False),
    Page("about", "about", records.about, dated=False),
)


def find_page(path: str) -> tuple[Page, str]:
    """Find the page of a path, and the key in it.

    Args:
        path: Path below the language, without slashes at its ends.

    Raises:
        WrongUse: No page has that path.

    >>> page, key = find_page("countries/PER")
    >>> page.name, key
    ('country', 'PER')
    """
    for page in PAGES:
        if not page.keyed and page.path == path:
            return page, ""
    folder, _, key = path.partition("/")
    for page in PAGES:
        if page.keyed and page.path == f"{folder}/{{key}}" and key and "/" not in key:
            return page, key
    raise WrongUse(
        sentence("there is no page {path!r}", path=path), do=sentence("start at the first page")
    )


def keys_of(page: Page, edition: Edition) -> tuple[str, ...]:
    """Give every key of a page that has one page a thing; one empty key otherwise."""
    if not page.keyed:
        return ("",)
    found: dict[str, Callable[[], tuple[str, ...]]] = {
        "signal": lambda: tuple(name.partition(":")[2] for name in edition.published_signals),
        "series": lambda: tuple(series.series_path(key) for key in edition.series),
        "resolution": lambda: promises.keys(edition),
        "ask": lambda: following.keys(edition),
        "session": lambda: gatherings.keys(edition),
        "event": lambda: events.keys(edition),
        "organisation": lambda: organisations.keys(edition),
        "source_changes": lambda: changes.keys(edition),
        "catalogue_part": lambda: catalogue.keys(edition),
        "story": lambda: story.keys(edition),
        "stories_part": lambda: stories.keys(edition),
        "country": lambda: countries.codes(edition),
    }
    return found[page.name]()
