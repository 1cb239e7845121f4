"""Claims beside the record: what a reader pastes, and what the best-covered report says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.model.records import Checked
from atalaya.promises.claims import Verdict, check
from atalaya.promises.fields import Said
from atalaya.publishing.site.beside import record_of
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import language
from atalaya.publishing.site.sentences import in_language
from atalaya.publishing.site.views.facts import About, Fact, Teller
from atalaya.publishing.site.views.facts import about as about_of
from atalaya.publishing.site.views.numbers import Numbered, numbered
from atalaya.publishing.site.visits import Visit

LONGEST = 20_000  # letters of a pasted text that are looked at: about eight pages
# Fields of a visit that only the form of the page fills: an address cannot, so that no text lands
# in a log of addresses.
PASTED, REFUSED = "pasted", "refused"
_WHYS = 3  # rows that an answer links; a year of months rests on twelve
_ADDRESS = re.compile(r"https?://[^\s,;)]+")
Spoken = tuple[About | None, Said, Teller]


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim of a pasted text, in the page's language.

    Args:
        verdict: ``agrees``, ``differs`` or ``cannot tell``.
        kind: What is claimed.
        claimed: What the text claims, quoted.
        says: How it stands beside the record.
        safe: What would be safe to print.
        sources: Pages that say what is found.
        why: References of the rows that say it, the first few.
    """

    verdict: str
    kind: str
    claimed: str
    says: str
    safe: str
    sources: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a report says, with what others say of the same."""

    fact: Fact
    others: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """The page of claims.

    Args:
        asked: The pasted text; empty where nothing was pasted.
        refused: Whether it was longer than what is looked at, and so not read.
        answers: Its claims that the record can speak to, what agrees first.
        report: Address of the report that tells of most side events, or None.
        agrees: What it says and another page bears out.
        differs: Where other sources say otherwise.
        untold: What only it says, or nobody checked.
        numbers: Numbers of the drafts it tells of, which other pages may mix up.
    """

    asked: str
    refused: bool
    answers: tuple[Answered, ...]
    report: str | None
    agrees: tuple[Beside, ...]
    differs: tuple[Beside, ...]
    untold: tuple[Beside, ...]
    numbers: tuple[Numbered, ...]


def claims(edition: Edition, visit: Visit, _key: str) -> ClaimsView:
    """Build the page of claims."""
    asked = visit.query.get(PASTED, "")
    answers = tuple(_answers(edition, visit, asked)) if asked else ()
    report = _report(edition)
    found: dict[Verdict, list[Beside]] = {verdict: [] for verdict in Verdict}
    for session in edition.sessions:
        for verdict, beside in _held(tuple(_spoken(edition, visit, session.id)), report):
            found[verdict].append(beside)
    return ClaimsView(
        asked=asked,
        refused=REFUSED in visit.query,
        answers=answers,
        report=report,
        agrees=tuple(found[Verdict.AGREES]),
        differs=tuple(found[Verdict.DIFFERS]),
        untold=tuple(found[Verdict.CANNOT_TELL]),
        numbers=numbered(edition, visit, report),
    )


def _report(edition: Edition) -> str | None:
    """Give the page that tells of most side events and their hosts: the report of a session."""
    cited = Counter(
        said.cites
        for session in edition.sessions
        for event in session.events
        for field in (event.title, event.organiser, event.co_hosts, event.attendance)
        for said in field.said
        if said.cites
    )
    return cited.most_common(1)[0][0] if cited else None


def _held(said: Sequence[Spoken], report: str | None) -> Iterator[tuple[Verdict, Beside]]:
    """Hold what the report says of a session beside what others say of the same session."""
    for about, one, teller in said:
        if report is None or one.cites != report:
            continue
        same = [
            other
            for place, other, _ in said
            if (place, other.predicate) == (about, one.predicate) and other.cites != report
        ]
        fact = replace(teller.fact(one, disputed=one.disputed), about=about)
        others = tuple(teller.fact(other, disputed=other.disputed) for other in same)
        yield _verdict(one, same, report), Beside(fact, others)


def _verdict(one: Said, others: Sequence[Said], report: str) -> Verdict:
    """Agreement takes a second page: that a report says so is no proof that it is so."""
    if one.disputed:
        return Verdict.DIFFERS
    checked = one.checked is Checked.VERIFIED
    second = any(address != report for address in _ADDRESS.findall(one.how_checked))
    again = any(other.value == one.value for other in others)
    return Verdict.AGREES if checked and (second or again) else Verdict.CANNOT_TELL


def _spoken(edition: Edition, visit: Visit, name: str) -> Iterator[Spoken]:
    """Give what is said of a session and its resolutions: events are the report's own to tell."""
    session = next(one for one in edition.sessions if one.id == name)
    teller = Teller(edition, visit, session)
    yield from ((None, said, teller) for said in session.facts)
    for one in session.resolutions:
        about = about_of(one, visit.language)
        for _, field in one.properties():
            yield from ((about, said, teller) for said in field.said)


def _answers(edition: Edition, visit: Visit, asked: str) -> Iterator[Answered]:
    tongue = language(visit.language)
    for one in check(asked, record_of(edition)):
        says, safe = (
            in_language(words.content(), tongue) or str(words) for words in (one.says, one.safe)
        )
        start, end = one.span
        quoted = asked[start:end]
        yield Answered(str(one.verdict), one.kind, quoted, says, safe, one.sources, one.why[:_WHYS])
