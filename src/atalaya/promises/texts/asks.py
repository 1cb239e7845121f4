"""A resolution's operative paragraphs as statements of what it asks, of whom, by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atalaya.promises.asks import Ask
from atalaya.promises.texts.stated import Stated

_NOTHING_ASKED = "notes"


def of_asks(text: str, found: Sequence[Ask], draft: str) -> Iterator[Stated]:
    """Give what a resolution asks; a paragraph that only takes note asks nobody.

    Args:
        text: The document's text.
        found: From ``promises.asks.asks``.
        draft: Identifier of the draft.
    """
    asked = [one for one in found if one.strength != _NOTHING_ASKED]
    for position, one in enumerate(asked, 1):
        yield Stated(draft, "asks", " ".join(one.action.of(text).split()), one.span)
        for note, words in _notes(text, one, position):
            yield Stated(draft, f"asks@{note}", words, one.span)


def _notes(text: str, one: Ask, position: int) -> Iterator[tuple[str, str]]:
    yield "position", str(position)
    yield "strength", one.strength
    if one.n is not None:
        yield "paragraph", f"{one.n}{f' ({one.part})' if one.part else ''}"
    if one.who:
        yield "of-whom", "; ".join(" ".join(each.span.of(text).split()) for each in one.who)
    if one.by:
        yield "by", "; ".join(each.value or each.span.of(text) for each in one.by)
    if one.money:
        yield "money", "; ".join(dict.fromkeys(each.kind for each in one.money))
