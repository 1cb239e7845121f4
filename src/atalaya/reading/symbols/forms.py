"""How bodies write the symbols of their documents: one pattern a form, with the same parts.

A blank or a line break behind a slash or a full stop comes from copying and belongs to no part: it
is read over, and ``Symbol`` prints the symbol without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

RESOLUTION = "RES"
DECISION = "DEC"
ASSEMBLY = "WHA"  # the World Health Assembly's papers begin with A and the session: A78/4

_SERIES = "L|CRP|NGO|INF|RES|DEC|PET|PRST|PV|R|SR|WP|MISC|GC"
_BROKEN = r"[\x20\t\u00a0]*(?:\n[\x20\t]*)?"
_SLASH = rf"(?:/{_BROKEN}|\n[\x20\t]*/)"
_DOT = rf"\.{_BROKEN}"
_NUMBER = r"(?P<number>[1-9]\d*)"
_CHANGE = r"(?P<{}>Rev|Add|Corr|Amend|Supp)\.{}(?P<{}>[1-9]\d*)"
CHANGE = re.compile(_CHANGE.format("kind", _BROKEN, "n"), re.ASCII | re.IGNORECASE)
_ENDING = rf"(?:Rev|Add|Corr|Amend|Supp)\.{_BROKEN}[1-9]\d*"
_CHANGES = rf"(?P<changes>(?:[\x20\u00a0]?{_SLASH}{_ENDING})*)"
_BLANK = rf"(?=[\s\u00a0]){_BROKEN}"
_LOOSE = rf"(?P<changes>(?:{_BLANK}(?i:{_ENDING}))*)"  # WHO and OAS part them by blanks
_PART = rf"(?!(?:{_SERIES})(?:/|$))[A-Z][A-Za-z]{{0,7}}(?:\.[1-9]\d{{0,3}})?"
_BODY = rf"(?P<body>[A-Z]{{1,8}}(?:-[A-Z]{{2,8}})?(?:/{_BROKEN}{_PART})*?)"
_AMERICAN = r"(?P<body>[A-Z]{2,8}(?:/[A-Z]{2,8})?)"
_SESSION = r"(?P<session>(?:(?:S|ES)-)?[1-9]\d*)"


class Form(StrEnum):
    """How the series and the session stand in the symbol."""

    PLAIN = "plain"  # E/2025/28
    DOTTED = "dotted"  # E/CN.7/2025/L.6
    NAMED = "named"  # UNEP/EA.6/Res.4
    SLASHED = "slashed"  # E/CN.7/2025/NGO/4
    STOPPED = "stopped"  # A/77/CONF./4
    LEADING = "leading"  # A/RES/78/1
    DATED = "dated"  # S/RES/2664 (2022)
    HEALTH = "health"  # WHA78.5
    GLUED = "glued"  # A78/4, EB156/12
    GLUED_STOPPED = "glued stopped"  # EB156/INF./3
    BRACKETED = "bracketed"  # GC(68)/RES/9
    BRACKETED_DOTTED = "bracketed dotted"  # GC(68)/L.2
    AMERICAN = "american"  # CICAD/doc.2785/24
    AMERICAN_ACT = "american act"  # AG/RES. 3026 (LIV-O/24)
    UNION = "union"  # COM(2025) 123 final


class Kind(StrEnum):
    """What a document does to the one whose symbol it carries on."""

    REVISION = "Rev"
    ADDENDUM = "Add"
    CORRIGENDUM = "Corr"
    AMENDMENT = "Amend"
    SUPPLEMENT = "Supp"  # E/INCB/2008/1/Supp.1
    VERSION = "version"  # of a final text of the European Commission: "final/2"


@dataclass(frozen=True, slots=True)
class Change:
    """One ending of a symbol, such as ``Rev.1``."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}.{self.number}"


@dataclass(frozen=True, slots=True)
class Family:
    """Symbols written one way.

    Args:
        form: Which way.
        pattern: Finds one; groups ``body``, ``number`` and, where the form has them, ``session``,
            ``series``, ``changes``, ``part`` (a committee behind the session) and ``version``.
        series: The series of all of them, where the symbol has another sign for it, or None.
    """

    form: Form
    pattern: re.Pattern[str]
    series: str | None = None


def _family(form: Form, pattern: str, series: str | None = None) -> Family:
    return Family(form, re.compile(pattern, re.ASCII), series)


_SERIES_HERE = rf"(?P<series>{_SERIES})"
# Source: Dag Hammarskjöld Library, UN document symbols, https://research.un.org/en/docs/symbols;
# the forms of the other bodies as their own documents bear them. The first that fits counts.
FAMILIES = (
    _family(Form.HEALTH, rf"(?P<body>WHA){_SESSION}{_DOT}{_NUMBER}", RESOLUTION),
    _family(Form.HEALTH, rf"(?P<body>EB){_SESSION}{_DOT}R{_NUMBER}", RESOLUTION),
    _family(Form.HEALTH, rf"(?P<body>WHA|EB){_SESSION}\({_NUMBER}\)", DECISION),
    _family(
        Form.GLUED,
        rf"(?P<body>A|EB){_SESSION}(?:{_SLASH}(?P<part>[AB]))?"
        rf"(?:{_SLASH}(?P<series>VR|SR|PSR|INF|CONF|DIV))?{_SLASH}{_NUMBER}{_LOOSE}",
    ),
    _family(
        Form.GLUED_STOPPED,
        rf"(?P<body>A|EB){_SESSION}(?:{_SLASH}(?P<part>[AB]))?"
        rf"{_SLASH}(?P<series>INF|CONF|DIV)\.{_SLASH}{_NUMBER}{_LOOSE}",
    ),
    _family(
        Form.BRACKETED,
        rf"{_BODY}\((?P<session>[1-9]\d*)\)(?:{_SLASH}(?P<series>{_SERIES}))?"
        rf"{_SLASH}{_NUMBER}{_CHANGES}",
    ),
    _family(
        Form.BRACKETED_DOTTED,
        rf"{_BODY}\((?P<session>[1-9]\d*)\){_SLASH}(?P<series>{_SERIES}){_DOT}{_NUMBER}{_CHANGES}",
    ),
    _family(
        Form.UNION,
        rf"(?P<body>COM|SWD|SEC|JOIN|C)\((?P<session>\d{{4}})\){_BROKEN}{_NUMBER}"
        rf"(?:{_BLANK}(?P<series>final)(?:/(?P<version>[1-9]\d?))?)?",
    ),
    _family(
        Form.AMERICAN,
        rf"{_AMERICAN}{_SLASH}(?P<series>doc|DOC|INF){_DOT}{_NUMBER}{_SLASH}(?P<session>\d\d){_LOOSE}",
    ),
    _family(
        Form.AMERICAN_ACT,
        rf"{_AMERICAN}{_SLASH}(?P<series>RES|DEC){_DOT}{_NUMBER}{_BROKEN}"
        rf"\((?P<session>(?:[IVXLC]+-[OEX]{{1,2}}|[1-9]\d*)/\d\d)\){_LOOSE}",
    ),
    _family(
        Form.DATED,
        rf"{_BODY}{_SLASH}(?P<series>RES){_SLASH}{_NUMBER}{_BROKEN}\((?P<session>\d{{4}})\)",
    ),
    _family(
        Form.LEADING,
        rf"{_BODY}{_SLASH}{_SERIES_HERE}(?:{_SLASH}{_SESSION})?{_SLASH}{_NUMBER}{_CHANGES}",
    ),
    _family(
        Form.DOTTED,
        rf"{_BODY}(?:{_SLASH}{_SESSION})?{_SLASH}{_SERIES_HERE}{_DOT}{_NUMBER}{_CHANGES}",
    ),
    _family(
        Form.NAMED,
        rf"{_BODY}(?:{_SLASH}{_SESSION})?{_SLASH}(?P<series>Res|Dec|Inf){_DOT}{_NUMBER}{_CHANGES}",
    ),
    _family(
        Form.SLASHED, rf"{_BODY}{_SLASH}{_SESSION}{_SLASH}{_SERIES_HERE}{_SLASH}{_NUMBER}{_CHANGES}"
    ),
    _family(
        Form.STOPPED,
        rf"{_BODY}{_SLASH}{_SESSION}{_SLASH}(?P<series>INF|CONF|DIV)\.{_SLASH}{_NUMBER}{_CHANGES}",
    ),
    _family(Form.PLAIN, rf"{_BODY}(?:{_SLASH}{_SESSION})?{_SLASH}{_NUMBER}{_CHANGES}"),
)  # fmt: skip
TWIN = re.compile(rf"-{_BROKEN}(?=[A-Z]{{1,8}}/)", re.ASCII)  # before a document's second symbol
SHORT = re.compile(rf"(?:{_SERIES})\.[1-9]\d*(?:/|$)", re.ASCII)


def changes(words: str | None) -> tuple[Change, ...]:
    """Read the endings of a symbol, in their order."""
    return tuple(
        Change(Kind(one["kind"].capitalize()), int(one["n"]))
        for one in CHANGE.finditer(words or "")
    )
