"""A document as recognisers get it: plain text, with what is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.model.errors import Place
from atalaya.model.records import Issue
from atalaya.model.sentences import Sentence
from atalaya.reading.documents.language import UNKNOWN, Language


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document's text.

    Args:
        text: Its main text, blocks parted by an empty line; empty where there is none.
        title: Its title, or empty.
        published: When it says it was published, ISO 8601 as a day or an instant; None where it
            does not say.
        language: The language its text is in.
        pages: Offsets into ``text`` at which pages of a PDF begin, ascending; empty for others.
        issues: What was wrong with it.
    """

    text: str
    title: str = ""
    published: str | None = None
    language: Language = UNKNOWN
    pages: tuple[int, ...] = ()
    issues: tuple[Issue, ...] = ()


def trouble(
    kind: str, says: Sentence, do: Sentence, address: str, line: int | None = None
) -> Issue:
    """Make the issue of something wrong with a document."""
    return Issue(kind, says, "read", where=Place(address, line), do=do)
