"""What one name says: its words, its other wordings, acronyms, places, and what it is a part of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from atalaya.reading.organisations.lexicon import Word, fold, load, words

_MARKER = re.compile(r"^\s*(?:[•◦▪*\u2022]|\(?\d{1,3}[.)])\s+")
_CODE = re.compile(r"[A-Z][A-Za-z0-9&+]*[A-Z0-9][A-Za-z0-9]*")
_DASHED = re.compile(r"\s+[-–—|:]+\s*|\s*[–—|]\s*|(?<=[A-Z]{2})\s*[-:]\s+|:\s+|\s+-(?=\w)")
_DOTTED = re.compile(r"(?<!\w)[^\W\d_]\.(?:\s?[^\W\d_]\.)*\s?[^\W\d_]\b\.?")  # A.C., e. V.
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LONGEST_CODE = 8  # letters of an acronym that stands alone; longer ones are names in capitals
_SHORTEST_CODE = 2
LONGEST = 400  # characters of a line that may be a name: no body's name is longer


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a name says who it is.

    Args:
        text: The words as they stand.
        words: Those that mean something, in order.
    """

    text: str
    words: tuple[Word, ...]

    def of(self, *kinds: str) -> tuple[Word, ...]:
        """Give the words of some kinds, in order."""
        return tuple(word for word in self.words if word.kind in kinds)


@dataclass(frozen=True)
class Profile:
    """What one name says.

    Args:
        name: As it was given.
        wordings: The body's name, and its translations where the name gives several.
        acronyms: Those it states, in capitals.
        alone: Whether it is an acronym and nothing more.
        suffixes: Places that stand apart from the name, in brackets or after a comma or dash.
        around: Bodies it says it belongs to, after a dash or comma.
    """

    name: str
    wordings: tuple[Wording, ...]
    acronyms: frozenset[str]
    alone: bool
    suffixes: frozenset[str]
    around: tuple[Wording, ...]

    @cached_property
    def key(self) -> str:
        """The name without case, accents, punctuation and legal forms."""
        kept = [
            w.form
            for wording in self.wordings
            for w in wording.words
            if w.kind not in ("legal", "state")
        ]
        return " ".join([*kept, *sorted(self.suffixes)]) or fold(" ".join(self.name.split()))

    @property
    def full(self) -> bool:
        """Whether it says more than an acronym."""
        return not self.alone and any(wording.words for wording in self.wordings)


def cleaned(name: str) -> str:
    r"""Give a name without control characters, list marker, article and loose punctuation.

    >>> cleaned(" 4. the\u00a0Pompidou Group, ")
    'Pompidou Group'
    """
    flat = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c
        for c in unicodedata.normalize("NFKC", name[:LONGEST])
        if unicodedata.category(c) not in ("Cf", "Co", "Cs", "Cn")
    )
    flat = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]).upper(), " ".join(flat.split()))
    bare = _MARKER.sub("", flat).strip(" ,;.·\"'“”«»*_")
    return re.sub(r"^(?:the|la|el|los|las|le|les|o|a|os|as|il|die|der|das)\s+(?=\S)", "", bare,
                  flags=re.IGNORECASE)  # fmt: skip


def profile(name: str) -> Profile:
    """Read a name.

    >>> profile("ARTM – Associação de Reabilitação de Toxicodependentes de Macau").acronyms
    frozenset({'ARTM'})
    """
    text = cleaned(name)
    if is_code(text):
        return Profile(name, (_code(text),), frozenset({text.upper()}), True, frozenset(), ())
    acronyms: set[str] = set()
    suffixes: set[str] = set()
    wordings: list[Wording] = []
    around: list[Wording] = []
    for number, (segment, mark) in enumerate(_segments(text)):
        if is_code(segment):
            acronyms.add(segment.upper())
            continue
        said = Wording(segment, words(segment))
        if number and _is_place(said):
            suffixes |= {word.concept for word in said.words if word.kind != "legal"}
        elif not wordings or mark == "/" or _same(said, wordings[0], mark):
            wordings.append(said)
        elif said.of("unit"):
            wordings[0] = Wording(wordings[0].text, (*wordings[0].words, *said.words))
        elif said.of("name", "topic", "movement", "scope", "region", "place", "form"):
            around.append(said)
    kept = tuple(one for one in wordings if one.words)
    alone = not kept and len(acronyms) == 1
    if alone:
        kept = (_code(next(iter(acronyms))),)
    kept = kept or tuple(around) or (Wording(text, ()),)
    return Profile(name, kept, frozenset(acronyms), alone, frozenset(suffixes), tuple(around))


def _code(text: str) -> Wording:
    return Wording(text, (Word(fold(text), fold(text), "name"),))


def is_code(text: str) -> bool:
    """Tell whether a text is one acronym: short, one word, most of it capitals.

    >>> is_code("PTACC"), is_code("EuroNPUD"), is_code("CRANSTOUN"), is_code("Kenya")
    (True, True, False, False)
    """
    flat = text.replace(".", "") if re.fullmatch(r"(?:\w\.)+\w?\.?", text) else text
    capitals = sum(letter.isupper() for letter in flat)
    return (
        _SHORTEST_CODE <= len(flat) <= _LONGEST_CODE
        and bool(_CODE.fullmatch(flat))
        and capitals >= max(2, len(flat) // 2)
        and not _is_legal(flat)
    )


def _is_legal(flat: str) -> bool:
    """Tell whether letters are a legal form (A.C., SRL) and no acronym of a body."""
    known = load().phrases.get(fold(flat))
    return known is not None and known[1] == "legal"


def _segments(text: str) -> list[tuple[str, str]]:
    """Cut a name into its parts, each with the mark that stood before it."""
    found: list[tuple[str, str]] = []
    inside: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        inside.append((match[1].strip(), "("))
        return " | " if text[match.end() :].strip(" ,.") else " "

    outside = _BRACKET.sub(take, text)
    for half in _slashed(outside):
        mark = "/" if found else ""
        for part in _DASHED.split(half):
            pieces = _commas(part)
            for piece in pieces:
                if piece.strip(" ,;.-"):
                    found.append((piece.strip(" ,;.-"), mark))
                mark = ","
            mark = "-"
    return [*found, *(one for one in inside if one[0])]


def _slashed(text: str) -> list[str]:
    """Cut at a slash between two wordings, never inside HIV/AIDS."""
    spaced = re.split(r"\s+/\s*|\s*/\s+", text)
    if len(spaced) > 1:
        return spaced
    halves = text.split("/")
    if len(halves) == 2 and all(len(half.split()) > 1 for half in halves):  # noqa: PLR2004
        left, right = halves[0].split()[-1], halves[1].split()[0]
        if not (left.isupper() and right.isupper()):
            return halves
    return [text]


def _commas(text: str) -> list[str]:
    """Cut off what follows the last comma where it is a place or a legal form alone."""
    head, comma, tail = text.rpartition(",")
    if comma and head.strip() and _is_place(Wording(tail, words(tail))):
        return [*_commas(head), tail]
    return [text]


def _is_place(said: Wording) -> bool:
    return bool(said.words) and all(
        word.kind in ("place", "region", "city", "legal", "state") for word in said.words
    )


def _short_name(said: Wording, whole: Wording) -> bool:
    """Tell whether a word in brackets is what a body calls itself: one name behind a whole one.

    >>> profile("Centro de Estudios de Derecho, Justicia y Sociedad (Dejusticia)").wordings[-1].text
    'Dejusticia'
    """
    alone = len(said.words) == 1 and said.words[0].kind == "name" and said.text[:1].isupper()
    return alone and bool(whole.of("form")) and not whole.of("unit")


def _same(said: Wording, whole: Wording, mark: str) -> bool:
    return _overlaps(said, whole) or (mark == "(" and _short_name(said, whole))


def _overlaps(one: Wording, other: Wording) -> bool:
    """Tell whether two parts of a name say the same in other words: half of the shorter one."""
    left = {word.concept for word in one.words if word.kind not in ("legal", "state")}
    right = {word.concept for word in other.words if word.kind not in ("legal", "state")}
    return bool(left and right) and len(left & right) * 2 >= min(len(left), len(right))
