"""Symbols of United Nations documents, taken apart and put together again, never guessed.

A symbol is the body, the session or year, the series with the number, and what changed the text:
``E/CN.7/2025/L.6/Rev.1/Add.1``. The parts mean something, so a text that does not fit is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from atalaya.model.errors import BadInput

LIMITED = "L"  # limited distribution: drafts, not what was adopted
RESOLUTION = "RES"
_SERIES = "L|CRP|NGO|INF|RES|DEC|PET|PRST|PV|R|SR|WP|MISC"
_NUMBER = r"[1-9]\d*"
_BODY = rf"[A-Z]{{1,8}}(?:/(?:(?!(?:{_SERIES})(?:/|$))[A-Z][A-Za-z]{{0,7}}(?:\.[1-9]\d{{0,3}})?))*?"
_CHANGE = r"(?P<{}>Rev|Add|Corr|Amend)\.(?P<{}>[1-9]\d*)"
_CHANGES = r"(?:/(?:Rev|Add|Corr|Amend)\.[1-9]\d*)*"
_SESSION = r"(?:(?:S|ES)-)?[1-9]\d*"
_SYMBOL = re.compile(
    rf"(?P<body>{_BODY})"
    rf"(?:/(?P<leading>{_SERIES})(?:/(?P<held>{_SESSION}))?/(?P<last>{_NUMBER})"
    rf"|(?:/(?P<session>{_SESSION}))?/(?:(?P<dotted>{_SERIES})\.(?P<nth>{_NUMBER})"
    rf"|(?P<slashed>{_SERIES})/(?P<of>{_NUMBER})|(?P<plain>{_NUMBER})))"
    rf"(?P<changes>{_CHANGES})",
    re.ASCII,
)
# The World Health Organization's governing bodies write resolutions and decisions of their own way.
_HEALTH = re.compile(
    r"(?P<body>WHA|EB)(?P<session>[1-9]\d*)(?:\.(?P<r>R)?(?P<number>[1-9]\d*)"
    r"|\((?P<decision>[1-9]\d*)\))",
    re.ASCII,
)
_YEARS = range(1946, 2100)


class Form(StrEnum):
    """How the series stands in the symbol."""

    PLAIN = "plain"  # E/2025/28
    DOTTED = "dotted"  # E/CN.7/2025/L.6
    SLASHED = "slashed"  # E/CN.7/2025/NGO/4
    LEADING = "leading"  # A/RES/78/1
    HEALTH = "health"  # WHA78.5


class Kind(StrEnum):
    """What a document does to the one whose symbol it carries on."""

    REVISION = "Rev"
    ADDENDUM = "Add"
    CORRIGENDUM = "Corr"
    AMENDMENT = "Amend"


@dataclass(frozen=True, slots=True)
class Change:
    """One ending of a symbol, such as ``Rev.1``."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}.{self.number}"


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

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """Read a symbol.

        Raises:
            BadInput: The text is not of a form this module knows; nothing is guessed.
        """
        health = _HEALTH.fullmatch(text)
        found = None if health else _SYMBOL.fullmatch(text)
        if health is not None:
            return _of_health(health)
        if found is None:
            raise BadInput(
                f"{text!r} is not a document symbol that can be read",
                why="a wrong symbol leads to another text",
                do="write it as on the document, such as E/CN.7/2025/L.6/Rev.1",
            )
        return _of_nations(found)

    @property
    def year(self) -> int | None:
        """The year of the session; None where the symbol counts sessions otherwise."""
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
        return replace(self, changes=())

    def related(self, text: str) -> Symbol:
        """Read a symbol that is shortened beside this one, such as ``L.10`` or ``Add.1``.

        Raises:
            BadInput: It is neither a whole symbol nor one of these short forms.
        """
        ending = re.fullmatch(_CHANGE.format("kind", "n"), text, re.ASCII)
        if ending is not None:
            return replace(
                self, changes=(*self.changes, Change(Kind(ending["kind"]), int(ending["n"])))
            )
        short = re.match(rf"(?:{_SERIES})\.{_NUMBER}(?:/|$)", text, re.ASCII)
        if short is None or self.form is not Form.DOTTED:
            return Symbol.parse(text)
        before = self.body if self.session is None else f"{self.body}/{self.session}"
        return Symbol.parse(f"{before}/{text}")

    def _last(self, kind: Kind) -> int | None:
        return next((one.number for one in reversed(self.changes) if one.kind is kind), None)

    def __str__(self) -> str:
        if self.form is Form.HEALTH:
            if self.series == "DEC":
                return f"{self.body}{self.session}({self.number})"
            return f"{self.body}{self.session}.{'R' if self.body == 'EB' else ''}{self.number}"
        session = [] if self.session is None else [self.session]
        placed = {
            Form.PLAIN: [*session, str(self.number)],
            Form.DOTTED: [*session, f"{self.series}.{self.number}"],
            Form.SLASHED: [*session, str(self.series), str(self.number)],
            Form.LEADING: [str(self.series), *session, str(self.number)],
        }
        return "/".join([self.body, *placed[self.form], *map(str, self.changes)])


def _of_nations(found: re.Match[str]) -> Symbol:
    if found["leading"]:
        form, series, number, session = Form.LEADING, found["leading"], found["last"], found["held"]
    elif found["dotted"]:
        form, series, number, session = Form.DOTTED, found["dotted"], found["nth"], found["session"]
    elif found["slashed"]:
        form, series, number, session = (
            Form.SLASHED,
            found["slashed"],
            found["of"],
            found["session"],
        )
    else:
        form, series, number, session = Form.PLAIN, None, found["plain"], found["session"]
    endings = re.finditer(_CHANGE.format("kind", "n"), found["changes"], re.ASCII)
    changes = tuple(Change(Kind(one["kind"]), int(one["n"])) for one in endings)
    return Symbol(found["body"], session, series, int(number), changes, form)


def _of_health(found: re.Match[str]) -> Symbol:
    body, session = found["body"], found["session"]
    if found["decision"]:
        return Symbol(body, session, "DEC", int(found["decision"]), (), Form.HEALTH)
    if (body == "EB") != (found["r"] is not None):
        raise BadInput(
            f"{found[0]!r} is not a document symbol that can be read",
            why="a wrong symbol leads to another text",
            do="write resolutions of the Assembly as WHA78.5 and of the Board as EB156.R3",
        )
    return Symbol(body, session, RESOLUTION, int(found["number"]), (), Form.HEALTH)
