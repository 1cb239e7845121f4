"""One story: its texts in order, what each says, where its words go back to, what was withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from atalaya.model.errors import WrongUse
from atalaya.model.sentences import sentence
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.stories import (
    Stories,
    claims_of,
    country_of,
    listed,
    stories_of,
    taken_out,
)
from atalaya.publishing.site.views.telling import StoryCard, source_title, story_card
from atalaya.publishing.site.visits import Visit

_OTHERS = 5  # of the same place and substance; the pages of both have more
_READ = "documents read"  # that a text was read is no saying of it


@dataclass(frozen=True, slots=True)
class Saying:
    """A passage that names a substance or an unknown name.

    Args:
        row: The claim's row.
        what: What it names, in the page's language.
    """

    row: Row
    what: str


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a story.

    Args:
        row: Its row in the table of texts.
        source: Title of its source in the page's language.
        tongue: Name of its language.
        linked: Whether its source lets nothing but its address be passed on.
        copies: The place in the list of the first text of the same origin, or 0 where it is that.
        sayings: What it says of substances.
        withheld: Why something was taken out of it -> how often.
    """

    row: Row
    source: str
    tongue: str
    linked: bool
    copies: int
    sayings: tuple[Saying, ...]
    withheld: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoryView:
    """The page of one story.

    Args:
        card: The story.
        texts: Its texts, in order of publication.
        others: Other stories of the same country and substance, the newest first.
    """

    card: StoryCard
    texts: tuple[Told, ...]
    others: tuple[StoryCard, ...]


def story(edition: Edition, visit: Visit, key: str) -> StoryView:
    """Build the page of one story.

    Raises:
        WrongUse: There is no such story.
    """
    known = stories_of(edition)
    row = known.by_key.get(key)
    if row is None:
        raise WrongUse(
            sentence("there is no story {key!r}", key=key),
            do=sentence("the page of stories lists them all"),
        )
    others = list(_like(edition, known, row))[:_OTHERS]
    return StoryView(
        card=story_card(edition, visit, row),
        texts=tuple(_texts(edition, visit, known.texts.get(row["id"], ()))),
        others=tuple(story_card(edition, visit, one) for one in others),
    )


def keys(edition: Edition) -> tuple[str, ...]:
    """Give the key of every story, the newest first."""
    return tuple(stories_of(edition).by_key)


def _like(edition: Edition, known: Stories, row: Row) -> Iterator[Row]:
    """Give the other stories of a story's country that name one of its substances."""
    wanted, country = set(listed(row["substances"])), country_of(edition, row["territory"])
    if not row["territory"]:
        return
    for one in known.rows:
        near = one["id"] != row["id"] and country_of(edition, one["territory"]) == country
        if near and wanted.intersection(listed(one["substances"])):
            yield one


def _texts(edition: Edition, visit: Visit, rows: Sequence[Row]) -> Iterator[Told]:
    known, first = stories_of(edition), dict[str, int]()
    tongues = Locale.parse(visit.language).languages
    for place, row in enumerate(rows, start=1):
        source = known.sources.get(row["source"])
        yield Told(
            row=row,
            source=source_title(known, row["source"], visit),
            tongue=str(tongues.get(row["language"], row["language"])),
            linked=source is None or not source["redistribute"],
            copies=first.get(row["origin"], 0),
            sayings=tuple(_sayings(edition, visit, row)),
            withheld=taken_out(row["withheld"]),
        )
        first.setdefault(row["origin"], place)


def _sayings(edition: Edition, visit: Visit, text: Row) -> Iterator[Saying]:
    for claim in claims_of(edition, text):
        if claim["predicate"] != _READ:
            named = edition.names.subject(claim["subject"], visit.language)
            yield Saying(claim, claim["text"] or named)
