"""Reads one text of an open source for everything that Atalaya looks for in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.reading.analysis.given import GivenText
from atalaya.reading.analysis.lexicon import lexicon
from atalaya.reading.documents.language import UNKNOWN, identify
from atalaya.reading.mentions import (
    concealment,
    dates,
    documents,
    facilities,
    money,
    organisations,
    quantities,
    substances,
)
from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places import reading as places
from atalaya.reading.mentions.places.country import Placed
from atalaya.reading.mentions.tagger import reconciling
from atalaya.reading.persons import finding, redacting
from atalaya.reading.persons.finding import Removal
from atalaya.reading.relevance import scoring
from atalaya.reading.relevance.scoring import Relevance
from atalaya.reading.safety.finding import Unsafe, unsafe
from atalaya.reading.stories import features, plausibility
from atalaya.reading.stories.features import Known, StoryFeatures
from atalaya.registers import territories

FIRST_CLASS = frozenset({"en", "es", "fr", "pt", "de"})
_WHERE = frozenset({Label.PLACE, Label.ORGANISATION, Label.FACILITY})
_BARE = "und"  # ISO 639-2: the language is not determined


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one text says.

    Args:
        given: The text, as it was given.
        language: Code of its language; ``und`` where none could be told.
        title_mentions: Mentions in the title, by start.
        text_mentions: Mentions in the text, by start; persons are among them.
        relevance: Whether it is about drugs or drug policy, with a calibrated score.
        country: Where it happened, or None where nothing says so.
        redacted_title: The title without private persons.
        redacted_text: The text without private persons.
        withheld: Why a private person was taken out -> how often.
        removed: What of the text was taken out, with offsets into it.
        unsafe: Sentences of the text that explain or sell, which may not be shown (R5).
        features: What tells its story apart.
        implausible: What cannot be true as it is said, one sentence each.
        issues: What was wrong with it: kind and one sentence.
    """

    given: GivenText
    language: str
    title_mentions: tuple[Mention, ...]
    text_mentions: tuple[Mention, ...]
    relevance: Relevance
    country: Placed | None
    redacted_title: str
    redacted_text: str
    withheld: Mapping[str, int]
    removed: tuple[Removal, ...]
    unsafe: tuple[Unsafe, ...]
    features: StoryFeatures
    implausible: tuple[str, ...] = ()
    issues: tuple[tuple[str, str], ...] = ()

    @property
    def shown_text(self) -> str:
        """The text without private persons and without sentences that may not be shown."""
        marked = [(one.start, one.end, "[…] ") for one in self.unsafe]
        marked += [
            (one.start, one.end, redacting.mark(one.reason, self.language))
            for one in self.removed
            if not any(held.start <= one.start < held.end for held in self.unsafe)
        ]
        parts, at = [], 0
        for start, end, mark in sorted(marked):
            parts += [self.given.text[at:start], mark]
            at = max(at, end)
        return "".join((*parts, self.given.text[at:]))

    @property
    def territory(self) -> str | None:
        """Identifier of the place where it happened: a division or a country."""
        return None if self.country is None else self.country.territory


@dataclass(frozen=True, slots=True)
class Analyst:
    """Reads texts, one by one, with everything it needs made ready once.

    Args:
        lexicon: What the scan looks for.
    """

    lexicon: Lexicon = field(default_factory=lexicon)

    def analyse(self, given: GivenText) -> Analysis:
        """Read a text.

        Args:
            given: The text, with what is known of it.

        Returns:
            What it says. Nothing of it stops: what cannot be used is an issue of this text.
        """
        text, title = Page.of(given.text, self.lexicon), Page.of(given.title, self.lexicon)
        language, issues = _language(given)
        known = None if language == _BARE else language
        where = places.read(title, text, known, given.url)
        placed = where.country
        removed = finding.removals([title, text], known)
        in_text = _mentions(text, given, known, where, told=False)
        drugs = any(one.label is Label.SUBSTANCE for one in in_text)
        in_title = _mentions(title, given, known, where, told=drugs)
        relevance = scoring.score(text, title)
        return Analysis(
            given=given,
            language=language,
            title_mentions=_with_persons(in_title, removed[0]),
            text_mentions=_with_persons(in_text, removed[1]),
            relevance=relevance,
            country=placed,
            redacted_title=redacting.redact(given.title, removed[0], known),
            redacted_text=redacting.redact(given.text, removed[1], known),
            withheld=redacting.counts([*removed[0], *removed[1]]),
            removed=tuple(removed[1]),
            unsafe=tuple(unsafe(text)),
            features=features.of(text, title, (in_text, in_title), _known(given, placed, known)),
            implausible=tuple(str(one.says) for one in plausibility.doubts(text, in_text)),
            issues=(*given.faults, *issues),
        )


def _language(given: GivenText) -> tuple[str, list[tuple[str, str]]]:
    """Give the language of a text, and what to say of it."""
    if given.language is not None:
        return given.language, _unread(given.language)
    found = identify(f"{given.title}. {given.text}" if given.title else given.text)
    if found == UNKNOWN or found.code is None:
        empty = not (given.text.strip() or given.title.strip())
        if empty:
            return _BARE, [("empty-text", "there is no text; give its words")]
        return _BARE, [("language-unknown", "its language cannot be told; say it in language")]
    return found.code, _unread(found.code)


def _unread(code: str) -> list[tuple[str, str]]:
    if code in FIRST_CLASS:
        return []
    says = f"texts in {code!r} are read for substances, places and amounts; no more of them is"
    return [("language-partly-read", says)]


def _mentions(
    page: Page, given: GivenText, language: str | None, where: places.Places, *, told: bool
) -> list[Mention]:
    """Give the mentions on a page by start; of languages that are not first-class only some."""
    if not page.text:
        return []
    found = [*substances.mentions(page, about_drugs=told, language=language), *where.on(page)]
    found += documents.mentions(page)
    found += quantities.mentions(page, language)  # "450 kilo" is written so in many languages
    if language is None or language in FIRST_CLASS:
        found += money.mentions(page, language, _alpha2(where.country), given.published)
        found += dates.mentions(page, language, given.published)
        for part in (organisations, facilities, concealment):
            found += part.mentions(page)
    return reconciling.mentions(page, found, language)


def _alpha2(placed: Placed | None) -> str | None:
    return None if placed is None else territories.load().get(f"territory:{placed.iso3}").alpha2


def _with_persons(found: Sequence[Mention], removed: Sequence[Removal]) -> tuple[Mention, ...]:
    """Add private persons; nothing else is named where one stands."""
    persons = finding.mentions(removed)
    spans = [(one.start, one.end) for one in removed]
    kept = [one for one in found if not _touches(one, spans)]
    return tuple(sorted([*kept, *persons], key=lambda one: (one.start, one.end, one.label)))


def _touches(one: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    if one.label in _WHERE:  # "a 34-year-old of Salta" names a place, "Dr. Salta" does not
        return any(start <= one.start and one.end <= end for start, end in spans)
    return any(start < one.end and one.start < end for start, end in spans)


def _known(given: GivenText, placed: Placed | None, language: str | None) -> Known:
    return Known(placed.iso3 if placed else None, given.published, given.url, language)
