"""Facts of the record of promises, each as one visit sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.model.periods import Period
from atalaya.model.records import Checked
from atalaya.promises.fields import Field, Said, Status
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session
from atalaya.publishing.marking import _
from atalaya.publishing.site import languages
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.visits import Visit
from atalaya.reading.organisations.states import state

DRAFT = _("{draft} (draft)")
# Predicates whose words are the name of a State or of a body that stands for it.
_NAME_STATES = frozenset({"sponsor", "co-sponsor", "vote-called-by", "co-host", "organiser"})


@dataclass(frozen=True, slots=True)
class About:
    """What a fact is about.

    Args:
        key: Key of the resolution's page; empty where it is about something else.
        symbol: What it is called.
        subject: Identifier of what has no page of its own.
    """

    key: str
    symbol: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a source says.

    Args:
        predicate: What is said.
        text: The words or the number, as printed.
        own_words: The words in the page's language, where the record has them.
        number: The number, when it is one.
        unit: Its unit.
        territory: Register identifier of the place, or None.
        territory_name: Its name.
        period: When.
        checked: Whether it was checked against a second source or a saved page.
        how_checked: How.
        cites: The page it names as its source.
        disputed: Whether sources disagree.
        reference: The claim, for ``why``.
        spoken_by: Who says it, where the record names the body.
        about: The resolution it is said of, where the page is not that resolution's.
    """

    predicate: str
    text: str
    own_words: str | None
    number: float | None
    unit: str | None
    territory: str | None
    territory_name: str
    period: str | None
    checked: bool
    how_checked: str
    cites: str | None
    disputed: bool
    reference: str
    spoken_by: str | None = None
    about: About | None = None

    @property
    def place_alone(self) -> bool:
        """Whether it says no more than which State it is, so that the State's name says it all."""
        names_state = self.predicate in _NAME_STATES or self.predicate.startswith("met-")
        return names_state and state(self.text, self.territory) is not None

    @property
    def worded(self) -> bool:
        """Whether the source says it in words; a bare number needs its unit beside it."""
        return any(letter.isalpha() for letter in self.text)


def key_of(identifier: str) -> str:
    """Give the part of an identifier that stands in addresses."""
    return identifier.partition(":")[2]


def about(resolution: Resolution, language: str) -> About:
    """Say what a fact is about: a text by its number or draft, else by what it is on."""
    key = key_of(resolution.id)
    if resolution.number.value is not None:
        return About(key, resolution.number.value)
    if resolution.draft.value is not None:
        said = languages.language(language).say(DRAFT).format(draft=resolution.draft.value)
        return About(key, said)
    return About(key, next((one.words(language) for one in resolution.topic.said), key))


class Teller:
    """Makes facts of what is said, for one visit."""

    def __init__(self, edition: Edition, visit: Visit, session: Session) -> None:
        self._edition, self._visit, self.session = edition, visit, session
        opened = session.fact("opened-on")
        self._opened = opened.said[0].value if opened.said else None

    @property
    def language(self) -> str:
        """Code of the page's language."""
        return self._visit.language

    def known(self, said: Said) -> bool:
        """Dated facts are known from their date on, undated ones from the session's opening."""
        if self._visit.as_of is None:
            return True
        when = said.period or self._opened
        return when is None or Period.parse(when).start <= self._visit.as_of.end

    def facts(self, field: Field) -> tuple[Fact, ...]:
        """Everything said of a property and known at the page's date."""
        single = field.status is Status.DISPUTED and not field.several
        return tuple(
            self.fact(one, disputed=single or one.disputed) for one in field.said if self.known(one)
        )

    def first(self, field: Field) -> Fact | None:
        """The first thing said of a property, or None."""
        return next(iter(self.facts(field)), None)

    def words(self, said: Sequence[Said]) -> str | None:
        """The words of the first in the page's language, where the record has them."""
        return said[0].notes.get(self._visit.language) if said else None

    def fact(self, said: Said, *, disputed: bool) -> Fact:
        """Make a fact of what is said, with the claim that says it."""
        language, place = self._visit.language, said.territory
        names = self._edition.names
        return Fact(
            predicate=said.predicate,
            text=said.value,
            own_words=said.notes.get(language),
            number=said.number,
            unit=said.unit,
            territory=place,
            territory_name=names.place(place).name(language) if place else "",
            period=said.period,
            checked=said.checked is Checked.VERIFIED,
            how_checked=said.how_checked,
            cites=said.cites,
            disputed=disputed,
            reference=said.claims[0],
            spoken_by=said.notes.get("spoken-by"),
        )


def session_name(found: Session, teller: Teller) -> str:
    """Give what a session is called in the page's language, or its key."""
    fact = teller.first(found.fact("name"))
    return key_of(found.id) if fact is None else fact.own_words or fact.text
