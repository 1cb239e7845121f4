"""One vote on record beside what a text says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.model.sentences import Sentence, sentence, versions, word
from atalaya.promises.claims.answers import (
    Answer,
    Stated,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    untold,
)
from atalaya.promises.claims.naming import Named
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import TALLIES, Resolution, Tally
from atalaya.registers import territories

_KIND = "vote"
_LISTED = 12  # names of a vote that a sentence lists at most


@dataclass(frozen=True, slots=True)
class Poll:
    """The vote on one resolution."""

    about: Resolution

    @property
    def name(self) -> str:
        """What to call the resolution."""
        return self.about.symbol or self.about.id

    def tally(self, vote: str) -> Tally | None:
        """Give the votes of one kind."""
        return next((one for one in self.about.tallies if one.vote == vote), None)

    def of(self, territory: str) -> tuple[Said, ...]:
        """Give how a State is listed, by every source that lists it."""
        every = (said for tally in self.about.tallies for said in tally.named)
        return tuple(one for one in every if one.territory == territory)

    def whole(self, vote: str) -> bool:
        """Whether as many are named one way as were declared, so that nobody else voted so."""
        tally = self.tally(vote)
        return tally is not None and tally.agrees is True

    def declared(self, vote: str) -> tuple[Said, ...]:
        """Give the number declared, and others that a source gives beside it."""
        tally = self.tally(vote)
        return tally.declared.said if tally is not None else ()

    def stood(self, vote: str, territory: str) -> bool | None:
        """Say whether a State voted so; None where sources do not tell or disagree."""
        own = {one.value for one in self.of(territory)}
        if own:
            known = own <= {*TALLIES, "not voting"}
            return (own == {vote}) if known and len(own) == 1 else None
        return False if self.whole(vote) else None


def cast(
    stated: Stated, named: Sequence[Named], vote: str, denied: bool, only: bool, poll: Poll
) -> Answer:
    """Answer for the States that are said to have voted one way.

    Args:
        stated: Where a text says so.
        named: The States it names.
        vote: ``in favour``, ``against``, ``abstained`` or ``not voting``.
        denied: Whether it says that they did not.
        only: Whether it says that nobody else did.
        poll: The vote on record.
    """
    stood = [poll.stood(vote, one.id) for one in named]
    holds = [one if one is None else one is not denied for one in stood]
    used = tuple(said for one in named for said in poll.of(one.id))
    if only and not denied and all(holds):
        holds.append(_nobody_else(poll, vote, {one.id for one in named}))
    verdict = (
        Verdict.DIFFERS
        if False in holds
        else Verdict.CANNOT_TELL
        if None in holds
        else Verdict.AGREES
    )
    listed = _listed(poll, named)
    said = sentence("on {resolution} sources list: {votes}", resolution=poll.name, votes=listed)
    if any(not poll.of(one.id) for one in named):
        told = poll.declared(vote)
        said = sentence(
            "{said}; a State that is not listed did not vote so, or the list is not whole",
            said=said,
        )
        used = (*used, *told)
    return _answer(
        stated, poll, verdict, said, sentence("print it as listed: {votes}", votes=listed), used
    )


def _nobody_else(poll: Poll, vote: str, named: set[str]) -> bool | None:
    tally = poll.tally(vote)
    others = {one.territory for one in tally.named} - named if tally is not None else set()
    if others:
        return False
    return True if poll.whole(vote) else None


def _listed(poll: Poll, named: Sequence[Named]) -> Sentence:
    parts = [_vote(poll, one.id) for one in named[:_LISTED]]
    first = parts[0]
    for part in parts[1:]:
        first = sentence("{one}; {other}", one=first, other=part)
    return first


def _vote(poll: Poll, territory: str) -> Sentence:
    known = territories.load().known(territory)
    name = (
        versions(**{code: known.name_in(code) for code in ("en", "es")})
        if known
        else word(territory)
    )
    own = poll.of(territory)
    if not own:
        return sentence("{name}: not listed", name=name)
    votes = versions(own[0].value, es=own[0].words("es"))
    return sentence("{name}: {vote}", name=name, vote=votes)


def _answer(
    stated: Stated,
    poll: Poll,
    verdict: Verdict,
    says: Sentence,
    safe: Sentence,
    used: Sequence[Said],
) -> Answer:
    return Answer(
        kind=_KIND,
        span=stated.span,
        claimed=stated.words,
        verdict=verdict,
        found="; ".join(dict.fromkeys(_found(one) for one in used)) or None,
        says=says,
        safe=safe,
        sources=cited(used),
        about=poll.about.id,
        claims=resting(used),
        checked=checks(used),
    )


def _found(said: Said) -> str:
    if said.number is not None:
        return f"{said.predicate} {printed(said)}"
    return f"{(said.territory or '').partition(':')[2]} {said.value}"


def many(stated: Stated, number: int, vote: str, poll: Poll) -> Answer:
    """Answer for how many voted one way: as declared, and with how many are named."""
    declared = poll.declared(vote)
    tally = poll.tally(vote)
    if not declared:
        return _open(
            stated,
            poll,
            sentence(
                "no source in the record declares how many voted so on {resolution}",
                resolution=poll.name,
            ),
            sentence("print no numbers of votes until the record of the meeting is at hand"),
        )
    ours = int(declared[0].number or 0)
    verdict = Verdict.AGREES if number == ours else Verdict.DIFFERS
    said = sentence("sources declare {number} on {resolution}", number=ours, resolution=poll.name)
    safe = sentence("print {number}", number=ours)
    if tally is not None and tally.agrees is False:
        names = len(tally.named)
        said = sentence("{said}, and name {names}", said=said, names=names)
        safe = sentence(
            "print {number} as declared, and say that {names} are named", number=ours, names=names
        )
    return _answer(stated, poll, verdict, said, safe, declared)


def exceptions(stated: Stated, missing: int, vote: str, poll: Poll) -> Answer:
    """Answer for "all but three voted in favour": how many voted otherwise."""
    numbers = {one: poll.declared(one) for one in TALLIES}
    if not all(numbers.values()):
        return _open(
            stated,
            poll,
            sentence("no source in the record gives the whole tally"),
            sentence("print no numbers of votes until the record of the meeting is at hand"),
        )
    used = tuple(said[0] for said in numbers.values())
    others = sum(int(said[0].number or 0) for one, said in numbers.items() if one != vote)
    figures = "-".join(printed(one) for one in used)
    verdict = Verdict.AGREES if others == missing else Verdict.DIFFERS
    said = sentence(
        "sources declare {figures}: {others} did not vote so", figures=figures, others=others
    )
    return _answer(stated, poll, verdict, said, sentence("print {figures}", figures=figures), used)


def unanimous(stated: Stated, denied: bool, poll: Poll) -> Answer:
    """Answer for "unanimously": whether anybody voted against or abstained."""
    against = (*poll.declared("against"), *poll.declared("abstained"))
    named = tuple(
        said for one in ("against", "abstained") if (t := poll.tally(one)) for said in t.named
    )
    used = (*against, *named)
    voted = any((one.number or 0) > 0 for one in against) or bool(named)
    if not used:
        return _open(
            stated,
            poll,
            sentence(
                "no source in the record says how each State voted on {resolution}",
                resolution=poll.name,
            ),
            sentence("say that it was adopted, and not how"),
        )
    verdict = Verdict.AGREES if voted is denied else Verdict.DIFFERS
    says = (
        sentence(
            "on {resolution} sources name members that voted against or abstained",
            resolution=poll.name,
        )
        if voted
        else sentence(
            "on {resolution} sources declare nobody against and no abstention", resolution=poll.name
        )
    )
    return _answer(stated, poll, verdict, says, sentence("print the tally, with its source"), used)


def unsaid(stated: Stated, named: Sequence[Named], poll: Poll | None) -> Answer:
    """Answer where the text does not say on which text States voted."""
    says = sentence("the text does not say on which draft or resolution")
    if poll is not None:
        says = sentence(
            "{says}; on {resolution} sources list: {votes}",
            says=says,
            resolution=poll.name,
            votes=_listed(poll, named),
        )
    return untold(_KIND, stated, says, sentence("say on which draft or resolution"))


def _open(stated: Stated, poll: Poll, says: Sentence, safe: Sentence) -> Answer:
    return untold(_KIND, stated, says, safe, poll.about.id)
