"""Finds the claims of a text that the record can speak to, and holds each against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.model.sentences import sentence
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    verified,
)
from atalaya.promises.claims.figures import of_figures
from atalaya.promises.claims.gatherings import of_days, of_session, plain, session_of
from atalaya.promises.claims.numbered import KIND, of_numbers
from atalaya.promises.claims.positions import of_positions
from atalaya.promises.claims.published import Record
from atalaya.promises.claims.scheduled import of_schedules
from atalaya.promises.claims.spoken import HOW, Ours, of_sentences
from atalaya.promises.claims.stance import Sentence, read
from atalaya.promises.claims.told import of_resolutions, of_sponsored
from atalaya.promises.sessions import Session
from atalaya.reading.reports import read_report
from atalaya.reading.reports.lexicon import compiled, load
from atalaya.reading.reports.spans import Leaf, Span

# "Six resolutions were adopted", "adoptó seis resoluciones"; the 68 of "CND 68" counts none.
_TEXTS = r"(?:\w+ )?(?:resolutions?|resoluciones|résolutions)"
# "Adopted two resolutions on prevention", "by consensus" count some of them.
_SOME = (
    r"(?:on|about|concerning|regarding|relat\w+|that|which|by|without|in favou?r|calling|sobre|"
    r"relativ\w+|que|por|sin|sur|concernant|qui|par|sans)(?!\w)"
)
_ADOPTED = compiled(
    rf"(?<!(?-i:[A-Z][A-Z])\x20)(?<![\w.,])(?P<n>{load().number}) {_TEXTS} "
    rf"(?:were |was |fueron |se |ont été |have been )?(?:adopted|approved|"
    rf"passed|adoptad\w+|aprobad\w+|adoptaron|aprobaron|adoptées?)|"
    rf"(?<!\w)(?:adopted|approved|passed|adoptó|aprobó|adoptaron|aprobaron|adopté|approuvé) "
    rf"(?P<m>{load().number}) {_TEXTS}(?!\w)(?! {_SOME})"
)


def check(text: str, record: Record) -> tuple[Answer, ...]:
    """Hold the claims of a text against the record.

    Args:
        text: A sentence, a page or a report.
        record: Sessions and published figures, see ``published``.

    Returns:
        One answer for each claim the record can speak to: what agrees first, then what differs,
        then what cannot be told; within each in the order of the text. Questions, plans, wishes
        and opinions are no claims; a session that the record does not hold is not answered for.
    """
    sessions = record.sessions
    report = read_report(text)
    said = tuple(read(text))
    own = session_of(text, report.session, sessions)
    found = [one for session in sessions for one in session.resolutions]
    near = own.resolutions if own is not None and own.resolutions else found
    # A report of another session: only a symbol of the record makes a text of it one of ours.
    foreign = own is None and report.session.number is not None
    told = [
        *(of_session(report.session, own) if own is not None else ()),
        *(_adopted(text, said, own) if own is not None else ()),
        *of_resolutions(report.resolutions, near, foreign=foreign),
    ]
    ours = Ours(found, own, foreign)
    numbered = [*of_numbers(text, said, ours)]
    read_so = {one.span for one in numbered}  # what a number is about tells more than that it is
    told = [one for one in told if one.kind != KIND or one.span not in read_so]
    seen = [one.span for one in told if one.kind == "sponsors"]
    sponsored = [one for one in of_sponsored(text, said, ours) if not _among(one.span, seen)]
    answers = [
        *numbered,
        *sponsored,
        *(one for one in told if _claimed(one.span, said)),
        *of_sentences(text, said, ours),
        *of_days(text, said, sessions, own),
        *of_positions(text, said, found, foreign=foreign),
        *of_schedules(text, said, sessions),
        *of_figures(text, said, record.held),
    ]
    order = [*Verdict]
    unique = {(one.kind, one.span, one.about): one for one in answers}
    return tuple(sorted(unique.values(), key=lambda one: (order.index(one.verdict), one.span)))


def _among(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)


def _claimed(span: Span, said: Sequence[Sentence]) -> bool:
    """Whether what stands there is claimed, and not asked, hoped or told of somebody's opinion."""
    return all(one.claims for one in said if one.span.start <= span.start < one.span.end)


def _told_how(text: str, span: Span, said: Sequence[Sentence]) -> bool:
    """Whether the sentence itself says how: then that is a claim of its own."""
    own = next((one.span for one in said if one.span.start <= span.start < one.span.end), span)
    return any(words.phrase("voting", one).search(text, *own) for one in ("consensus", "voted"))


def _adopted(text: str, said: Sequence[Sentence], own: Session) -> Iterator[Answer]:
    field = own.fact("resolutions-adopted")
    how = verified(own.fact(HOW, several=True).said)
    for found in _ADOPTED.finditer(text) if field.said else ():
        n = load().value(found["n"] or found["m"])
        leaf = Leaf(n, Span(*found.span()))
        ours = field.said[0]
        yield plain("number-adopted", leaf, n == ours.number, printed(ours), field.said, own.id)
        if how and n == ours.number and not _told_how(text, leaf.span, said):
            yield Answer(
                kind="adoption",
                span=leaf.span,
                claimed=found[0],
                verdict=Verdict.AGREES,
                found=how[0].value,
                says=sentence("sources say how: {how}", how=how[0].value),
                safe=sentence("say how they were adopted: {how}", how=how[0].value),
                sources=cited(how),
                about=own.id,
                claims=resting(how),
                checked=checks(how),
            )
