"""Symbols of United Nations documents, taken apart and put together again, never guessed.

A symbol is the body, the session or year, the series with the number, and what changed the text:
``E/CN.7/2025/L.6/Rev.1/Add.1``. The parts mean something, so a text that does not fit is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from atalaya.model.errors import BadInput
from atalaya.reading.symbols.forms import (
    ASSEMBLY,
    CHANGE,
    DECISION,
    FAMILIES,
    SHORT,
    TWIN,
    Change,
    Family,
    Form,
    Kind,
    changes,
)

__all__ = ["LIMITED", "Change", "Form", "Kind", "Symbol", "built", "read"]

LIMITED = "L"  # limited distribution: drafts, not what was adopted
_YEARS = range(1946, 2100)
_AMERICAN_YEARS = 1948  # the Organization of American States is of 1948: "/99" is 1999, "/24" 2024
_SHORT_YEAR = re.compile(r"(?:.*/)?(\d\d)", re.ASCII)
_AMERICAN = (Form.AMERICAN, Form.AMERICAN_ACT)


@dataclass(frozen=True, slots=True)
class Symbol:
    """The symbol of a document.

    Args:
        body: Organ and subsidiary bodies, such as ``E/CN.7`` or ``A/HRC``.
        session: The session or year as written, such as ``2025``, ``57`` or ``S-30``, or None.
        series: ``L`` for limited distribution (drafts), ``CRP`` for a conference room paper,
            ``RES`` for a resolution ..., or None for the general series.
        number: Its number in the series.
        changes: What changed the text, in the order of the symbol.
        form: How the series is written.
        twin: The second symbol of a document with two (``E/2025/28-E/CN.7/2025/14``), or None.

    Source: Dag Hammarskjöld Library, UN document symbols,
        https://research.un.org/en/docs/symbols

    >>> one = Symbol.parse("E/CN.7/2025/L.6/Rev.1/Add.1")
    >>> one.body, one.year, one.series, one.number, one.revision, one.addendum
    ('E/CN.7', 2025, 'L', 6, 1, 1)
    >>> Symbol.parse("A/HRC/57/L.3").session, str(Symbol.parse("WHA78.5"))
    ('57', 'WHA78.5')
    """

    body: str
    session: str | None
    series: str | None
    number: int
    changes: tuple[Change, ...] = ()
    form: Form = Form.PLAIN
    twin: Symbol | None = None

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """Read a symbol; blanks and line breaks behind its slashes and full stops are read over.

        Raises:
            BadInput: The text is not of a form this module knows; nothing is guessed.
        """
        symbol = read(text) or _twins(text)
        if symbol is None:
            raise BadInput(
                f"{text!r} is not a document symbol that can be read",
                why="a wrong symbol leads to another text",
                do="write it as on the document, such as E/CN.7/2025/L.6/Rev.1",
            )
        return symbol

    @property
    def year(self) -> int | None:
        """The year of the session; None where the symbol counts sessions otherwise."""
        if self.form in _AMERICAN:
            return _american_year(self.session)
        if self.session is None or not self.session.isdecimal():
            return None
        return int(self.session) if int(self.session) in _YEARS else None

    @property
    def revision(self) -> int | None:
        """Number of the last revision, or None for the text as first issued."""
        return self._last(Kind.REVISION)

    @property
    def addendum(self) -> int | None:
        """Number of the addendum that this is, or None."""
        return self._last(Kind.ADDENDUM)

    @property
    def corrigendum(self) -> int | None:
        """Number of the corrigendum that this is, or None."""
        return self._last(Kind.CORRIGENDUM)

    @property
    def amendment(self) -> int | None:
        """Number of the amendment to an adopted text that this is, or None."""
        return self._last(Kind.AMENDMENT)

    @property
    def is_draft(self) -> bool:
        """Whether the document is a draft: what was adopted may read otherwise."""
        return self.series == LIMITED

    @property
    def first_issued(self) -> Symbol:
        """The symbol without what changed the text."""
        return replace(self, changes=(), twin=None)

    def related(self, text: str) -> Symbol:
        """Read a symbol that is shortened beside this one, such as ``L.10`` or ``Add.1``.

        Raises:
            BadInput: It is neither a whole symbol nor one of these short forms.
        """
        ending = CHANGE.fullmatch(text)
        if ending is not None:
            return replace(self, changes=(*self.changes, *changes(text)), twin=None)
        if SHORT.match(text) is None or self.form is not Form.DOTTED:
            return Symbol.parse(text)
        before = self.body if self.session is None else f"{self.body}/{self.session}"
        return Symbol.parse(f"{before}/{text}")

    def _last(self, kind: Kind) -> int | None:
        return next((one.number for one in reversed(self.changes) if one.kind is kind), None)

    def __str__(self) -> str:
        plain = _PRINTED[self.form](self)
        if self.form is Form.UNION:
            ending = "".join(f"/{one.number}" for one in self.changes)
        elif self.form in (*_AMERICAN, Form.GLUED, Form.GLUED_STOPPED):
            ending = "".join(f" {one}" for one in self.changes)
            ending = ending.lower() if self.form in _AMERICAN else ending
        else:
            ending = "".join(f"/{one}" for one in self.changes)
        return plain + ending + ("" if self.twin is None else f"-{self.twin}")


def _twins(text: str) -> Symbol | None:
    """Read the two symbols that one document bears, or None where either cannot be read."""
    cut = TWIN.search(text)
    first = None if cut is None else read(text[: cut.start()])
    second = None if cut is None else read(text[cut.end() :])
    return None if first is None or second is None else replace(first, twin=second)


def read(text: str) -> Symbol | None:
    """Read one symbol as a whole, or None where the text is of no form that is known."""
    for family in FAMILIES:
        found = family.pattern.fullmatch(text)
        if found is not None:
            return built(family, found)
    return None


def built(family: Family, found: re.Match[str]) -> Symbol:
    """Make the symbol of what a family's pattern found."""
    parts = found.groupdict()
    body = "".join(parts["body"].split())
    if family.form in (Form.GLUED, Form.GLUED_STOPPED):
        body = ASSEMBLY if body == "A" else body
        body += f"/{parts['part']}" if parts["part"] else ""
    version = parts.get("version")
    ends = (Change(Kind.VERSION, int(version)),) if version else changes(parts.get("changes"))
    series = family.series or parts.get("series")
    return Symbol(
        body=body,
        session=parts.get("session"),
        series=series.upper() if series else None,
        number=int(parts["number"]),
        changes=ends,
        form=family.form,
    )


def _american_year(session: str | None) -> int | None:
    found = _SHORT_YEAR.fullmatch(session or "")
    if found is None:
        return None
    short = int(found[1])
    return short + (1900 if short + 1900 >= _AMERICAN_YEARS else 2000)


def _slashed(*parts: object) -> str:
    return "/".join(str(one) for one in parts if one is not None)


def _health(one: Symbol) -> str:
    if one.series == DECISION:
        return f"{one.body}{one.session}({one.number})"
    return f"{one.body}{one.session}.{'R' if one.body == 'EB' else ''}{one.number}"


def _glued(one: Symbol) -> str:
    organ, _, part = one.body.partition("/")
    held = f"{'A' if organ == ASSEMBLY else organ}{one.session}"
    stop = "." if one.form is Form.GLUED_STOPPED else ""
    series = None if one.series is None else f"{one.series}{stop}"
    return _slashed(held, part or None, series, one.number)


def _union(one: Symbol) -> str:
    final = "" if one.series is None else f" {one.series.lower()}"
    return f"{one.body}({one.session}) {one.number}{final}"


def _american(one: Symbol) -> str:
    series = "doc" if one.series == "DOC" else one.series
    return f"{one.body}/{series}.{one.number}/{one.session}"


_PRINTED: dict[Form, Callable[[Symbol], str]] = {
    Form.PLAIN: lambda one: _slashed(one.body, one.session, one.number),
    Form.DOTTED: lambda one: _slashed(one.body, one.session, f"{one.series}.{one.number}"),
    Form.NAMED: lambda one: _slashed(
        one.body, one.session, f"{str(one.series).capitalize()}.{one.number}"
    ),
    Form.SLASHED: lambda one: _slashed(one.body, one.session, one.series, one.number),
    Form.STOPPED: lambda one: _slashed(one.body, one.session, f"{one.series}.", one.number),
    Form.LEADING: lambda one: _slashed(one.body, one.series, one.session, one.number),
    Form.DATED: lambda one: f"{_slashed(one.body, one.series, one.number)} ({one.session})",
    Form.HEALTH: _health,
    Form.GLUED: _glued,
    Form.GLUED_STOPPED: _glued,
    Form.BRACKETED: lambda one: _slashed(f"{one.body}({one.session})", one.series, one.number),
    Form.BRACKETED_DOTTED: lambda one: _slashed(
        f"{one.body}({one.session})", f"{one.series}.{one.number}"
    ),
    Form.AMERICAN: _american,
    Form.AMERICAN_ACT: lambda one: f"{one.body}/{one.series}. {one.number} ({one.session})",
    Form.UNION: _union,
}
