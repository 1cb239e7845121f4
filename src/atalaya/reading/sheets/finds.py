"""Reads the substances named in one cell: splits, cleans and looks up, and never guesses a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from atalaya.model.identifiers import sha256_hex, slugify
from atalaya.reading.names import UNRESOLVED
from atalaya.reading.sheets.headings import plain
from atalaya.reading.sheets.romance import respelt
from atalaya.registers.entries import Substance
from atalaya.registers.matching import Match
from atalaya.registers.substances import SubstanceRegister


class How(StrEnum):
    """How a name was read."""

    KNOWN = "known"
    FUZZY = "fuzzy"  # one slip away from a registered name: counted, and said
    UNVERIFIED = "unverified"  # an entry of the register nobody has checked: counted, and said
    RESPELT = "respelt"  # the English name in Spanish or Portuguese spelling: counted, and said
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """What a cell says as a whole."""

    FOUND = "found"
    NOTHING = "nothing"  # tested, and nothing found
    NOT_IDENTIFIED = "not-identified"  # something was there, and nobody could tell what
    NO_RESULT = "no-result"  # empty, pending or not tested


@dataclass(frozen=True, slots=True)
class Named:
    """One name as written, and what it stands for.

    Args:
        text: The name, cleaned of amounts.
        id: ``substance:...``, or ``unresolved:...`` for a name the register does not know.
        how: How it was read.
        matched: The register's name that was matched, or empty.
        score: 1, or the likeness of a fuzzy match.
    """

    text: str
    id: str
    how: How
    matched: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class CellRead:
    """What one cell says.

    Args:
        answer: What it says as a whole.
        names: Substances found, each once.
        denied: Names the cell says were *not* there.
        doubted: Names the cell doubts ("possible ..."): not counted.
    """

    answer: Answer
    names: tuple[Named, ...] = ()
    denied: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


_NOTHING = (
    "none,nothing,negative,neg,not detected,nothing detected,none detected,no drugs detected,nd,"
    "nad,no substances detected,no active substance,nada,negativo,negativa,no detectado,"
    "no detectada,no se detecta,no se detecto,nada detectado,ninguna,ninguno,sin sustancias,"
    "sin principio activo,sin hallazgos,no se detectan sustancias,nao detetado,nao detectado,"
    "nao detetada,nao detectada,nenhuma,nenhum,sem substancias,nada detetado"
)
_NOT_IDENTIFIED = (
    "unknown,unidentified,not identified,unknown substance,inconclusive,indeterminate,desconocido,"
    "desconocida,no identificado,no identificada,sustancia desconocida,indeterminado,"
    "no concluyente,desconhecido,desconhecida,nao identificado,nao identificada,"
    "substancia desconhecida,inconclusivo,other,otros,outros,otra,otro,outra,outro"
)
_NO_RESULT = (
    "pending,in progress,not tested,not analysed,insufficient sample,n a,na,tbd,pendiente,"
    "en curso,no analizado,no analizada,muestra insuficiente,pendente,em curso,nao analisado,"
    "nao analisada,amostra insuficiente,sd,s d,sin datos,sem dados,null,nan,error"
)
_WHOLE = {
    **dict.fromkeys(_NOTHING.split(","), Answer.NOTHING),
    **dict.fromkeys(_NOT_IDENTIFIED.split(","), Answer.NOT_IDENTIFIED),
    **dict.fromkeys(_NO_RESULT.split(","), Answer.NO_RESULT),
}
_AMOUNT = re.compile(
    r"[\(\[]?\s*[<>~≈]?\s*(?<![\w-])\d+(?:[.,]\d+)?\s*(?:%|mg/g|mg|µg|ug|g|ml)(?![\w-])\s*[\)\]]?"
)
_MARKED = re.compile(
    r"^(?:traces? of|trace|trazas? de|trazas|tra[çc]os de|vest[ií]gios de|mostly|mainly|"
    r"principalmente|mezcla de|mix(?:ture)? of|mistura de|contains|contiene|cont[eé]m)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*[\(\[]?\b(?:detected|found|positive|pos|confirmed|trace|traces|trazas|tra[çc]os|"
    r"detectad[oa]|detetad[oa]|encontrad[oa]|positiv[oa]|confirmad[oa])\b[\)\]]?\.?$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:no|not|without|neg(?:ative)?(?: for)?|sin|sem|n[aã]o|negativo (?:para|a))\s+(?!se\b)|"
    r"\b(?:not detected|not found|negative|no detectad[oa]|n[aã]o det(?:e|ec)tad[oa]|negativ[oa])$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_DOUBTED = re.compile(
    r"^(?:possible|possibly|probable|probably|suspected|maybe|posible|posiblemente|probablemente|"
    r"sospecha de|poss[ií]vel|prov[aá]vel|suspeita de)\s+|\?|"
    r"\s*\((?:possible|probable|suspected|posible|poss[ií]vel|prov[aá]vel)\)$",
    re.IGNORECASE,
)
# From the surest to the least sure; a comma or hyphen may be part of a name (N,N-DMT, 3,4-MDMA),
# so a weaker mark splits only what the register does not know as a whole.
_SPLITS = (
    re.compile(r"\s*[;|\n\r•]+\s*"),
    re.compile(r"\s*,\s+|(?<![\dNOSnos]),(?!\d)|(?<=[a-z]{3}),(?=\d)"),
    re.compile(r"\s*\+\s*|\s+/\s*|\s*/\s+|(?<=[a-zA-Z]{3})/(?=[a-zA-Z])|\s*&\s*"),
    re.compile(r"\s+(?:and|with|plus|y|e|con|com|más|mais)\s+", re.IGNORECASE),
)
# Longer is prose, and prose may name people: it is not repeated, and counts as not identified.
_LONGEST_NAME, _MOST_WORDS = 80, 5
_LONGEST_CELL = 2_000  # characters: the names of some hundred substances


class NameReader:
    """Reads cells, each distinct text once.

    Args:
        register: Where names are looked up.
    """

    __slots__ = ("_cells", "_register")

    def __init__(self, register: SubstanceRegister) -> None:
        self._register = register
        self._cells: dict[str, CellRead] = {}

    def read(self, cell: str) -> CellRead:
        """Read one cell.

        Args:
            cell: As written: ``cocaína 45 % + levamisol``, ``not detected``.

        >>> from atalaya.registers.substances import load
        >>> read = NameReader(load()).read("Cocaine (45 %), xylazine; no fentanyl")
        >>> [name.id for name in read.names], read.denied
        (['substance:cocaine', 'substance:xylazine'], ('fentanyl',))
        """
        if cell not in self._cells:
            self._cells[cell] = self._fresh(cell)
        return self._cells[cell]

    def known(self, text: str) -> Match[Substance] | None:
        """Look one name up, amounts and marks removed."""
        return self._register.look_up(_clean(text))

    def _fresh(self, cell: str) -> CellRead:
        if len(cell) > _LONGEST_CELL:
            return CellRead(Answer.NOT_IDENTIFIED)
        whole = _whole(cell)
        if whole is not None:
            return CellRead(whole)
        names: dict[str, Named] = {}
        denied, doubted = [], []
        answers = set()
        for part in self._parts(cell, 0):
            answer = _whole(part)
            if answer is not None:
                answers.add(answer)
            elif _DENIED.search(part) and not self._exactly(part):
                denied.append(_clean(_DENIED.sub("", part)))
            elif _DOUBTED.search(part):
                doubted.append(_clean(_DOUBTED.sub("", part)))
            else:
                named = self._named(part)
                if named is not None:
                    names.setdefault(named.id, named)
        return CellRead(
            _answer(bool(names), answers, denied),
            tuple(names.values()),
            tuple(denied),
            tuple(doubted),
        )

    def _parts(self, text: str, level: int) -> Iterator[str]:
        """Split by ever weaker marks, keeping whole what the register knows."""
        text = text.strip(" .\t")
        if not text:
            return
        if level == len(_SPLITS) or self._exactly(text):
            yield text
            return
        parts = _SPLITS[level].split(text)
        last = level == len(_SPLITS) - 1
        if last and len(text.split()) > _MOST_WORDS and not any(map(self._exactly, parts)):
            parts = [text]  # prose: its "and" joins no substances
        for part in parts:
            yield from self._parts(part, level + 1)

    def _exactly(self, text: str) -> bool:
        found = self.known(text)
        return found is not None and found.how != "fuzzy"

    def _named(self, part: str) -> Named | None:
        text = _clean(part)
        if not any(letter.isalpha() for letter in text):
            return None
        found = self._register.look_up(text) or self._one_of_two(text)
        if found is None:
            return self._unlisted(text)
        how = How.FUZZY if found.how == "fuzzy" else How.KNOWN
        if how is How.KNOWN and not found.checked:
            how = How.UNVERIFIED
        return Named(text, found.entry.id, how, found.matched, found.score)

    def _one_of_two(self, text: str) -> Match[Substance] | None:
        """Read ``X (Y)`` where the register knows exactly one of the two."""
        both = _BRACKETED.fullmatch(text)
        known = [one for each in both.groups() if (one := self.known(each))] if both else []
        return known[0] if len(known) == 1 and known[0].how != "fuzzy" else None

    def _unlisted(self, text: str) -> Named | None:
        if len(text) > _LONGEST_NAME or len(text.split()) > _MOST_WORDS:
            return None
        parts = both.groups() if (both := _BRACKETED.fullmatch(text)) else (text,)
        entries = {entry.id: entry for part in parts if (entry := respelt(part, self._register))}
        if len(entries) == 1:
            (entry,) = entries.values()
            return Named(text, entry.id, How.RESPELT, entry.name)
        return Named(text, unresolved_id(text), How.UNKNOWN)


def unresolved_id(text: str) -> str:
    """Give the identifier of a name that no register knows; the same for the same words."""
    slug = slugify(text)[:_LONGEST_NAME].strip("-")
    return f"{UNRESOLVED}:{slug or 'x-' + sha256_hex(text.encode())[:8]}"


def _clean(text: str) -> str:
    text = _AMOUNT.sub(" ", " ".join(text.split()))
    text = _MARKED.sub("", text.strip())
    text = _TAIL.sub("", text)
    return re.sub(r"\s+", " ", text).strip(" .:-*?")


def _whole(text: str) -> Answer | None:
    words = plain(text)
    if not words:
        return Answer.NO_RESULT if not any(letter.isalnum() for letter in text) else None
    return _WHOLE.get(words)


def _answer(found: bool, answers: set[Answer], denied: list[str]) -> Answer:
    if found:
        return Answer.FOUND
    if Answer.NOT_IDENTIFIED in answers:
        return Answer.NOT_IDENTIFIED
    if Answer.NOTHING in answers or denied:
        return Answer.NOTHING
    # Only doubted names, or none at all: examined, and not told.
    return Answer.NOT_IDENTIFIED if not answers else Answer.NO_RESULT
