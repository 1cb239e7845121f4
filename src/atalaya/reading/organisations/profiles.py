"""What one name says: its words, its other wordings, acronyms, places, and what it is a part of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from atalaya.reading.organisations.lexicon import Word, fold, load, words
from atalaya.reading.organisations.parts import Wording, known_as, places, segments

_MARKER = re.compile(r"^\s*(?:[•◦▪*\u2022]|\(?\d{1,3}[.)])\s+")
_CODE = re.compile(r"(?:[A-Z]{1,4}-)?[A-Z][A-Za-z0-9&+]*[A-Z0-9][A-Za-z0-9]*")
_DOTTED = re.compile(r"(?<!\w)[^\W\d_]\.(?:\s?[^\W\d_]\.)*\s?[^\W\d_]\b\.?")  # A.C., e. V.
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{3,})(?:[\"“”»]|$)")
_LONGEST_CODE = 8  # letters of an acronym that stands alone; longer ones are names in capitals
_SHORTEST_CODE = 2
_SHORTEST_BRAND = 4
LONGEST = 400  # characters of a line that may be a name: no body's name is longer


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

    @cached_property
    def brand(self) -> str:
        """The one word that a name is, in capitals, where others may state it as an acronym.

        >>> profile("Lumocor").brand, profile("Lumocor Foundation").brand
        ('LUMOCOR', '')
        """
        said = self.wordings[0]
        one = not self.alone and len(said.words) == 1 and said.words[0].kind == "name"
        short = one and len(said.text.split()) == 1 and len(said.text) >= _SHORTEST_BRAND
        return said.text.upper() if short else ""

    @cached_property
    def branch(self) -> str:
        """The acronym of a name that is one with a country and nothing more.

        >>> profile("TASC Peru").branch, profile("TASC").branch, profile("TASC House Peru").branch
        ('TASC', '', '')
        """
        if self.alone or len(self.wordings) > 1:
            return ""
        said = self.wordings[0]
        names = said.of("name")
        codes = [each for each in said.text.split() if is_code(each)]
        only = len(names) == len(codes) == 1 and len(said.of("place")) + 1 == len(said.words)
        return _letters(codes[0]) if only else ""

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
        return Profile(name, (_code(text),), frozenset({_letters(text)}), True, frozenset(), ())
    read = _Read()
    for number, (segment, mark) in enumerate(segments(text)):
        read.take(segment, mark, first=not number)
    read.wordings.extend(_own_name(text, read.wordings))
    kept = tuple(one for one in read.wordings if one.words)
    alone = not kept and len(read.acronyms) == 1
    if alone:
        kept = (_code(next(iter(read.acronyms))),)
    around = tuple(read.around)
    kept = kept or around or (Wording(text, ()),)
    return Profile(name, kept, frozenset(read.acronyms), alone, frozenset(read.suffixes), around)


@dataclass(slots=True)
class _Read:
    """What was read of a name so far."""

    acronyms: set[str] = field(default_factory=set)
    suffixes: set[str] = field(default_factory=set)
    wordings: list[Wording] = field(default_factory=list)
    around: list[Wording] = field(default_factory=list)

    def take(self, segment: str, mark: str, *, first: bool) -> None:
        """Take one part of the name, with the mark that stands before it."""
        if is_code(segment):
            self.acronyms.add(_letters(segment))
            return
        said = Wording(segment, words(segment))
        named = "" if first else known_as(segment)
        behind = frozenset() if first else places(said, self.wordings[0] if self.wordings else said)
        if named:
            self.wordings.append(Wording(named, words(named)))
        elif behind:
            self.suffixes |= behind
        elif not self.wordings or mark == "/" or _same(said, self.wordings[0], mark):
            self.wordings.append(said)
        else:
            self._beside(said, mark)

    def _beside(self, said: Wording, mark: str) -> None:
        """Take a part that is no wording of its own: a unit, a description, a body around it."""
        whole = self.wordings[0]
        if said.of("unit"):
            self.wordings[0] = Wording(whole.text, (*whole.words, *said.words))
        elif mark == "-" and _is_proper(self.wordings):
            self.wordings.append(Wording(f"{whole.text} {said.text}", (*whole.words, *said.words)))
        elif said.of("name", "topic", "movement", "scope", "region", "place", "form"):
            self.around.append(said)


def _own_name(text: str, wordings: list[Wording]) -> list[Wording]:
    """Give the name in quotation marks where the rest says only what kind of body it is.

    >>> profile('Peruvian Association "New Dawn"').wordings[1].text
    'New Dawn'
    """
    found = _QUOTED.search(text)
    if found is None or not wordings:
        return []
    rest = Wording("", words(f"{text[: found.start()]} {text[found.end() :]}"))
    forms = rest.of("form")
    own = words(found[1])
    if not own or len(forms) != 1 or rest.of("name", "unit", "movement"):
        return []
    return [Wording(found[1], (*forms, *own))]


def _code(text: str) -> Wording:
    return Wording(text, (Word(fold(text), fold(_letters(text)), "name"),))


def _letters(code: str) -> str:
    """Give an acronym in capitals, a hyphen left out (C-TASC)."""
    return code.upper().replace("-", "")


def _is_proper(wordings: list[Wording]) -> bool:
    """Tell whether all that was read is one proper name, so that what follows says what it is."""
    return len(wordings) == 1 and all(word.kind == "name" for word in wordings[0].words)


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


def _short_name(said: Wording, whole: Wording) -> bool:
    """Tell whether a word in brackets is what a body calls itself: one name behind a whole one.

    >>> profile("Centro de Estudios de Derecho, Justicia y Sociedad (Dejusticia)").wordings[-1].text
    'Dejusticia'
    """
    alone = len(said.words) == 1 and said.words[0].kind == "name" and said.text[:1].isupper()
    return alone and bool(whole.of("form")) and not whole.of("unit")


def _same(said: Wording, whole: Wording, mark: str) -> bool:
    inside = mark == "(" and (_short_name(said, whole) or _translated(said, whole))
    return inside or _overlaps(said, whole)


def _translated(said: Wording, whole: Wording) -> bool:
    """Tell whether a whole name in brackets says in known words what unknown ones say before it.

    >>> len(profile("Vefarasamtök Árinnar (River Weavers Association)").wordings)
    2
    """
    foreign = len(whole.words) > 1 and not whole.of("topic", "form", "movement", "unit")
    return foreign and bool(said.of("form")) and len(said.words) > 2  # noqa: PLR2004 - a name


def _overlaps(one: Wording, other: Wording) -> bool:
    """Tell whether two parts of a name say the same in other words: half of the shorter one."""
    left = {word.concept for word in one.words if word.kind not in ("legal", "state")}
    right = {word.concept for word in other.words if word.kind not in ("legal", "state")}
    return bool(left and right) and len(left & right) * 2 >= min(len(left), len(right))
