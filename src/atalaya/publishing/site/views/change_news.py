"""What the feed of followed pages tells: each change of content, by the day it was captured."""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.terms import term
from atalaya.publishing.site.views.changes import Changed, changes
from atalaya.publishing.site.views.facts import About, Fact
from atalaya.publishing.site.views.news import News
from atalaya.publishing.site.visits import Visit

_ONLY_THAT = frozenset(("withheld", "unread"))  # that it changed is news, and all that is told

_OPENS = ("https://", "http://")  # a file of the package is no address that a reader can open


def of_changes(edition: Edition, visit: Visit, key: str) -> News:
    """What changed in the pages of every source, or of the one that the key names.

    Raises:
        WrongUse: No page of that source changed.
    """
    view = changes(edition, visit, key)
    title = language(visit.language).say("Changes in followed pages")
    told = (one for day in view.days for version in day for one in _facts(version, visit))
    return News(f"{title}: {view.title}" if view.title else title, tuple(told))


def _facts(version: Changed, visit: Visit) -> Iterator[Fact]:
    for one in version.told:
        sides = filter(None, (one.row["before"], one.row["after"]))
        said = one.row["after"] if one.row["kind"] == "moved" else " → ".join(sides)
        yield _fact(version, one.row, said, None)
    for row in version.others:
        if row["kind"] in _ONLY_THAT:
            why = term(f"because-{row['because']}", language(visit.language))
            yield _fact(version, row, str(row["because"]), why)


def _fact(version: Changed, row: Row, said: str, own_words: str | None) -> Fact:
    """Make a fact of a row; that the page says otherwise was seen, so nothing is unverified."""
    return Fact(
        predicate=row["kind"],
        text=said,
        own_words=own_words,
        number=None,
        unit=None,
        territory=None,
        territory_name="",
        period=version.day,
        checked=True,
        how_checked="",
        cites=version.address if version.address.startswith(_OPENS) else None,
        disputed=False,
        reference=row["id"],
        about=About("", version.title, version.source),
    )
