"""The words of our own text: person-first, in English and Spanish (R8).

Quotations and official names stay exact: what stands between quotation marks, in code marks or in
a name that is given is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A wording we do not use for people.

    Args:
        pattern: Regular expression of its forms; matched between word borders, in any case.
        instead: What to write.
    """

    pattern: str
    instead: str


# Source of the terms: National Institute on Drug Abuse, "Words Matter: Terms to Use and Avoid When
# Talking About Addiction", and in Spanish "Las palabras importan" (nida.nih.gov/es/node/38234).
# "People who use drugs" instead of "drug users": Scottish Drugs Forum, "Moving Beyond 'People
# First' Language", 2020. Their forms (plural, feminine) are ours.
TERMS: tuple[Term, ...] = (
    Term(r"(?:drug|substance) (?:ab)?users?", "people who use drugs"),
    Term(r"(?:injecting|injection|intravenous) drug users?", "people who inject drugs"),
    Term(r"(?:(?:former|reformed|ex)[ -])addicts?", "people in recovery"),
    Term(r"(?:(?:drug|heroin|opioid|crack|cocaine) )?addicts?", "people with drug dependence"),
    Term(r"junk(?:ie|y|ies)", "people who use drugs"),
    Term(r"(?:drug|substance|alcohol|opioid) abuse", "drug use, or drug use disorder"),
    Term(r"drug habit", "drug dependence"),
    Term(r"drogadict[oa]s?", "personas que usan drogas"),
    Term(r"adict[oa]s?", "personas con dependencia"),
    Term(r"usuari[oa]s? de drogas", "personas que usan drogas"),
    Term(r"abuso de (?:drogas|sustancias)", "consumo de drogas"),
)
_QUOTED = re.compile(
    r"“[^”]*”|«[^»]*»|‘[^’]*’|\"[^\"\n]*\"|``[^`]*``|`[^`\n]*`|<(?:q|blockquote|cite)\b.*?</",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording found in our own text.

    Args:
        line: Line, from 1.
        column: Column, from 1.
        words: What stands there.
        instead: What to write.
    """

    line: int
    column: int
    words: str
    instead: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: write {self.instead!r}, not {self.words!r}"


def wordings(text: str, official_names: Iterable[str] = ()) -> Iterator[Wording]:
    """Find wordings that our own text does not use.

    Args:
        text: Our own text: a template, a page of documentation, a title.
        official_names: Names of bodies and documents, which stay exact.

    Returns:
        What was found, in the order of the text.

    >>> [str(found) for found in wordings("Advice for drug users.")]
    ["line 1, column 12: write 'people who use drugs', not 'drug users'"]
    >>> list(wordings("He wrote “drug users”.")), list(
    ...     wordings("The Drug Abuse Office", official_names=["Drug Abuse Office"]))
    ([], [])
    """
    plain = _QUOTED.sub(_blanked, text)
    for name in sorted(official_names, key=len, reverse=True):
        plain = re.sub(re.escape(name), _blanked, plain)
    found = [
        (match.start(), match[0], term.instead)
        for term in TERMS
        for match in re.finditer(rf"\b(?:{term.pattern})\b", plain, re.IGNORECASE)
        if match[0].strip()
    ]
    end = 0
    for start, words, instead in sorted(found, key=lambda one: (one[0], -len(one[1]))):
        if start >= end:  # the longest of several that begin in one place
            end = start + len(words)
            line = text.count("\n", 0, start) + 1
            yield Wording(line, start - text.rfind("\n", 0, start), words, instead)


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
