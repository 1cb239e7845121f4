"""Stories that open sources told, the newest first: all, or those of one place or substance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

from babel import Locale

from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period
from atalaya.model.sentences import sentence
from atalaya.publishing.marking import _
from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.stories import NOWHERE, Stories, country_of, key_of, listed, stories_of
from atalaya.publishing.site.views.choices import Choice
from atalaya.publishing.site.views.sparks import Bar
from atalaya.publishing.site.views.telling import NEWEST, StoryCard, story_card
from atalaya.publishing.site.visits import Visit

FILTERS = ("place", "substance", "language", "month")
MONTHS = 24  # of the picture: two years show a season and still fit a phone
_FEW = 30  # stories on the page of one place or substance; the table of the release has them all
_NEWS = 5  # on the pages of other things
_PAGES = 30  # of each filter, in a static copy: those with most stories, and the newest months
_PLACE_UNKNOWN = _("place not known")


@dataclass(frozen=True, slots=True)
class StoriesView:
    """The page of stories.

    Args:
        key: The filter's value that is shown, or empty for all.
        title: Its name, or empty.
        filters: Filter -> its values, those with most stories first, months the newest first; on
            the page of all stories alone.
        groups: Stories by month, the newest first; those without a day last.
        months: How many there are a month, the oldest first; a gap where no text was read.
        total: How many stories there are, shown or not.
        texts: How many texts were read.
        withheld: Why something was taken out of texts -> how often.
    """

    key: str
    title: str
    filters: Mapping[str, tuple[Choice, ...]]
    groups: tuple[tuple[StoryCard, ...], ...]
    months: tuple[Bar, ...]
    total: int
    texts: int
    withheld: Mapping[str, int]

    @property
    def shown(self) -> int:
        """How many stories are shown."""
        return sum(map(len, self.groups))


def stories(edition: Edition, visit: Visit, key: str) -> StoriesView:
    """Build the page of stories: all, or those of one place, substance, language or month.

    Raises:
        WrongUse: No story has that place, substance, language or month.
    """
    known, found = stories_of(edition), _by_key(edition)
    rows = found.get(key, ()) if key else known.rows
    if key and not rows:
        raise WrongUse(
            sentence("no story is known under {key!r}", key=key),
            do=sentence("the page of stories lists them all"),
        )
    cards = [story_card(edition, visit, row) for row in rows[: _FEW if key else NEWEST]]
    return StoriesView(
        key=key,
        title=_title(edition, visit, key) if key else "",
        filters={} if key else {name: _choices(edition, visit, name) for name in FILTERS},
        groups=tuple(tuple(group) for _, group in groupby(cards, key=lambda card: card.day[:7])),
        months=_months(known, rows),
        total=len(rows),
        texts=known.texts_read,
        withheld=known.withheld,
    )


def keys(edition: Edition) -> tuple[str, ...]:
    """Give every value of every filter."""
    return tuple(sorted(_by_key(edition)))


def left_out(edition: Edition) -> Iterator[str]:
    """Give the paths of pages that a static copy does without, for it would be mostly stories."""
    yield from (f"stories/{key}" for key in list(stories_of(edition).by_key)[NEWEST:])
    counts = {key: len(rows) for key, rows in _by_key(edition).items()}
    for name in FILTERS:
        fullest = sorted((key for key in counts if key.startswith(f"{name}-")), reverse=True)
        fullest.sort(key=lambda key: 0 if name == "month" else -counts[key])
        yield from (f"stories-by/{key}" for key in fullest[_PAGES:])


def newest(edition: Edition, visit: Visit) -> tuple[StoryCard, ...]:
    """Give the newest stories, for the first page."""
    return tuple(story_card(edition, visit, row) for row in stories_of(edition).rows[:_NEWS])


def newest_in(edition: Edition, visit: Visit, territory: str) -> tuple[StoryCard, ...]:
    """Give the newest stories of a country and its parts, or of one part, for its page."""
    country = country_of(edition, territory)
    rows = _by_key(edition).get(f"place-{key_of(country).lower()}", ())
    own = (row for row in rows if territory in (country, row["territory"]))
    return tuple(story_card(edition, visit, row) for row in islice(own, _NEWS))


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def _by_key(edition: Edition) -> Mapping[str, Sequence[Row]]:
    """Give the stories under every value of every filter, the newest first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in stories_of(edition).rows:
        for key in _keys(edition, row):
            found[key].append(row)
    return dict(found)


def _keys(edition: Edition, row: Row) -> Iterator[str]:
    """Give the values of every filter that a story has."""
    yield f"place-{key_of(country_of(edition, row['territory'])).lower()}"
    yield from (f"substance-{key_of(one)}" for one in listed(row["substances"]))
    if row["language"]:
        yield f"language-{row['language']}"
    if row["last_day"]:
        yield f"month-{row['last_day'][:7]}"


def _choices(edition: Edition, visit: Visit, name: str) -> tuple[Choice, ...]:
    found = [
        Choice(key, _title(edition, visit, key), len(rows))
        for key, rows in _by_key(edition).items()
        if key.startswith(f"{name}-")
    ]
    if name == "month":
        return tuple(sorted(found, key=lambda one: one.key, reverse=True))
    return tuple(sorted(found, key=lambda one: (-one.count, one.title.casefold(), one.key)))


def _title(edition: Edition, visit: Visit, key: str) -> str:
    tongue = language(visit.language)
    name, _dash, value = key.partition("-")
    if name == "place" and value == NOWHERE:
        return tongue.say(_PLACE_UNKNOWN)
    if name == "place":
        return edition.names.place(f"territory:{value.upper()}").name(visit.language)
    if name == "substance":
        return edition.names.subject(f"substance:{value}", visit.language)
    if name == "month":
        return tongue.period(value)
    return str(Locale.parse(visit.language).languages.get(value, value))


def _months(known: Stories, rows: Sequence[Row]) -> tuple[Bar, ...]:
    """Count stories by month; a month of which no text was read is a gap and no zero."""
    told = Counter(row["last_day"][:7] for row in rows if row["last_day"])
    dated = sorted({*known.read, *told})
    if not dated:
        return ()
    last = Period.parse(dated[-1])
    first = max(Period.parse(dated[0]).ordinal, last.ordinal - MONTHS + 1)
    months = [str(last + (at - last.ordinal)) for at in range(first, last.ordinal + 1)]
    return tuple(
        Bar(
            month,
            Cell(n, n) if (n := float(told[month])) or known.read.get(month) else Cell(),
            alarm=False,
        )
        for month in months
    )
