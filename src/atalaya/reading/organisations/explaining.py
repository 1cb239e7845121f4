"""Why a name is a body's, or nobody else's: one readable sentence a name."""

from __future__ import annotations

from atalaya.model.sentences import Sentence, sentence
from atalaya.reading.organisations.clustering import Clusters
from atalaya.reading.organisations.comparing import Evidence
from atalaya.reading.organisations.given import Names
from atalaya.reading.organisations.linking import Link
from atalaya.reading.organisations.profiles import LONGEST
from atalaya.reading.organisations.vetoes import veto

DOUBT = 0.2  # probability from which a pair that was kept apart is worth a word


class Reasons:
    """The reasons of one list's bodies."""

    def __init__(self, names: Names, weighed: list[Link], found: Clusters):
        self._names = names
        self._found = found
        self._best: dict[int, Link] = {}
        self._near: dict[int, Link] = {}
        for link in weighed:
            inside = found.of[link.one] == found.of[link.other]
            held = self._best if inside else self._near
            for at in (link.one, link.other):
                if at not in held or link.probability > held[at].probability:
                    held[at] = link

    def of(self, at: int) -> tuple[float, Sentence]:
        """Give how sure it is that a position is of its body, and why."""
        link = self._best.get(at)
        if link is not None:
            other = link.other if link.one == at else link.one
            return round(min(link.probability, 0.999), 3), self._joined(at, other)
        return self._alone(at)

    def _joined(self, at: int, other: int) -> Sentence:
        text = self._names.texts[other]
        if self._names.decision(at, other):
            return sentence("a person decided that this is {other!r}", other=text)
        body = self._names.known(at, other)
        if body is not None:
            return sentence(
                "the register knows this and {other!r} as names of {body}", other=text, body=body
            )
        return _agreement(self._names.evidence(min(at, other), max(at, other)), text)

    def _alone(self, at: int) -> tuple[float, Sentence]:
        doubt = self._found.doubtful.get(at)
        if doubt is not None:
            left, right = (self._names.texts[each] for each in doubt)
            return 0.5, sentence(
                "it could be {one!r} or {other!r}, which are not one body: joined with neither",
                one=left,
                other=right,
            )
        link = self._near.get(at)
        if link is None or link.probability < DOUBT:
            return 0.999, sentence("no other name in the list is like it")
        other = link.other if link.one == at else link.one
        return self._apart(at, other, link)

    def _apart(self, at: int, other: int, link: Link) -> tuple[float, Sentence]:
        text = self._names.texts[other]
        if self._names.decision(at, other) is False:
            return 0.999, sentence("a person decided that this is not {other!r}", other=text)
        found = self._names.evidence(min(at, other), max(at, other))
        why = veto(self._names.profiles[at], self._names.profiles[other], found)
        if why is not None:
            return 0.95, sentence("kept apart from {other!r}: {why}", other=text, why=why)
        sure = round(1 - min(link.probability, 0.5), 3)
        return sure, sentence(
            "kept apart from {other!r}: too little says that they are one body", other=text
        )


def nothing(name: str) -> Sentence:
    """Say why a line stands for nobody."""
    if not name.strip():
        return sentence("the line is blank")
    if len(name) > LONGEST:
        return sentence(
            "the line has {count} characters, more than any name: it was not read", count=len(name)
        )
    return sentence("the line holds no letter or digit: it names nobody")


def _agreement(found: Evidence, other: str) -> Sentence:
    if found.acronym == 3:  # noqa: PLR2004 - the levels of Evidence
        return sentence("it states the same acronym as {other!r}", other=other)
    if found.acronym == 2:  # noqa: PLR2004
        return sentence("an acronym spells the name: {other!r}", other=other)
    if found.shared.slips:
        slips = ", ".join(f"{one} / {two}" for one, two in found.shared.slips)
        return sentence("the same words as {other!r} but for spelling: {slips}", other=other,
                        slips=slips)  # fmt: skip
    left, right = ({word.form for word in said.words} for said in found.pair)
    if found.words == 5 and left == right:  # noqa: PLR2004
        return sentence("the same words as {other!r}", other=other)
    if found.words == 5:  # noqa: PLR2004
        return sentence(
            "the same words as {other!r} but for language, legal form or kind of institution",
            other=other,
        )
    return sentence("the same words as {other!r}, of which one gives more", other=other)
