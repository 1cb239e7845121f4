"""What a readable part says, as claims that quote its bytes: read by machine, checked by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from atalaya import __version__
from atalaya.model.identifiers import slugify
from atalaya.model.records import Checked, Claim, Document
from atalaya.reading.analysis.part import Part
from atalaya.reading.mentions.mention import Label, Mention, Status

HOW_READ = f"read from the text by atalaya {__version__}; nobody has checked it"
READ, MENTIONS, CANDIDATE = "documents read", "mentions", "names what no register knows"
UNIT = "documents"
_LONGEST = 300  # characters of a quotation around what it is about


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a part as a whole.

    Args:
        document: The document whose payload is the part.
        part: The part.
        mentions: Mentions in its text.
        territory: Where it happened, or None.
        relevant: Whether it is about drugs or drug policy.
    """

    document: Document
    part: Part
    mentions: Sequence[Mention]
    territory: str | None
    relevant: bool


def claims(said: Said) -> Iterator[Claim]:
    """Give the claims of a part.

    Args:
        said: What was read in it.

    Returns:
        That it was read; and, where it is about drugs, one claim for each substance that it affirms
        and one for each name that looks like a new substance. Each quotes the words around.
    """
    quoting = _Quoting.of(said.part)
    opening = (0, min(len(said.part.text), _LONGEST))
    if not said.part.text.strip():
        return
    yield _claim(said, quoting, READ, f"text:{said.document.id.partition(':')[2]}", opening)
    if not said.relevant:
        return
    told: set[str] = set()
    for mention in said.mentions:
        subject = _subject(mention, said.part.text)
        if subject and subject not in told:
            told.add(subject)
            predicate = MENTIONS if mention.id else CANDIDATE
            yield _claim(said, quoting, predicate, subject, (mention.start, mention.end))


def candidate_subject(name: str) -> str:
    """Give the subject under which a name that no register knows is kept.

    >>> candidate_subject("N-Pyrrolidino isotonitazene")
    'candidate:n-pyrrolidino-isotonitazene'
    """
    return f"candidate:{slugify(name)}"


def _subject(mention: Mention, text: str) -> str:
    if mention.label is not Label.SUBSTANCE or mention.status is not Status.AFFIRMED:
        return ""
    return mention.id or candidate_subject(text[mention.start : mention.end])


@dataclass(frozen=True, slots=True)
class _Quoting:
    """Places in the text as places in the payload.

    Args:
        text: The text of the part.
        before: Bytes of the payload before it.
        bytes_before: For each character, the bytes of the text before it.
        lines_before: Lines of the payload before the text.
    """

    text: str
    before: int
    bytes_before: Sequence[int] | None
    lines_before: int

    @classmethod
    def of(cls, part: Part) -> _Quoting:
        heading = part.heading()
        text = part.text
        widths = None
        if not text.isascii():
            widths = list(accumulate((len(c.encode()) for c in text), initial=0))
        return cls(text, len(heading.encode()), widths, heading.count("\n"))

    def at(self, offset: int) -> int:
        """Give the place of a character in the payload."""
        return self.before + (self.bytes_before[offset] if self.bytes_before else offset)

    def around(self, span: tuple[int, int]) -> tuple[int, int]:
        """Widen a span to whole words, up to a sentence's length."""
        start, end = span
        room = max(0, _LONGEST - (end - start)) // 2
        first, last = max(0, start - room), min(len(self.text), end + room)
        for mark in ("\n", ". "):
            held = self.text.rfind(mark, first, start)
            first = first if held < 0 else held + len(mark)
            stop = self.text.find(mark, end, last)
            last = last if stop < 0 else stop + 1
        if first and not self.text[first - 1].isspace():
            gap = self.text.find(" ", first, start)
            first = start if gap < 0 else gap + 1
        ends = last == len(self.text) or any(map(str.isspace, self.text[last - 1 : last + 1]))
        if not ends:
            gap = self.text.rfind(" ", end, last)
            last = end if gap < 0 else gap
        return first, last


def _claim(
    said: Said, quoting: _Quoting, predicate: str, subject: str, span: tuple[int, int]
) -> Claim:
    start, end = quoting.around(span)
    published = said.part.published
    return Claim(
        document=said.document.id,
        source=said.document.source,
        subject=subject,
        predicate=predicate,
        value=None if predicate == CANDIDATE else 1.0,
        text=quoting.text[span[0] : span[1]] if predicate == CANDIDATE else None,
        unit=None if predicate == CANDIDATE else UNIT,
        territory=None if predicate == READ else said.territory,
        period=None if published is None else published.isoformat(),
        population=None,
        quote=quoting.text[start:end],
        start=quoting.at(start),
        end=quoting.at(end),
        line=quoting.lines_before + quoting.text.count("\n", 0, start) + 1,
        checked=Checked.UNVERIFIED,
        how_checked=HOW_READ,
        cites=said.part.address or None,
    )
