"""Which session a report is about: the body that met, its number, and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from atalaya.reading.reports.ordinals import ORDINAL, ordinal
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_S = r"[ \u00a0]"
CAPITAL = r"[A-ZÀ-Ý](?:[\w’'&-]|\.(?=\w))*"
JOIN = (
    r"(?:of|on|for|the|and|de|del|la|las|los|el|y|e|des|du|sur|pour|et|les|le|d['’]|l['’]|"
    r"contra|against|sobre|to|in|do|da|dos|en(?=[ \u00a0][Mm]at[eé]ri))"
)
_NAME = (
    rf"{CAPITAL}(?:{_S}(?:{JOIN}{_S}?)*{CAPITAL}|"
    rf"{_S}(?:{JOIN}{_S})+[a-zà-ÿ-]+(?={_S}(?:{JOIN}{_S})*{CAPITAL})"
    rf"|{_S}(?!{JOIN}{_S}|\w+(?:ed|ó|aron|ieron){_S})[a-zà-ÿ]{{5,}}"
    rf"(?={_S}(?:of|del?|des|du|on|pour|para)(?:{_S}{JOIN})*{_S}{CAPITAL})"
    rf"|{_S}{JOIN}{_S}(?:la{_S}|les{_S})?[a-zà-ÿ-]{{5,}}|,{_S}{CAPITAL}(?=,{_S}[a-z])){{0,12}}"
)
# Bodies whose names go on in small letters: "Comité technique spécialisé sur la santé".
_VERB = r"\w+(?:ó|aron|ieron|aient|ait|èrent)(?!\w)"
_LINK = (
    r"(?:de|des|du|la|las|los|el|les|le|et|y|e|pour|sur|para|contra|contre|sobre|"
    r"en(?= (?:matière|materia))|del|al|aux?)"
)
_ADJECTIVE = rf"{_S}(?!{_VERB}|{_LINK}{_S})(?:{CAPITAL}|[a-zà-ÿ][\wà-ÿ-]{{5,}})"
_LOWER_BODY = (
    r"(?:Comisión|Commission|Comité|Conseil|Consejo|Conferencia|Conférence|Asamblea|"
    rf"Assemblée|Grupo|Groupe|Junta)(?:{_ADJECTIVE}){{0,2}}(?:(?:,(?={_S}(?:la|le|les|el|los|"
    rf"las){_S}))?"
    rf"(?:{_S}{_LINK})*(?:{_S}|{_S}[dl]['’])(?!{_VERB})(?:{CAPITAL}|"
    rf"(?<![a-zà-ÿ]{{6}}{_S})[a-zà-ÿ]{{3,}})"
    rf"(?:{_ADJECTIVE})?(?!\w)){{1,6}}"
)
_ANY_BODY = r"[a-zà-ÿ][\w’'-]*(?:[ \u00a0][\w’'-]+){1,8}"
_PERIOD = (
    rf"(?:(?:regular|ordinary|special|extraordinary|reconvened|resumed|annual|plenary|high-level|"
    r"intersessional|ministerial|ordinari[oa]|extraordinari[oa]|especial|reanudad[oa]|anual|"
    r"plenari[oa]|ministerial|ordinaire|extraordinaire|spéciale|annuelle|plénière|"
    rf"ministérielle){_S}){{0,2}}"
)
_N = rf"(?P<n>{ORDINAL}|[IVXL]{{1,7}}(?={_S}))"
_SITS = r"(?:[Ss]ession|[Mm]eeting|[Ss]itting)s?"
_SITTING = (
    re.compile(rf"(?<!\w){_N}{_S}{_PERIOD}{_SITS}{_S}(?:of|for){_S}(?:the{_S})?(?P<body>{_NAME})"),
    re.compile(
        rf"(?<!\w){_N}{_S}{_PERIOD}(?:[Pp]er[ií]odo{_S}{_PERIOD}de{_S}[Ss]esiones|[Ss]esión|"
        rf"[Rr]eunión|[Ss]essão){_S}{_PERIOD}(?:de{_S}la|del|de{_S}los|de|da|do){_S}"
        rf"(?P<body>{_LOWER_BODY}|{_NAME})"
    ),
    re.compile(
        rf"(?<!\w){_N}{_S}{_PERIOD}(?:[Ss]ession|[Rr]éunion){_S}{_PERIOD}(?:de{_S}la|"
        rf"de{_S}l['’]|du|des|de){_S}?(?P<body>{_LOWER_BODY}|{_NAME}|{_ANY_BODY})"
    ),
    re.compile(rf"(?<!\w){_N}{_S}(?P<body>{_LOWER_BODY}|{_NAME})"),
    re.compile(
        rf"(?P<body>{_LOWER_BODY}|{_NAME})(?:{_S}\([A-Z]+\))?(?:,|{_S}[–—-]|:|{_S}(?:held|began|"
        rf"[a-z]+ed(?:{_S}up)?|[a-zà-ÿ]+ó|a{_S}(?:tenu|clos|ouvert|"
        rf"conclu))|(?:{_S}[a-zà-ÿ]{{1,12}}){{1,3}}(?={_S}(?:its|su|sa){_S}))?{_S}"
        rf"(?:(?:its|the|su|el|la|sa){_S})?{_N}{_S}{_PERIOD}(?:{CAPITAL}{_S}){{0,3}}(?:[Ss]ession|"
        rf"[Mm]eeting|sesión|"
        rf"reunión|"
        r"período de sesiones|réunion)(?!\w)"
    ),
)
_ASSEMBLIES = (
    r"Assembl(?:y|ies|ée)|Conferen(?:ce|cia)|Conférence|Congress|Congreso|Congrès|Council|Consejo|"
    r"Conseil|Board|Junta|Asamblea|Committee|Comité|Forum|Foro|Summit|Cumbre|Sommet|Dialogue|"
    r"Diálogo|"
    r"Reunión|Réunion|Meeting|Consultation|Consulta"
)
_BODIES = rf"{_ASSEMBLIES}|Commission|Comisión|Group|Grupo|Groupe|Network|Task Force"
_GATHERINGS = (
    r"Conferen(?:ce|cia)|Conférence|Congress|Congreso|Congrès|Forum|Foro|Summit|Cumbre|Sommet|"
    r"Dialogue|Diálogo|Meeting|Reunión|Réunion|Consultations?|Consulta|Workshop|Taller|Atelier|"
    r"Symposium|Simposio|Colloque|Seminar|Seminario|Séminaire|Encuentro|Rencontres?|Jornadas|"
    r"Journées|Roundtable|Convention|Assembly"
)
_HAS_BODY = re.compile(rf"\b(?:{_BODIES})\b")
_IS_ASSEMBLY = re.compile(rf"\b(?:{_ASSEMBLIES})\b")
_IS_GATHERING = re.compile(rf"\b(?:{_GATHERINGS})\b")
_KIND_OF = re.compile(
    r"(?:Meeting|Session|Sesión|Período)\b|(?:Reunión|Réunion)(?=[ \u00a0](?:de|du|des|d['’])|$)"
)
_NEAR = re.compile(
    rf"[Ss]ession|[Mm]eeting|sitting|[Ss]esi[oó]n|[Rr]euni[oó]n|sessão|[Rr]éunion|{_ASSEMBLIES}"
)
_BEFORE, _AFTER_WORD = 60, 200  # letters that an ordinal before and the body after take at most
_KIND = re.compile(r"session|meeting|sesi[oó]n|reunión|réunion", re.IGNORECASE)
_NUMBER_FIRST, _NAMED_FIRST = 3, 4  # "75th Assembly of X", "X, 75th session"
_ORDINAL = re.compile(rf"(?<!\w){_N}(?!\w)")
_CAPITALS = re.compile(r"(?<!\w)[A-ZÀ-Ý]")
_STOP = re.compile(
    rf"{_S}(?:se|fue|tuvo|reunió|celebr\w+|concluy\w+|s['’]est|a|ha|aprobó|"
    r"adoptó|held|met|gathered|was|has|took|à|que|qui|"
    rf"en(?!{_S}[Mm]at[eé]ri)|in)(?!\w)"
)
_TOLD = re.compile(r"[a-zà-ÿó]{4,}|(?<!\w)a[ \u00a0]\w+")
_BEGUN = re.compile(rf"(?:reconvened|resumed){_S}$")
_SHORT = re.compile(r"[ \u00a0]?\((?P<short>[A-Z]{2,8}[ \u00a0-]?\d{1,3})\)")
_ABBREVIATED = r"(?<![\w/.#])[A-Z]{{2,8}}[ \u00a0-]?{number}(?![\w/(]|\.\w)"
_ANY_SHORT = re.compile(
    r"(?<![\w/.#])(?P<body>[A-Z]{2,8})[ \u00a0-]?(?P<n>\d{1,3})(?![\w/(\d]|\.\w)"
)
_BODY_THEN_NUMBER = re.compile(
    rf"(?P<body>{CAPITAL}(?:{_S}(?:{JOIN}{_S})*{CAPITAL}){{1,8}}){_S}(?P<n>\d{{1,3}})(?=[:,.)\s]|$)"
)
_UNNUMBERED = re.compile(
    rf"(?P<body>{_NAME}){_S}(?:\([A-Z]{{2,8}}\){_S})?(?:met|meets|convened|gathered|assembled|"
    r"brought|drew|opened|concluded|took place|was (?:held|convened)|se (?:reunió|celebró|llevó)|"
    r"tuvo lugar|reunió|congregó|sesionó|s['’]est (?:tenue?|réunie?|déroulée?)|a (?:eu lieu|réuni|"
    r"rassemblé))(?!\w)"
)
_DID = re.compile(r"[a-zà-ÿ][ \u00a0](?:its|su|sa)[ \u00a0]$")
_FIRST = 800  # letters in which a report without such a sentence names its session

Identity = tuple[Leaf | None, Leaf | None, Leaf | None]


def identity(text: str, tags: Sequence[Span], facts: Mapping[str, Span]) -> Identity:
    """Give body, number and name of the session.

    Args:
        text: The document.
        tags: Where its tags stand: they name sessions, and say nothing of this one.
        facts: Fact -> where a label gives it, see ``facts.py``.
    """
    found = sorted(
        {(one.start("n"), one.start("body")): one for one in _mentions(text)}.values(),
        key=lambda one: (one.start(), -len(one["body"])),
    )
    if not found:
        return _labelled(text, facts) or _short_identity(text) or _unnumbered(text)
    # The first mention may be cut short in a heading: of those with its number, the longest body.
    number = _number(next((one for one in found if _says_session(one)), found[0])["n"])
    same = [one for one in found if _number(one["n"]) == number]
    best = max(same, key=lambda one: (_says_session(one), len(_plain_body(text, one))))
    body = leaf(text, _body_span(text, best), article=True)
    name = next((m for one in same if (m := _SHORT.match(text, one.end()))), None)
    shorts = re.compile(_ABBREVIATED.format(number=number)).finditer(text)
    short = next((one for one in shorts if not any(a <= one.start() < b for a, b in tags)), None)
    span = Span(*name.span("short")) if name else Span(*short.span()) if short else None
    if span is None:
        span = _whole(text, next((one for one in same if _same_body(text, one, best)), best))
    return body, Leaf(number or 0, Span(*best.span("n"))), leaf(text, span)


def _says_session(found: re.Match[str]) -> bool:
    """Whether a mention says what kind of meeting it was: "156th session of the Board"."""
    return _KIND.search(found[0]) is not None


def _same_body(text: str, one: re.Match[str], best: re.Match[str]) -> bool:
    return _plain_body(text, one) == _plain_body(text, best)


def _plain_body(text: str, found: re.Match[str]) -> str:
    kept = trimmed(text, _body_span(text, found), article=True)
    return "" if kept is None else kept.of(text)


def _whole(text: str, found: re.Match[str]) -> Span:
    """Give the name of a session as it stands: number, kind of meeting, body, in any order."""
    body = _body_span(text, found)
    if body.start < found.start("n") and _DID.search(text, body.end, found.start("n")):
        return Span(found.start("n"), found.end())  # "The Council closed its 58th session"
    if body.start < found.start("n"):
        told = _TOLD.search(text, body.end, found.start("n")) is not None  # "held its 57th session"
        kept = trimmed(text, (found.start("n") if told else body.start, found.end()), article=True)
        return kept or body
    begun = _BEGUN.search(text, max(0, found.start() - 20), found.start())
    return Span(begun.start() if begun else found.start(), body.end)


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Look for sessions only around the words for one: the patterns are dear on a whole report."""
    for word in _NEAR.finditer(text):
        for n in _ORDINAL.finditer(text, max(0, word.start() - _BEFORE), word.start()):
            for at, pattern in enumerate(_SITTING):
                for start in _starts(text, n.start(), named_first=at == _NAMED_FIRST):
                    found = pattern.match(text, start, word.end() + _AFTER_WORD)
                    if (
                        found is not None
                        and found.end() > word.start()
                        and _is_sitting(text, found, at)
                    ):
                        yield found
                        break


def _starts(text: str, at: int, *, named_first: bool) -> Iterator[int]:
    """Where a match may begin: at the number, or at a capital letter before it."""
    if not named_first:
        yield at
        return
    yield from (one.start() for one in _CAPITALS.finditer(text, max(0, at - _BEFORE * 2), at))


def _is_sitting(text: str, found: re.Match[str], pattern: int) -> bool:
    if _number(found["n"]) is None:
        return False
    body = _body_span(text, found).of(text)
    if pattern == _NUMBER_FIRST:
        kind = _KIND_OF.match(
            body
        )  # "31st Meeting of Heads": the heads are the body, not the meeting
        return not kind and _IS_ASSEMBLY.search(body) is not None and not found["n"].isdigit()
    return pattern != _NAMED_FIRST or _HAS_BODY.search(body) is not None or body.isupper()


def _number(words: str) -> int | None:
    if not re.fullmatch(r"[IVXL]+", words):
        return ordinal(words)
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[one] for one in words]
    return sum(
        -one if any(two > one for two in values[at + 1 : at + 2]) else one
        for at, one in enumerate(values)
    )


def _body_span(text: str, found: re.Match[str]) -> Span:
    """Cut what follows the name of a body: the verb of the sentence is none of it."""
    start, end = found.span("body")
    stop = _STOP.search(text, start, end)
    return Span(start, stop.start() if stop else end)


def _labelled(text: str, facts: Mapping[str, Span]) -> Identity | None:
    """Read a session that labels give: "Body: ...", "Session: IX ordinary meeting"."""
    body = leaf(text, facts["body"], article=True) if "body" in facts else None
    if body is None:
        return None
    name = leaf(text, facts["session"], article=True) if "session" in facts else None
    found = re.compile(_N).search(text, *name.span) if name else None
    number = _number(found["n"]) if found else None
    if found is None or number is None:
        return body, None, name
    return body, Leaf(number, Span(*found.span("n"))), name


def _short_identity(text: str) -> Identity | None:
    """Without a sentence that names the session: its abbreviation, or a body with a number."""
    first = text[:_FIRST]
    whole = _BODY_THEN_NUMBER.search(first)
    short = _ANY_SHORT.search(first)
    if _NEAR.search(text) is None:  # "USB 32" of a price list is said once, and of no session
        whole = None
        short = short if short and len(_again(short).findall(text)) > 1 else None
    given = whole or short
    if given is None:
        return None
    body = leaf(text, given.span("body"), article=True)
    return body, Leaf(int(given["n"]), Span(*given.span("n"))), leaf(text, (short or given).span())


def _again(short: re.Match[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){short['body']}[ \u00a0-]?{short['n']}(?!\w)")


def _unnumbered(text: str) -> Identity:
    """A body or gathering without a number: what met, convened or took place."""
    for found in _UNNUMBERED.finditer(text):
        body = leaf(text, found.span("body"), article=True)
        if body is None or not _HAS_BODY.search(str(body.value)):
            continue
        return body, None, body if _IS_GATHERING.search(str(body.value)) else None
    return None, None, None
