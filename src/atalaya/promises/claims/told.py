"""Resolutions that a text tells of, beside those of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.model.records import Checked
from atalaya.model.sentences import sentence
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    resting,
    sure,
)
from atalaya.promises.claims.matching import of_symbol, of_topic, own_words, same_session
from atalaya.promises.claims.numbered import numbers_of, safe_number, unlike
from atalaya.promises.claims.positions import about
from atalaya.promises.claims.spoken import Ours
from atalaya.promises.claims.stance import Sentence
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import Resolution
from atalaya.reading.reports.leaves import Named
from atalaya.reading.reports.resolution_units import Resolution as Told
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.sponsoring import said_to_sponsor
from atalaya.registers import organisations
from atalaya.registers.spelling import key


def of_resolutions(
    told: Sequence[Told], found: Sequence[Resolution], *, foreign: bool = False
) -> Iterator[Answer]:
    """Answer for the resolutions that a text tells of: who sponsored them, and their symbols.

    Args:
        told: The resolutions of the text.
        found: Those of the record.
        foreign: Whether the text is of a session that the record does not hold: then what a
            resolution is about says nothing, for sessions take up the same topics.
    """
    for one in told:
        ours = _ours(one, found, foreign=foreign)
        if ours is None:
            continue
        yield from _sponsors(one.sponsors, ours)
        yield from _symbols(one, ours)


def _ours(told: Told, found: Sequence[Resolution], *, foreign: bool) -> Resolution | None:
    """Find the resolution told of: by its topic where that is one's own, else by its symbol.

    A symbol of another session is no slip of the pen, and its resolution none of the record's.
    """
    symbol = None if told.symbol is None else str(told.symbol.value)
    by_symbol = of_symbol(symbol, found) if symbol else None
    if symbol is not None and by_symbol is None and (foreign or not same_session(symbol, found)):
        return None
    topic = None if told.topic is None or foreign else of_topic(str(told.topic.value), found)
    return topic or by_symbol


def of_sponsored(text: str, said: Sequence[Sentence], record: Ours) -> Iterator[Answer]:
    """Answer for sentences that say who sponsored a resolution: "Norway tabled L.3".

    Args:
        text: The text.
        said: Its sentences.
        record: Resolutions on record, and the session that the text is of.
    """
    for one in said:
        if not one.claims or words.phrase("negation", "before").search(text, *one.span):
            continue
        named = [each for each in said_to_sponsor(text, one.span) if each.iso3 or _is_body(each)]
        ours = _spoken_of(text, one.span, named, record) if named else None
        if ours is not None:
            yield from _sponsors(named, ours)


def _is_body(named: Named) -> bool:
    return organisations.load().body(str(named.name.value)) is not None


def _spoken_of(text: str, span: Span, named: Sequence[Named], record: Ours) -> Resolution | None:
    """Give the one resolution that a sentence names or, in a text of one session, is about.

    The sponsors' own names tell nothing of it: "United" stands in the title of another text too.
    """
    found = about(text, span, record.found, foreign=record.foreign)
    if found or record.own is None:
        return found[0] if len(found) == 1 else None
    edges = [span.start, *(at for each in named for at in each.name.span), span.end]
    words_of_text = " ".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return own_words(words_of_text, record.own.resolutions, record.found)[0]


def _sponsors(named: Sequence[Named], ours: Resolution) -> Iterator[Answer]:
    said = ours.sponsors.said
    if not named or not said:
        return
    known = {_who(one): one for one in said}
    told = {_named(one): str(one.name.value) for one in named}
    certain = {_who(one) for one in sure(said)}
    unsure = [name for who, name in told.items() if who not in certain]
    # That sources which were checked name a sponsor and others do not is no error of the text's.
    against = [who for who in told if who not in known or _doubtful(known[who])]
    verdict = Verdict.DIFFERS if against else Verdict.CANNOT_TELL
    listed = ", ".join(_sponsor(one) for one in said)
    says = (
        sentence("sources name the same sponsors")
        if not unsure
        else sentence(
            "not every source names {names} as sponsor; they name {listed}",
            names=", ".join(unsure),
            listed=listed,
        )
    )
    sure_names = ", ".join(_sponsor(one) for one in sure(said)) or sentence(
        "none that two sources agree on"
    )
    yield Answer(
        "sponsors",
        Span(named[0].name.span.start, named[-1].name.span.end),
        ", ".join(told.values()),
        verdict if unsure else Verdict.AGREES,
        listed,
        says,
        sentence("name as sponsors only: {names}", names=sure_names),
        cited(said),
        ours.id,
        resting(said),
        checks(said),
    )


def _who(said: Said) -> str:
    return said.territory or key(said.value)


def _named(one: Named) -> str:
    return f"territory:{one.iso3}" if one.iso3 else key(str(one.name.value))


def _doubtful(said: Said) -> bool:
    return said.disputed and said.checked is not Checked.VERIFIED


def _sponsor(one: Said) -> str:
    return f"{one.value} (?)" if one.disputed else one.value


def _symbols(told: Told, ours: Resolution) -> Iterator[Answer]:
    field = (*ours.number.said, *ours.draft.said)
    if told.symbol is None or not field:
        return
    claimed = str(told.symbol.value)
    same = claimed in {one.value for one in field}
    printed = ours.symbol or numbers_of(ours)
    verdict = Verdict.AGREES if same else unlike(claimed, ours)
    says = (
        sentence("this is the symbol that sources give")
        if same
        else sentence("sources give {symbol}", symbol=printed)
    )
    yield Answer(
        "symbol",
        told.symbol.span,
        claimed,
        verdict,
        printed,
        says,
        safe_number(ours),
        cited(field),
        ours.id,
        resting(field),
        checks(field),
    )
