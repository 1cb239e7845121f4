"""Sentences that tell of votes and of treaties, beside the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atalaya.model.sentences import sentence
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    verified,
)
from atalaya.promises.claims.matching import of_symbol, of_topic
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.promises.sessions import Session
from atalaya.reading.reports.clauses import sentences
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
        rf"contre) {_N.format('b')},? ?(?:with|con|et|y|and) {_N.format('c')} abst"
    ),
    compiled(
        rf"(?<!\d){_N.format('a')} ?[-–] ?{_N.format('b')} ?[-–] ?{_N.format('c')}(?!\d)"
        rf"(?=[^.;]{{0,40}}(?:vote|voto|abst)|)"
    ),
)


_CONSENSUS = compiled(
    r"(?<!\w)(?:by consensus|without a vote|por consenso|sin votación|par consensus|"
    r"sans vote)(?!\w)"
)


_CHANGES = compiled(
    r"(?<!\w)(?:updat|amend|moderni[sz]|rewrit|chang|reform|actuali[sz]|modific|"
    r"enmend|renegoci|mett\w+ à jour|modifi)\w*[^.;]{0,40}?(?:treat|convention|tratad|"
    r"convenci|trait[ée])"
)


HOW = "how-resolutions-were-adopted"


def of_sentences(text: str, found: Sequence[Resolution], own: Session | None) -> Iterator[Answer]:
    """Answer for single sentences: tallies, ways of adoption, and treaties said to change."""
    last: Resolution | None = None
    for line in re.finditer(r"[^\n]+", text):
        for one in sentences(text, line.span()):
            symbol, _ = symbol_of(text, one)
            ours = of_symbol(str(symbol.value), found) if symbol else None
            ours = ours or of_topic(one.of(text), found)
            last = ours or last
            yield from _tally(text, one, ours or last)
            yield from _consensus(text, one, ours, own)
            yield from _treaties(text, one, ours)


def _tally(text: str, span: Span, ours: Resolution | None) -> Iterator[Answer]:
    found = next((one for pattern in _TALLY if (one := pattern.search(text, *span))), None)
    if found is None or ours is None:
        return
    declared = [tally.declared for tally in ours.tallies[:3]]
    where = Span(*found.span())
    claimed = f"{found['a']}-{found['b']}-{found['c']}"
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
    agrees = claimed == figures
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


def _consensus(
    text: str, span: Span, ours: Resolution | None, own: Session | None
) -> Iterator[Answer]:
    found = _CONSENSUS.search(text, *span)
    if found is None:
        return
    said: tuple[Said, ...] = ()
    if ours is not None and any(tally.declared.said or tally.named for tally in ours.tallies):
        said = tuple(
            one for tally in ours.tallies for one in (*tally.declared.said, *tally.named[:1])
        )
    elif own is not None:
        said = verified(own.fact(HOW, several=True).said)
    where = Span(*found.span())
    about = ours.id if ours is not None else own.id if own is not None else None
    if not said:
        yield Answer(
            "adoption",
            where,
            found[0],
            Verdict.CANNOT_TELL,
            None,
            sentence("no source in the record says how it was adopted"),
            sentence("say that it was adopted, and not how"),
            (),
            about,
            (),
        )
        return
    yield Answer(
        "adoption",
        where,
        found[0],
        Verdict.DIFFERS,
        said[0].value,
        sentence("sources say that it was put to a vote"),
        sentence("say that it was adopted by a vote"),
        cited(said),
        about,
        resting(said),
        checks(said),
    )


def _treaties(text: str, span: Span, ours: Resolution | None) -> Iterator[Answer]:
    found = _CHANGES.search(text, *span)
    if found is None or ours is None or not ours.asks.said:
        return
    asks = ours.asks.said
    same = [one for one in asks if _CHANGES.search(one.value)]
    listed = "; ".join(one.value for one in asks[:8])
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
