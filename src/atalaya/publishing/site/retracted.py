"""What pages mark beside a signal: evidence under it that was retracted, or that counts again.

A static copy says what its release says. A served page says what was decided since as well: a
retraction is marked as soon as it is signed, and a mistaken one no longer than until it is undone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from atalaya.findings.reinstatements import Struck
from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.languages import Language, language
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.sentences import in_language
from atalaya.publishing.site.sentences import told as told_issue
from atalaya.publishing.site.visits import Visit
from atalaya.publishing.striking import told

_SIGNAL = re.compile(r"signal:[0-9a-f]+")
_KINDS: Final = {"evidence-retracted": False, "evidence-reinstated": True}


@dataclass(frozen=True, slots=True)
class Mark:
    """Who retracted what and why, and who took it back.

    Args:
        says: The sentence.
        translated: Whether it is in the page's language; else it is in English.
        back: Whether it counts again.
    """

    says: str
    translated: bool
    back: bool


def marks(edition: Edition, visit: Visit, signal: str) -> tuple[Mark, ...]:
    """Give what is marked beside a signal.

    Args:
        edition: The release.
        visit: Who reads; with what was retracted, where the page is served.
        signal: Identifier of the signal.
    """
    tongue = language(visit.language)
    rows = _issues(edition).get(signal, ())
    if visit.struck is None:
        return tuple(_issue(row, tongue) for row in rows)
    # A reviewer's stands at an address; only the publisher's own corrections are the release's.
    own = [_issue(row, tongue) for row in rows if not row["file"]]
    return (*own, *(_decided(one, tongue) for one in _under(signal, visit.struck)))


@lru_cache(maxsize=4)  # as many editions as a site shows at once
def _issues(edition: Edition) -> Mapping[str, list[Row]]:
    """Give signal -> the issues that say its evidence, or an alert's on it, was retracted."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in edition.rows("issues"):
        if row["kind"] in _KINDS:
            for word in dict.fromkeys(_SIGNAL.findall(row["says"])):
                found[word].append(row)
    return found


def _issue(row: Row, tongue: Language) -> Mark:
    own = told_issue(row, "says", tongue)
    return Mark(own or row["says"], own is not None, _KINDS[row["kind"]])


def _under(signal: str, struck: Iterable[Struck]) -> Iterator[Struck]:
    for one in struck:
        if signal in (*one.retraction.rested, *one.retraction.supported):
            yield one


def _decided(one: Struck, tongue: Language) -> Mark:
    said = told(one)
    own = str(said) if tongue.code == "en" else in_language(said.content(), tongue)
    text = own or str(said)
    return Mark(text[0].upper() + text[1:], own is not None, one.back is not None)
