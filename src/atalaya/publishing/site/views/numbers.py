"""Numbers of drafts, each beside the text that sources give it to, for pages mix them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.promises.fields import Status
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.views.facts import About, Fact, Teller, about
from atalaya.publishing.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text with its number.

    Args:
        about: The text.
        drafts: Every number that sources give its draft; more than one where they differ.
        topic: What it is about, or None.
        differs: Whether sources differ on the number.
        looked: What was looked for under the number, each search with its day.
    """

    about: About
    drafts: tuple[Fact, ...]
    topic: Fact | None
    differs: bool
    looked: tuple[Fact, ...]


def numbered(edition: Edition, visit: Visit, report: str | None) -> tuple[Numbered, ...]:
    """Give the numbered texts of the sessions that a report tells of, in the record's order."""
    return tuple(
        _numbered(one, Teller(edition, visit, session), visit.language)
        for session in edition.sessions
        if report is not None and report in set(_pages(session))
        for one in session.resolutions
        if one.draft.said
    )


def _pages(session: Session) -> Iterator[str | None]:
    yield from (said.cites for said in session.facts)
    yield from (said.cites for one in session.resolutions for said in one.draft.said)


def _numbered(one: Resolution, teller: Teller, language: str) -> Numbered:
    return Numbered(
        about=about(one, language),
        drafts=teller.facts(one.draft),
        topic=teller.first(one.topic),
        differs=one.draft.status is Status.DISPUTED,
        looked=teller.facts(one.draft_searched),
    )
