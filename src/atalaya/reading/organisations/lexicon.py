"""The words of which names of organisations are made: institutions, fields of work, places.

A word is known by what it means and not by how one language says it: *federación*, *fédération* and
*federation* are one concept. What the lexicon lacks stays a word of its own, which is what tells
bodies apart: *Villa Maraini*, *Conectas*.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from atalaya.reading.organisations.geography import demonym, place_names
from atalaya.registers.rows import rows, shipped

LANGUAGES = ("en", "es", "fr", "pt", "it", "de")
_OTHERS = "others"  # words of further languages: institutions, and what national bodies are of
KINDS = frozenset(
    {"form", "unit", "legal", "state", "topic", "scope", "movement", "region", "city", "stop"}
)
_SMALL = """
the of for and on in at to by with from who a an de del la las el los y e o u en para por con al
un una sobre des du le les l d et aux au sur pour par dans do da dos das no na nos nas em com ao
aos as os pelo pela pelos pelas um uma uns umas t s que qui quien quienes di della delle dei
degli dell dello il lo gli i per nel nella su sul uno alla alle agli dal dalla der die den dem
und fur fuer uber ueber von vom zum zur im am ein eine einer van voor het een och matiere materia
"""
STOP = frozenset(_SMALL.split())
# Letters of Latin alphabets that Unicode takes for one and not for a letter with an accent.
_WHOLE = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
                        "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_LONGEST = 6  # words of the longest phrase: "reduction des risques et des dommages"
_CAPITALS = frozenset({"united_nations", "legal"})  # where short, only in capitals
_SECOND = 4  # letters of the second word of a compound
_COMPOUND = 9  # letters from which a German word may be several in one


_PREFIXES = ("anti", "inter")
_SHORT = 5  # letters from which a last s is a plural's
_LEARNED = 7  # letters from which an ending may be a language's and not the word's own
_ENDINGS = (
    (("ation", "acion", "acao", "azione"), "at"),
    (("tion", "cion", "cao", "zione"), "t"),
    (("ity", "idad", "idade", "ite", "itat", "ita"), "it"),
    (("isms", "ismo", "isme", "ismus", "ism"), "ism"),
    (("istas", "ista", "iste", "ist"), "ist"),
    (("ische", "isch", "ical", "ique", "ico", "ica", "ic"), "ic"),
    (("ence", "encia", "enza", "enz"), "enc"),
    (("aria", "ario", "aire", "ary"), "ar"),
    (("ia", "ie", "y"), ""),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or phrase, of a name.

    Args:
        form: As it stands, folded.
        concept: What it means; the folded stem where the lexicon does not know it.
        kind: One of ``KINDS``, ``place`` for a territory, or ``name`` for what is not known.
    """

    form: str
    concept: str
    kind: str

    @property
    def known(self) -> bool:
        """Whether the lexicon or the register of territories knows it."""
        return self.kind != "name"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases, beginnings of words and parts of German compounds, each with its meaning."""

    phrases: dict[str, tuple[str, str]]
    beginnings: dict[str, tuple[str, str]]
    parts: dict[str, tuple[str, str]]
    spoken: dict[str, frozenset[str]]

    def beginning(self, form: str) -> tuple[str, str] | None:
        """Give concept and kind of the longest beginning of a folded word, or None."""
        for end in range(len(form), 2, -1):
            if form[:end] in self.beginnings:
                return None if self._compound(form, end) else self.beginnings[form[:end]]
        return None

    def _compound(self, form: str, end: int) -> bool:
        """Tell whether a German word goes on with another word (Tropen-gesundheit)."""
        return len(form) - end >= _SECOND and len(_compound(form, self)) > 1

    def language(self, forms: Iterable[str]) -> str:
        """Give the language most words are of; empty where two have as many."""
        votes = Counter(each for form in forms for each in self.spoken.get(form, ()))
        best = votes.most_common(2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return ""
        return best[0][0]


@lru_cache(maxsize=100_000)  # words and names are folded again for each comparison
def fold(text: str) -> str:
    """Give a text in lower case without accents.

    >>> fold("Asociaciòn Fundação Straße Røde Łódź")
    'asociacion fundacao strasse rode lodz'
    """
    spread = unicodedata.normalize("NFKD", text.translate(_WHOLE)).casefold()
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@cache
def load() -> Lexicon:
    """Read the lexicon that ships with the package, once."""
    phrases: dict[str, tuple[str, str]] = {}
    beginnings: dict[str, tuple[str, str]] = {}
    parts: dict[str, tuple[str, str]] = {}
    spoken: dict[str, set[str]] = defaultdict(set)
    for row in rows(shipped(), "organisation_words.csv", ("concept", "kind", *LANGUAGES, _OTHERS)):
        meaning = (row.needed("concept"), row.one_of("kind", KINDS))
        for language in (*LANGUAGES, _OTHERS):
            for form in row[language].split():
                bare = form.rstrip("*").replace("_", " ")
                spoken[bare].add(language)
                (beginnings if form.endswith("*") else phrases).setdefault(bare, meaning)
                if language in {"de", _OTHERS} and " " not in bare and meaning[1] != "legal":
                    parts.setdefault(bare, meaning)
    return Lexicon(phrases, beginnings, parts, {form: frozenset(of) for form, of in spoken.items()})


@cache
def _places() -> dict[str, str]:
    return place_names(fold)


def words(text: str) -> tuple[Word, ...]:
    """Give the words of a text that mean something, phrases as one, in their order.

    >>> [word.concept for word in words("Federación brasileña de comunidades terapéuticas")]
    ['federation', 'territory:BRA', 'community', 'therapy']
    """
    given = [each for found in _WORD.findall(text) for each in re.split("['’]", found) if each]
    forms = [fold(each) for each in given]
    found: list[Word] = []
    at = 0
    while at < len(forms):
        taken, meant = _at(given, forms, at)
        found.extend(meant)
        at += taken
    return tuple(found)


def _at(given: list[str], forms: list[str], at: int) -> tuple[int, tuple[Word, ...]]:
    """Give how many words the longest known phrase at a place takes, and what it means."""
    lexicon, places = load(), _places()
    for length in range(min(_LONGEST, len(forms) - at), 0, -1):
        phrase = " ".join(forms[at : at + length])
        if length == 1 and phrase in STOP and not (len(phrase) > 1 and given[at].isupper()):
            return 1, ()
        if phrase in places and (len(phrase) > 2 or given[at].isupper()):  # noqa: PLR2004
            return length, _place(phrase, places[phrase])
        known = lexicon.phrases.get(phrase) or (_begun(phrase) if length == 1 else None)
        capitals = len(phrase) > 2 or given[at].isupper()  # noqa: PLR2004 - "un" is an article
        if known is not None and (capitals or not _CAPITALS & {*known}):
            return length, _meant(phrase, known)
    return 1, _unknown(forms[at])


@cache
def _place(phrase: str, identifier: str) -> tuple[Word, ...]:
    return (Word(phrase, identifier, "place"),)  # one for all names that say it


@cache
def _meant(phrase: str, known: tuple[str, str]) -> tuple[Word, ...]:
    """Give the words of a known phrase: none for a small word, two for *drogodependencia*."""
    concept, kind = known
    return () if kind == "stop" else tuple(Word(phrase, each, kind) for each in concept.split("+"))


@cache
def _begun(form: str) -> tuple[str, str] | None:
    """Give what a word means by its beginning; an adjective of a country is no other word's."""
    return None if demonym(form, fold) else load().beginning(form)


@cache
def _unknown(form: str) -> tuple[Word, ...]:
    place = demonym(form, fold)
    if place is not None:
        return (Word(form, place, "place"),)
    if len(form) >= _COMPOUND:
        parts = _compound(form, load())
        if len(parts) > 1:
            return parts
    meant_by_parts = _spelt_out(form) or _prefixed(form)
    if meant_by_parts:
        return meant_by_parts
    meant = _misspelt(form)
    return (Word(form, stem(form), "name"),) if meant is None else (Word(form, *meant),)


def _prefixed(form: str) -> tuple[Word, ...]:
    """Give what a known word means behind a prefix (antidrogas, interparlementaire)."""
    prefix = next((each for each in _PREFIXES if form.startswith(each)), "")
    rest = form[len(prefix) :]
    if not prefix or len(rest) < _SECOND:
        return ()
    known = load().phrases.get(rest) or load().beginning(rest)
    return (*words(prefix), *_meant(rest, known)) if known else ()


def _spelt_out(form: str) -> tuple[Word, ...]:
    """Give what a long German word means whose umlauts are spelt with an e (Praevention)."""
    plain = re.sub("(?<=[aou])e", "", form)
    if plain == form or len(plain) < _LEARNED:
        return ()
    known = load().phrases.get(plain) or load().beginning(plain)
    if known is not None:
        return _meant(form, known)
    parts = _compound(plain, load())
    return parts if len(parts) > 1 else ()


@cache
def _by_shape() -> dict[tuple[str, int], list[tuple[str, tuple[str, str]]]]:
    """Give long known words by first letter and length, places only where very long."""
    found: dict[tuple[str, int], list[tuple[str, tuple[str, str]]]] = defaultdict(list)
    known = [(form, of) for form, of in load().phrases.items() if len(form) >= _LEARNED]
    known += [(name, (of, "place")) for name, of in _places().items() if len(name) > _COMPOUND]
    for form, meaning in known:
        if " " not in form and "+" not in meaning[0]:
            found[form[0], len(form)].append((form, meaning))
    return found


def _misspelt(form: str) -> tuple[str, str] | None:
    """Give what a long word with one slip means; None where it may be a name or two words."""
    if len(form) < _LEARNED or not form.isalpha():
        return None
    from rapidfuzz.distance import OSA

    near = {
        meaning
        for length in (len(form) - 1, len(form), len(form) + 1)
        for known, meaning in _by_shape().get((form[0], length), ())
        if OSA.distance(form, known, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _compound(form: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Take a German compound apart, wholly or not at all."""
    if not form:
        return ()
    for end in range(len(form), 2, -1):
        known = lexicon.parts.get(form[:end])
        if known is None:
            continue
        for link in ("", "s", "n", "en", "es"):
            rest = form[end:]
            if not rest.startswith(link):
                continue
            after = _compound(rest[len(link) :], lexicon)
            if after or rest == link:
                return (Word(form[:end], *known), *after)
    return ()


def stem(form: str) -> str:
    """Drop the ending of a plural, and what languages end a learned word on.

    >>> stem("agronomy") == stem("agronomia") == stem("agronomie")
    True
    >>> stem("casas")
    'casa'
    """
    if len(form) < _SHORT:
        return form
    bare = form[:-1] if form.endswith("s") and form[-2] != "s" else form
    if len(bare) < _LEARNED:
        return bare
    for endings, common in _ENDINGS:
        ending = next((each for each in endings if bare.endswith(each)), None)
        if ending is not None and len(bare) - len(ending) >= _SHORT:
            return bare[: -len(ending)] + common
    return bare
