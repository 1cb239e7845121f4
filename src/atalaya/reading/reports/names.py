"""Lists inside sentences, and which names in them are States."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from atalaya.reading.reports.spans import Span, trimmed
from atalaya.registers import territories
from atalaya.registers.spelling import key
from atalaya.registers.state_forms import load as load_forms

# Codes are read only where everybody writes them: PER and AND are words before they are countries.
_SHORT = {
    "us": "USA", "usa": "USA", "u.s": "USA", "u.s.a": "USA", "uk": "GBR", "u.k": "GBR",
    "uae": "ARE", "drc": "COD", "rdc": "COD", "dr congo": "COD", "dprk": "PRK", "lao pdr": "LAO",
    "eeuu": "USA", "ee.uu": "USA", "ee. uu": "USA", "eua": "USA", "u.s.": "USA", "u.s.a.": "USA",
    "u.k.": "GBR", "ee.uu.": "USA", "ee. uu.": "USA",
}  # fmt: skip
_AND = re.compile(
    r"[\s\u00a0]*(?:;|,?[\s\u00a0]+(?:and|as well as|along with|y|e|et|ainsi que|"
    r"así como|además de)"
    r"[\s\u00a0]+(?:(?:with|con|avec|by|por|par|de(?=[\s\u00a0]+(?:la|los|las|l['’])))[\s\u00a0]+)?|,)"
    r"[\s\u00a0]*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[\s\u00a0]*[(,][\s\u00a0]*(?P<place>[^(),]+?)\)?[\s\u00a0]*$")
_OFFICE = re.compile(
    r"(?:(?:the|el|la|le|los|les|l['’])\s*)?(?:permanent mission|governments?|"
    r"delegations?|mission|ministry|gobiernos?|"
    r"delegaci(?:ón|ones)|misión permanente|ministerio|gouvernements?|délégations?|"
    r"ministère|governo|ministério)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:of the|of|from|del|de la|de los|de|du|des|d['’])\s*")
# What a department is called after: "Research and Trend Analysis Branch" is one name.
_UNIT = re.compile(
    r"\b(?:Branch|Section|Unit|Department|Division|Directorate|Bureau|Service|Services)$"
)
_ARTICLED = re.compile(
    r"(?:(?:de|d['’])\s*)?(?:the|du|des|del|el|la|le|les|los|l['’]|de|d['’])\s*(?=(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:foundation|institut\w*|network|association|federation|committee|commission|"
    r"council|cent(?:re|er)|"
    r"university|office|organi[sz]ation|coalition|consortium|society|agency|ministry|"
    r"fund|group|alliance|section|"
    r"fundaci[oó]n|red|asociaci[oó]n|federaci[oó]n|comit[eé]|comisi[oó]n|consejo|"
    r"centro|universidad|oficina|"
    r"organizaci[oó]n|organismo|observatori[oy]|observatory|observatoire|secretar[ií]a|direcci[oó]n|delegation|delegaci[oó]n|"
    r"instituto|corporaci[oó]n|mesa|coalici[oó]n|agencia|ministerio|grupo|alianza|colectivo|"
    r"fondation|r[eé]seau|f[eé]d[eé]ration|"
    r"commission|conseil|centre|universit[eé]|minist[eè]re|alliance|collectif|union|"
    r"observator\w+|observatoire|liga|ligue|league|plat(?:e?form|aforma)e?|mo(?:ve|vi|"
    r"uve)m(?:i?ento?)|"
    r"initiative|iniciativa|trust|laborator\w+|laboratoire|secretar\w+|secrétariat|escuela|école|"
    r"school|college|hospital|hôpital|cruz roja|croix-rouge|red cross|corporaci[oó]n|"
    r"confederaci[oó]n|confédération|academ\w+|académie|clinic|clínica|clinique|collective|"
    r"department|departamento|département)\b",
    re.IGNORECASE,
)
# Fields of work that stand in names of sections and departments, and are no names of their own.
_FIELDS = frozenset(
    [
        *("prevention", "treatment", "rehabilitation", "health", "care", "crime"),
        *("justice", "research", "education", "training", "security", "development"),
        *("policy", "rights", "prevención", "tratamiento", "rehabilitación", "salud"),
        *("educación", "prévention", "traitement", "réhabilitation", "santé"),
        *("éducation",),
    ]
)
_BEFORE_STATE = re.compile(
    r"^(?:(?:the|el|la|los|las|le|les|os?|du|des|del)\s+|l['’]|d['’]|the(?=(?-i:[A-Z])))",
    re.IGNORECASE,
)
_KEPT = 10_000  # names looked up: a report asks for the same ones again and again
_SMALL = frozenset(["inc", "ltd", "corp", "sva", "vzw", "ev", "llc", "co"])


@cache
def states() -> Mapping[str, str]:
    """Give name, in the form names are compared in, -> ISO 3166 code of every country."""
    register = territories.load()
    found: dict[str, str] = {}
    for entry in register.entries:
        if entry.level == "country":
            for usage in register.usages(entry.id):
                found.setdefault(key(usage.name), entry.code)
    return found


@lru_cache(maxsize=_KEPT)
def state(words: str) -> str | None:
    """Give the code of the State that words name and name nothing else, or None.

    >>> state("the República Portuguesa"), state("USA"), state("Drug Policy Network")
    ('PRT', 'USA', None)
    >>> state("República Islâmica do Irão"), state("Rep. of Korea"), state("República do Congo")
    ('IRN', 'KOR', 'COG')
    """
    plain = " ".join(words.split()).strip(" .,;:*_")
    plain = _BEFORE_STATE.sub("", plain)
    short = _SHORT.get(plain.lower())
    if short or plain.isupper() and len(plain) <= 3:  # noqa: PLR2004, RUF021 - a code
        return short
    known = states().get(key(plain))
    return known if known is not None else load_forms().find(plain)


def name_in(text: str, span: tuple[int, int]) -> Span | None:
    """Give a name in a stretch without the article before it; "El Salvador" has one of its own."""
    whole = trimmed(text, span)
    if whole is not None and key(whole.of(text)) in states():
        return whole
    return trimmed(text, span, article=True)


def country(words: str) -> tuple[str | None, str | None]:
    """Give the State that a body names as its own, and the body's name without it.

    Returns:
        (code, name without the State). The code is None where no State is named so, the name is
        None where the whole is a State.
    """
    whole = state(words)
    if whole is not None:
        return whole, None
    suffix = _SUFFIX.search(words)
    if suffix is not None:
        code = state(suffix["place"])
        if code is not None:
            return code, words[: suffix.start()].strip(" ,")
    return _owner(words), words


def _owner(words: str) -> str | None:
    """Give the State whose mission, government or ministry a body is."""
    found = _OFFICE.match(words)
    if found is None:
        return None
    rest = (words[one.end() :] for one in _OF.finditer(words, found.end() - 1))
    return next((code for one in rest if (code := state(one)) is not None), None)


def listed(text: str, span: tuple[int, int]) -> Iterator[Span]:
    """Cut a list inside a sentence into its names; brackets, quotations and names hold together.

    A comma or an "and" inside one name ("Prevention, Treatment and Rehabilitation Section",
    "Foundation, Inc.") does not cut.
    """
    pieces = [*_pieces(text, span)]
    held: Span | None = None
    for piece in pieces:
        if held is not None and _belongs(piece.of(text), held.of(text)):
            held = Span(held.start, piece.end)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _belongs(words: str, before: str) -> bool:
    """Whether a piece goes on with the name before it: a legal form, or a field of work."""
    if state(words) is not None or state(before) is not None:
        return False
    tokens = words.split()
    if tokens[0].rstrip(".").lower() in _SMALL:
        return True
    if all(token.lower().strip(",") in _FIELDS for token in tokens):
        return True
    parted = "," in before or _UNIT.search(words) is not None
    after_field = before.rsplit(maxsplit=1)[-1].lower() in _FIELDS and parted
    return after_field and tokens[0].lower() in _FIELDS


def _pieces(text: str, span: tuple[int, int]) -> Iterator[Span]:
    start, end = span
    at = start
    for found in _cuts(text, start, end):
        kept = name_in(text, (at, found.start()))
        if kept is not None:
            yield kept
        at = found.end()
    kept = name_in(text, (at, end))
    if kept is not None:
        yield kept


def _cuts(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    found = [
        one for one in _AND.finditer(text, start, end) if not _inside(text, start, one.start())
    ]
    if any(";" in one[0] for one in found):
        yield from (one for one in found if ";" in one[0])
        return
    words = [one for one in found if "," not in one[0]]
    several = len(words) < len(found)
    at = start
    for one in found:
        after = re.split(r"[,;(]| and | y | e | et ", text[one.end() : end])[0].strip()
        if "," not in one[0] and state(f"{text[at : one.end()]}{after}") is not None:
            continue  # "Trinidad and Tobago"
        if "," in one[0] or _parts(
            text[at : one.start()], text[one.end() : end], several and one is words[-1]
        ):
            yield one
        else:
            continue
        at = one.end()


def _parts(left: str, right: str, last_of_several: bool) -> bool:
    """Whether an "and" parts two names: what follows it is a name of its own."""
    left, right = left.replace("*", ""), right.replace("*", "")
    if state(left) is not None and re.fullmatch(r"\s*[A-ZÀ-Ý][\w’'-]+\s*", right):
        return True
    whole = re.sub(r"[ \u00a0]?\([^()]*\)$", "", re.split(r"[,;]", right)[0].strip(" .\u00a0"))
    if state(whole) is not None or state(re.split(r"[,;(]", right)[0]) is not None:
        return True
    right = re.split(r" and | y | e | et ", whole)[0]
    body = BODY.match(_BEFORE_STATE.sub("", right)) is not None and re.search(r"[A-ZÀ-Ý]", right)
    name = right[:1].isupper() or _ARTICLED.match(right) is not None or body
    if not name:
        return False
    if _field(left.split()[-1:]) and _field(right.split()[:1]):
        return False  # "Crime and Justice Research Institute"
    if _UNIT.search(right) and not (state(left) or BODY.search(left) or left.isupper()):
        return False
    own = _is_name(_ARTICLED.sub("", right, count=1))
    return own and (last_of_several or _is_name(_ARTICLED.sub("", left, count=1)))


def _field(words: list[str]) -> bool:
    return bool(words) and words[0].lower() in _FIELDS


def _is_name(words: str) -> bool:
    return (
        state(words) is not None
        or BODY.search(words) is not None
        or re.search(r"\b[A-Z][A-Z0-9]{1,}\b", words) is not None
        or re.search(r"[A-ZÀ-Ý][\w’'-]+ (?:\w+ )*[A-ZÀ-Ý]", words) is not None
    )


def _inside(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return (
        before.count("(") > before.count(")")
        or before.count("“") > before.count("”")
        or before.count("«") > before.count("»")
    )
