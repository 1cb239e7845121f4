"""A story as every page shows it: what it is called, where, how sure, and how many voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list

from atalaya.publishing.marking import _
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.stories import Stories, country_of, key_of, listed, stories_of
from atalaya.publishing.site.visits import Visit

NEWEST = 100  # stories with a page in a static copy, and in the feed: what is told last
_SURE, _FAIRLY = 0.9, 0.6  # of a place: named with its country, and named alone or inferred
_REPORTED = _("Reported: {what}, {where}")
_ABOUT_DRUGS = _("drugs or drug policy, no substance named")
_NOWHERE = _("place not known")


@dataclass(frozen=True, slots=True)
class Named:
    """A substance that a story names.

    Args:
        id: Its identifier.
        key: Key of the page of its stories.
        name: Its name in the page's language.
        series: Path of one series of it in the story's place for each thing that is counted.
    """

    id: str
    key: str
    name: str
    series: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list.

    Args:
        row: Its row in the table.
        key: Key of its page.
        title: The title of its earliest report that may be passed on, or a sentence of ours.
        tongue: Language of that title; the page's where the sentence is ours.
        own: Whether the sentence is ours.
        place: Name of the place, or empty where nobody could tell.
        country: Key of the page of its country's stories.
        code: Code of the territory's page, or empty.
        sure: ``high``, ``moderate`` or ``low``: how sure the place is; empty without one.
        substances: What it names.
        sources: Titles of the sources that tell it, each once.
    """

    row: Row
    key: str
    title: str
    tongue: str
    own: bool
    place: str
    country: str
    code: str
    sure: str
    substances: tuple[Named, ...]
    sources: tuple[str, ...]

    @property
    def day(self) -> str:
        """The last day on which it was told, or empty."""
        return self.row["last_day"] or ""


def story_card(edition: Edition, visit: Visit, row: Row) -> StoryCard:
    """Say what a story is about, with names."""
    known = stories_of(edition)
    territory = row["territory"]
    place = edition.names.place(territory).name(visit.language) if territory else ""
    substances = tuple(_named(edition, visit, one, territory) for one in listed(row["substances"]))
    own = not row["title"]
    return StoryCard(
        row=row,
        key=key_of(row["id"]),
        title=_own_words(visit, substances, place) if own else row["title"],
        tongue=visit.language if own else row["language"] or "",
        own=own,
        place=place,
        country=f"place-{key_of(country_of(edition, territory)).lower()}",
        code=key_of(territory) if territory in edition.counts_by_place else "",
        sure=_sure(row["confidence"]) if territory else "",
        substances=substances,
        sources=source_titles(known, known.texts.get(row["id"], ()), visit),
    )


def source_titles(known: Stories, texts: Sequence[Row], visit: Visit) -> tuple[str, ...]:
    """Name the sources of some texts in the page's language, each once."""
    return tuple(dict.fromkeys(source_title(known, text["source"], visit) for text in texts))


def source_title_of(edition: Edition, slug: str, visit: Visit) -> str:
    """Name a source of a release in the page's language."""
    return source_title(stories_of(edition), slug, visit)


def source_title(known: Stories, slug: str, visit: Visit) -> str:
    """Name a source in the page's language."""
    row = known.sources.get(slug)
    return str(row["title_es" if visit.language == "es" else "title"]) if row else slug


def _own_words(visit: Visit, substances: tuple[Named, ...], place: str) -> str:
    say = language(visit.language).say
    names = [one.name for one in substances]
    what = format_list(names, locale=visit.language) if names else say(_ABOUT_DRUGS)
    return say(_REPORTED).format(what=what, where=place or say(_NOWHERE))


def _named(edition: Edition, visit: Visit, identifier: str, territory: str | None) -> Named:
    counted = {one.predicate: one for one in edition.about.get((identifier, territory or ""), [])}
    return Named(
        id=identifier,
        key=f"substance-{key_of(identifier)}",
        name=edition.names.subject(identifier, visit.language),
        series=tuple((one.key.replace("/", "~"), said) for said, one in counted.items()),
    )


def _sure(confidence: float | None) -> str:
    level = confidence or 0.0
    return "high" if level >= _SURE else "moderate" if level >= _FAIRLY else "low"
