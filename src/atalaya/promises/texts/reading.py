"""The door of this room: a text and its declaration give statements and doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from atalaya.model.declarations import Text
from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import Sentence, sentence
from atalaya.promises.asks import asks
from atalaya.promises.texts.asks import of_asks
from atalaya.promises.texts.reports import of_report
from atalaya.promises.texts.stated import Stated
from atalaya.promises.texts.votes import of_votes
from atalaya.promises.votes import ballots, doubts
from atalaya.reading.reports import READ, is_report, read_report, unread_language
from atalaya.reading.reports.spans import Span


@dataclass(frozen=True, slots=True)
class Found:
    """What a text was found to state.

    Args:
        stated: The statements, in the order of the text's parts.
        doubts: Kind, sentence and place of what is odd or could not be read.
    """

    stated: tuple[Stated, ...]
    doubts: tuple[tuple[str, Sentence, Span], ...]


def read(text: str, declared: Text) -> Found:
    """Read a text as its source declares it.

    Args:
        text: The document's text.
        declared: What it is, and of which session or draft.

    Raises:
        BadInput: It is no such text, so that nothing of it is used.
    """
    found = _READERS[declared.reads](text, declared)
    if not found.stated:
        raise BadInput(
            sentence("nothing that is declared was found in it: {reads}", reads=declared.reads),
            why="an empty answer would look as if the text said nothing",
            do=sentence("open the address; correct `reads` in source.toml if it is something else"),
            where=Place(declared.address),
        )
    return found


def _report(text: str, declared: Text) -> Found:
    report = read_report(text)
    if (language := unread_language(report)) is not None:
        raise BadInput(
            sentence(
                "the text is in {language}: reports in {read} are read",
                language=language,
                read=", ".join(READ),
            ),
            do=sentence("declare the address of a version in one of these languages"),
            where=Place(declared.address),
        )
    if not is_report(report):
        return Found((), ())
    content = report.content()
    odd = tuple((one.kind, one.says, Span(*one.span)) for one in report.faults)
    return Found(tuple(of_report(content, declared.subject)), odd)


def _votes(text: str, declared: Text) -> Found:
    found = ballots(text)
    odd = tuple((each.kind, each.says, each.span) for one in found for each in doubts(one))
    return Found(tuple(of_votes(text, found, declared.subject, declared.period)), odd)


def _asks(text: str, declared: Text) -> Found:
    found, unclear = asks(text)
    odd = tuple((one.kind, one.says, one.span) for one in unclear)
    return Found(tuple(of_asks(text, found, declared.subject)), odd)


_READERS: dict[str, Callable[[str, Text], Found]] = {
    "report": _report,
    "votes": _votes,
    "asks": _asks,
}
