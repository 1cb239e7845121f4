"""Sentences that tell of votes and of treaties, beside the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.model.sentences import sentence
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Stated,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    untold,
    verified,
)
from atalaya.promises.claims.positions import about
from atalaya.promises.claims.stance import Sentence, negated
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session
from atalaya.reading.reports.lexicon import compiled
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import symbol_of

_N = r"(?P<{}>\d{{1,3}})"


_TALLY = (
    compiled(
        rf"(?<!\d){_N.format('a')} (?:votes? )?(?:in favou?r|for|yes|a favor|pour|"
        rf"voix pour)[^.;\d]{{0,30}}?{_N.format('b')} (?:against|no|en contra|"
        rf"contre)[^.;\d]{{0,30}}?{_N.format('c')} (?:abst)"
    ),
    compiled(
        rf"(?<!\d){_N.format('a')} (?:votes?|votos|voix) (?:to|contra|"
        rf"contre) {_N.format('b')}(?!\d)(?:,? ?(?:with|con|avec|et|y|and) {_N.format('c')} abst)?"
    ),
    compiled(
        rf"(?<!\d){_N.format('a')} ?[-–] ?{_N.format('b')} ?[-–] ?{_N.format('c')}(?!\d)"
        rf"(?=[^.;]{{0,40}}(?:vote|voto|abst)|)"
    ),
)


_CHANGES = compiled(
    r"(?<!\w)(?:updat|amend|moderni[sz]|rewrit|chang|reform|actuali[sz]|modific|"
    r"enmend|renegoci|mett\w+ à jour|modifi)\w*[^.;]{0,40}?(?:treat|convention|tratad|"
    r"convenci|trait[ée])\w*"
)


HOW = "how-resolutions-were-adopted"


@dataclass(frozen=True, slots=True)
class Ours:
    """What of the record a text may tell of.

    Args:
        found: Its resolutions.
        own: The session that the text is of, or None.
        foreign: Whether the text is of a session that the record does not hold.
    """

    found: Sequence[Resolution]
    own: Session | None
    foreign: bool = False


def of_sentences(text: str, said: Sequence[Sentence], record: Ours) -> Iterator[Answer]:
    """Answer for single sentences: tallies, ways of adoption, and treaties said to change."""
    last: Resolution | None = None
    for sentence_said in said:
        one = sentence_said.span
        ours = next(iter(about(text, one, record.found, foreign=record.foreign)), None)
        last = ours or last
        if sentence_said.claims:
            yield from _tally(text, one, ours or last)
            yield from _adoption(text, one, ours, record.own)
        if sentence_said.claims or sentence_said.foretells:
            yield from _treaties(text, one, ours)


def _tally(text: str, span: Span, ours: Resolution | None) -> Iterator[Answer]:
    found = next((one for pattern in _TALLY if (one := pattern.search(text, *span))), None)
    if found is None or ours is None or negated(text, found.span(), span.start):
        return
    declared = [tally.declared for tally in ours.tallies[:3]]
    where = Span(*found.span())
    told = [found[part] for part in "abc" if found[part] is not None]  # abstentions may be left out
    claimed = "-".join(told)
    if not all(field.said for field in declared):
        said = [one for field in declared for one in field.said]
        says = sentence("no source in the record gives the whole tally")
        safe = sentence("print no numbers of votes until the record of the meeting is at hand")
        yield Answer(
            "tally",
            where,
            claimed,
            Verdict.CANNOT_TELL,
            None,
            says,
            safe,
            cited(said),
            ours.id,
            resting(said),
            checks(said),
        )
        return
    said = [field.said[0] for field in declared]
    figures = "-".join(printed(one) for one in said)
    agrees = told == [printed(one) for one in said][: len(told)]
    counts = "; ".join(
        f"{len(tally.named)} / {printed(tally.declared.said[0])}"
        for tally in ours.tallies[:3]
        if tally.agrees is False
    )
    says = sentence("sources declare {figures}", figures=figures)
    safe = (
        sentence(
            "print {figures} as declared, and say that the names listed differ ({counts})",
            figures=figures,
            counts=counts,
        )
        if counts
        else sentence("print {figures}", figures=figures)
    )
    verdict = Verdict.AGREES if agrees else Verdict.DIFFERS
    yield Answer(
        "tally",
        where,
        claimed,
        verdict,
        figures,
        says,
        safe,
        cited(said),
        ours.id,
        resting(said),
        checks(said),
    )


def _adoption(
    text: str, span: Span, ours: Resolution | None, own: Session | None
) -> Iterator[Answer]:
    """By consensus or by a vote; "not by consensus" is by a vote."""
    for name, by_vote in (("consensus", False), ("voted", True)):
        found = words.phrase("voting", name).search(text, *span)
        # A text that nobody named is none of the record's: a parliament decides by consensus too.
        named = ours is not None or own is not None or symbol_of(text, span)[0] is not None
        if found is not None and named:
            verb = _phrase(text, span, found)
            none = words.phrase("negation", "none").search(text, span.start, verb[0]) is not None
            voted = by_vote is not (none or negated(text, verb, span.start))
            yield _how(text, Span(*found.span()), voted, ours, own)


def _phrase(text: str, span: Span, found: re.Match[str]) -> tuple[int, int]:
    """Give where the verb before a way of adoption begins: its "not" stands before it."""
    cut = max(text.rfind(mark, span.start, found.start()) for mark in ",;:")
    begin = max(cut + 1, span.start)
    verbs = [*words.phrase("sessions", "adopted").finditer(text, begin, found.start())]
    return (verbs[-1].start() if verbs else found.start(), found.end())


def _how(
    text: str, where: Span, voted: bool, ours: Resolution | None, own: Session | None
) -> Answer:
    said, ways = _ways(ours, own)
    about = ours.id if ours is not None else own.id if own is not None else None
    if len(ways) != 1:
        return untold(
            "adoption",
            Stated(text, where),
            sentence("sources say how: {how}", how=said[0].value)
            if said
            else sentence("no source in the record says how it was adopted"),
            sentence("say that it was adopted, and not how"),
            about,
            said,
        )
    (by_vote,) = ways
    return Answer(
        "adoption",
        where,
        where.of(text),
        Verdict.AGREES if voted is by_vote else Verdict.DIFFERS,
        said[0].value,
        sentence("sources say that it was put to a vote")
        if by_vote
        else sentence("sources say that it was adopted without a vote"),
        sentence("say that it was adopted by a vote")
        if by_vote
        else sentence("say that it was adopted without a vote"),
        cited(said),
        about,
        resting(said),
        checks(said),
    )


def _ways(ours: Resolution | None, own: Session | None) -> tuple[tuple[Said, ...], set[bool]]:
    """Give what says how a text, or those of a session, were adopted: by a vote, without, or both.

    That two of a session's four were voted on does not tell which.
    """
    tallies = () if ours is None else ours.tallies
    if any(tally.declared.said or tally.named for tally in tallies):
        return tuple(
            one for tally in tallies for one in (*tally.declared.said, *tally.named[:1])
        ), {True}
    said = () if ours is None else verified(ours.adopted_how.said)
    if not said and own is not None:
        said = verified(own.fact(HOW, several=True).said)
    ways = {
        by_vote
        for one in said
        for name, by_vote in (("consensus", False), ("voted", True))
        if words.phrase("voting", name).search(one.value)
    }
    return said, ways


def _treaties(text: str, span: Span, ours: Resolution | None) -> Iterator[Answer]:
    found = _CHANGES.search(text, *span)
    if found is None or ours is None or not ours.asks.said:
        return
    if negated(text, found.span(), span.start):
        return  # that nothing is changed is no claim these asks could bear out
    asks = ours.asks.said
    same = [one for one in asks if _CHANGES.search(one.value)]
    listed = "; ".join([*dict.fromkeys(one.value for one in asks)][:8])
    verdict = Verdict.AGREES if same else Verdict.DIFFERS
    says = (
        sentence("what the text asks for, as sources report it, includes this")
        if same
        else sentence(
            "nothing the text asks for, as sources report it, changes a treaty: {asks}", asks=listed
        )
    )
    safe = sentence("say what it asks for in the words of the text: {asks}", asks=listed)
    yield Answer(
        "treaties",
        Span(*found.span()),
        found[0],
        verdict,
        listed,
        says,
        safe,
        cited(asks),
        ours.id,
        resting(asks),
        checks(asks),
    )
