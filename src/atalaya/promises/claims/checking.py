"""Finds the claims of a text that the record can speak to, and holds each against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atalaya.model.sentences import Sentence, sentence
from atalaya.promises.claims.answers import (
    Answer,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    verified,
)
from atalaya.promises.claims.spoken import HOW, of_sentences
from atalaya.promises.claims.told import of_resolutions
from atalaya.promises.fields import Said
from atalaya.promises.sessions import Session
from atalaya.reading.reports import read_report
from atalaya.reading.reports.lexicon import compiled, load
from atalaya.reading.reports.spans import Leaf, Span

_ADOPTED = compiled(
    rf"(?<![\w.,])(?P<n>{load().number}) (?:\w+ )?(?:resolutions?|resoluciones|"
    rf"résolutions) (?:were |was |fueron |se |ont été |have been )?(?:adopted|approved|"
    rf"passed|adoptad\w+|aprobad\w+|adoptaron|aprobaron|adoptées?)"
)


_SESSION = (
    ("representatives_min", "participants-more-than", "participants"),
    ("member_states_min", "member-states-more-than", "member-states"),
    ("days", "days", "days"),
    ("city", "place", "city"),
    ("date_start", "opened-on", "opened"),
    ("date_end", "closed-on", "closed"),
)


def check(text: str, sessions: Sequence[Session]) -> tuple[Answer, ...]:
    """Hold the claims of a text against the record.

    Args:
        text: A sentence, a page or a report.
        sessions: The record, see ``promises.record``.

    Returns:
        One answer for each claim the record can speak to: what agrees first, then what differs,
        then what cannot be told; within each in the order of the text. Claims of other kinds are
        not found, and a session that the record does not hold is not answered for.
    """
    found = [one for session in sessions for one in session.resolutions]
    report = read_report(text)
    own = _session_of(text, report.session.number, sessions)
    answers = [
        *(_of_session(report.session, own) if own is not None else ()),
        *(_adopted(text, own) if own is not None else ()),
        *of_resolutions(report.resolutions, found),
        *of_sentences(text, found, own),
    ]
    order = [*Verdict]
    unique = {(one.kind, one.span, one.about): one for one in answers}
    return tuple(sorted(unique.values(), key=lambda one: (order.index(one.verdict), one.span)))


def _session_of(text: str, number: Leaf | None, sessions: Sequence[Session]) -> Session | None:
    if number is None:
        return (
            sessions[0]
            if len(sessions) == 1 and re.search(r"\bCND\b|Narcotic|Estupefac|stupéfiants", text)
            else None
        )
    said = re.compile(rf"(?<!\d){number.value}(?!\d)")
    return next((one for one in sessions if said.search(_number_of(one))), None)


def _number_of(session: Session) -> str:
    return re.sub(r"\D+", " ", session.id)


def _of_session(told: object, own: Session) -> Iterator[Answer]:
    for name, predicate, kind in _SESSION:
        leaf = getattr(told, name)
        field = own.fact(predicate)
        if leaf is None or not field.said:
            continue
        ours = [printed(one) for one in field.said]
        words = [*ours, *(one for each in field.said for one in each.notes.values())]
        agrees = str(leaf.value) in words or any(str(leaf.value) == each for each in words)
        yield _answer(kind, leaf, agrees, " / ".join(dict.fromkeys(ours)), field.said, own.id)


def _adopted(text: str, own: Session) -> Iterator[Answer]:
    field = own.fact("resolutions-adopted")
    how = verified(own.fact(HOW, several=True).said)
    for found in _ADOPTED.finditer(text) if field.said else ():
        n = load().value(found["n"])
        leaf = Leaf(n, Span(*found.span()))
        yield _answer(
            "number-adopted",
            leaf,
            n == field.said[0].number,
            printed(field.said[0]),
            field.said,
            own.id,
        )
        if how:
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


def _answer(
    kind: str, leaf: Leaf, agrees: bool, ours: str, said: Sequence[Said], about: str
) -> Answer:
    says: Sentence = (
        sentence("sources say the same") if agrees else sentence("sources say {ours}", ours=ours)
    )
    return Answer(
        kind, leaf.span, str(leaf.value), Verdict.AGREES if agrees else Verdict.DIFFERS, ours, says,
        sentence("print {ours}, with its source", ours=ours),
        cited(said), about, resting(said), checks(said),
    )  # fmt: skip
