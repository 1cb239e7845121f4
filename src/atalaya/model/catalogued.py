"""What the catalogue says of a source besides how it is fetched: where its facts were seen.

Addresses, licences and cadences are looked up, never recalled. Each fact names where it was seen
and how it was checked, so that somebody else can look again.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from atalaya.model.declaring import Declared, Title, Words

Fact = Literal["homepage", "address", "publisher", "licence", "language", "cadence", "gives"]
FACTS: Final[tuple[Fact, ...]] = (
    "homepage",
    "address",
    "publisher",
    "licence",
    "language",
    "cadence",
    "gives",
)
Group = Literal[
    "international",
    "early-warning",
    "drug-agency",
    "drug-checking",
    "deaths",
    "health-alert",
    "scheduling",
    "parliament",
    "news",
]
_PAGES = ("https://", "http://")
_FILES = 2  # one file may be wrong, or made up, without anybody noticing


class Seen(Declared):
    """Where facts were seen, and how they were checked.

    Args:
        facts: Which facts.
        where: Pages on the web, files of public repositories (``owner/name: path``) or public
            source files that do not tell their repository, numbered within the declaration
            (``public code, file 2``).
        checked: ``verified`` where a saved page or two independent files show them.
        how: What was read, and what speaks against it.
        searched: What was looked for without finding a page that shows it.
        on: The day of looking.
    """

    facts: tuple[Fact, ...] = Field(min_length=1)
    where: tuple[Words, ...] = ()
    checked: Literal["verified", "unverified"]
    how: Words
    searched: tuple[Words, ...] = ()
    on: date

    @model_validator(mode="after")
    def _is_grounded(self) -> Self:
        paged = any(place.startswith(_PAGES) for place in self.where)
        if self.checked == "verified" and not paged and len(set(self.where)) < _FILES:
            raise ValueError("verified needs a page or two files in where")
        if self.checked == "unverified" and not self.searched:
            raise ValueError("unverified needs what was searched, in searched")
        return self


class Catalogued(Declared):
    """A source's entry in the catalogue.

    Args:
        group: What kind of source it is.
        official: Whether a public authority publishes it.
        gives: What it gives, in a few words.
        seen: Where each fact was seen; every fact once.
    """

    group: Group
    official: bool
    gives: Title
    seen: tuple[Seen, ...]

    @model_validator(mode="after")
    def _says_each_fact_once(self) -> Self:
        told = Counter(fact for one in self.seen for fact in one.facts)
        if wrong := [fact for fact in FACTS if told[fact] != 1]:
            raise ValueError(f"seen must say once where each was seen: {', '.join(wrong)}")
        return self

    def seen_of(self, fact: Fact) -> Seen:
        """Give where a fact was seen."""
        return next(one for one in self.seen if fact in one.facts)

    @property
    def verified(self) -> tuple[Fact, ...]:
        """The facts that are verified, in the order of ``FACTS``."""
        return tuple(fact for fact in FACTS if self.seen_of(fact).checked == "verified")
