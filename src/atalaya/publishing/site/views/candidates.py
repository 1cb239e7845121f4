"""Names that look like new substances and wait for a person, with the words that name them."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.stories import claims_of, listed, stories_of
from atalaya.publishing.site.views.telling import source_title
from atalaya.publishing.site.visits import Visit

_SAYINGS = 5  # quotations a name; who decides reads these first, the table leads to all
_MOST = 100


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that holds the name.

    Args:
        row: The claim's row.
        source: Title of its source in the page's language.
        tongue: Language of its document, or empty.
    """

    row: Row
    source: str
    tongue: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that no register knows.

    Args:
        row: Its row in the table.
        places: Code and name of the countries in which it was named.
        quotes: Passages that hold it, the newest first.
        more: How many passages are not shown.
    """

    row: Row
    places: tuple[tuple[str, str], ...]
    quotes: tuple[Quoted, ...]
    more: int


@dataclass(frozen=True, slots=True)
class CandidatesView:
    """The page of names that wait for a person.

    Args:
        candidates: The names, the newest first.
        total: How many there are, shown or not.
        texts: How many texts were read.
    """

    candidates: tuple[Candidate, ...]
    total: int
    texts: int


def candidates(edition: Edition, visit: Visit, _key: str) -> CandidatesView:
    """Build the page of names that wait for a person."""
    known = stories_of(edition)
    shown = tuple(_candidate(edition, visit, row) for row in known.candidates[:_MOST])
    return CandidatesView(shown, len(known.candidates), known.texts_read)


def _candidate(edition: Edition, visit: Visit, row: Row) -> Candidate:
    known = stories_of(edition)
    claims = sorted(claims_of(edition, row), key=lambda one: one["period"] or "", reverse=True)
    places = (edition.names.place(one) for one in listed(row["territories"]))
    return Candidate(
        row=row,
        places=tuple((place.code, place.name(visit.language)) for place in places),
        quotes=tuple(
            Quoted(
                one,
                source_title(known, one["source"], visit),
                known.tongues.get(one["document"], ""),
            )
            for one in claims[:_SAYINGS]
        ),
        more=max(0, len(claims) - _SAYINGS),
    )
