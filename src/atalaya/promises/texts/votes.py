"""A record of votes as statements: totals as declared, each member's vote, explanations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.promises.resolutions import TALLIES
from atalaya.promises.texts.stated import Stated, territory
from atalaya.promises.votes import Ballot


def of_votes(
    text: str, found: Sequence[Ballot], draft: str, period: str | None
) -> Iterator[Stated]:
    """Give what votes state.

    Args:
        text: The document's text.
        found: From ``promises.votes.ballots``.
        draft: Identifier of the draft voted on. Where a document holds several votes, the only one
            on a whole text is the draft's; others get its identifier with their number.
        period: Day of the vote, or None.
    """
    whole = [one for one in found if one.part is None]
    for n, one in enumerate(found, 1):
        subject = draft if [one] in (whole, [*found]) else f"{draft}-{n}"
        yield from _of(text, one, subject, period)


def _of(text: str, one: Ballot, subject: str, period: str | None) -> Iterator[Stated]:
    if one.about is not None:
        yield Stated(subject, "draft", one.about.of(text), one.about)
    for vote, predicate in TALLIES.items():
        for count, span in one.totals(vote):
            yield Stated(subject, predicate, float(count), span, "votes", period=period)
    for roll in one.lists:
        for each in roll.names:
            yield Stated(
                subject,
                "vote",
                roll.vote,
                each.span,
                territory=territory(each.iso3),
                period=period,
            )
            yield Stated(subject, "vote@as-noted", each.name, each.span, period=period)
    for told in one.explained:
        place = territory(told.who.iso3) if told.who else None
        words = " ".join(told.span.of(text).split())
        yield Stated(subject, "explained-vote", words, told.span, territory=place, period=period)
