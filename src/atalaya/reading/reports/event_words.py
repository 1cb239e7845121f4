"""The words around the title, the hosts and the size of a side event."""

from __future__ import annotations

import re
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.anchored import Anchored
from atalaya.reading.reports.leaves import counted, number_leaf
from atalaya.reading.reports.spans import Leaf, Span

AND_END = re.compile(
    r"[\s,(]*(?:,?[\s\u00a0](?:and|y|et|e|was|is|were|fue|et a été|with|con|avec|"
    r"before|ante|devant)(?=[\s\u00a0]|$)[\s\u00a0]*)*[\s,]*$",
    re.IGNORECASE,
)
EVENT = (
    r"(?:side[- ]events?|parallel events?|events?|panels?|sessions?|webinars?|workshops?|"
    r"round[- ]?tables?|"
    r"briefings?|seminars?|discussions?|dialogues?|meetings?|receptions?|evento paralelo|evento|"
    r"actividad paralela|"
    r"actividad|panel|conversatorio|taller|mesa redonda|jornada|seminario|encuentro|charla|"
    r"(?:événement|évènement|manifestation|séance)(?: parallèle)?|table ronde|atelier|rencontre|"
    r"colloque|"
    r"conférence|débat|séminaire)"
)
LEAD = re.compile(
    r"(?:(?:on|el|le)[ \u00a0][^,]{3,30},[ \u00a0])?(?:(?:the|our|a|an|this|another|"
    r"first|second|third|fourth|el|la|lo|un|una|otro|otra|nuestro|nuestra|le|un|une|notre|"
    r"l['’])[ \u00a0]?)*"
    r"(?:(?:high-level|joint|virtual|hybrid|lunch|primer|segundo|tercer|primera|segunda|tercera|"
    r"premier|"
    r"première|deuxième|troisième)[ \u00a0])*"
    rf"{EVENT}(?!\w)[ \u00a0]?(?:entitled|titled|called|named|on|titulad[oa]|denominad[oa]|"
    rf"llamad[oa]|"
    r"sobre|intitulée?|dénommée?|sur)?[ \u00a0:,–—-]*(?=\S)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    rf"{EVENT}[ \u00a0](?:n[o°º.]*[ \u00a0]?)?\d{{1,2}}[ \u00a0]?[:.–—-][ \u00a0]*",
    re.IGNORECASE,
)
TRAIL = re.compile(r"(?:[\s,(–—-]+(?:was|were|is|fue|es|a été|est))?[\s,(–—-]*$", re.IGNORECASE)
# "a side event, Care Across Water, with ...": a title between commas.
APPOSED = re.compile(
    rf"(?<!\w)(?i:{EVENT})(?:,|[ \u00a0](?i:entitled|titled|called|named|titulad[oa]|"
    rf"denominad[oa]|llamad[oa]|"
    r"intitulée?|dénommée?),?)[ \u00a0](?P<title>[A-ZÀ-Ý¿¡][^,.;:“”«»\"]{5,120}?)(?=,|\.|;|$|"
    r"[ \u00a0](?:was|were|fue|a été|took)[ \u00a0])"
)
WITH = re.compile(
    r",?[ \u00a0](?:along with|with|junto con|con|avec)[ \u00a0](?=(?:(?:the|la|el|los|le|"
    r"les)[ \u00a0]|l['’])?[A-ZÀ-Ý])"
)
WITH_FIRST = re.compile(
    r"(?:along with|with|junto (?:con|a)|con|avec|et|and|y)[ \u00a0](?=(?:(?:the|la|el|los|las|le|"
    r"les)[ \u00a0]|l['’])?(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
# Somebody did it: who stands before the verb. "was organised by" and "we organised" are no such.
ACTIVE = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!fue )(?<!fueron )(?<!sido )(?<!été )(?<!\w)"
    r"(?:(?:jointly|also|then|together|también|además)[  ])?"
    r"(?:(?:co-?)?(?:organi[sz]ed|hosted|convened)|held|ran|led|staged|put on|organises|"
    r"organizes|hosts|"
    r"(?:co-?)?organiz(?:ó|aron|a|an)|convoc(?:ó|aron)|celebr(?:ó|aron)|realiz(?:ó|aron)|"
    r"acogi(?:ó|eron)|"
    r"coordin(?:ó|aron)|llev(?:ó|aron) a cabo|"
    r"(?:a|ont)[  ](?:(?:\w+[  ]à[  ]\w+|également|aussi)[  ])?(?:co-?)?"
    r"(?:organisé|animé|tenu|accueilli|convoqué|proposé))(?!\w)(?![  ](?:by|por|par)[  ])"
)
PEOPLE = re.compile(r"[\U0001f464\U0001f465\U0001f46a-\U0001f46d\U0001f9d1\U0001f64b]")
_ALONE = re.compile(r"(?P<n>\d{1,5})")
DASH = re.compile(r"[ \u00a0][–—-][ \u00a0]|[ \u00a0]\(")


@cache
def came() -> re.Pattern[str]:
    """Number of people at the head of a block, even where the next title is glued to it."""
    words = lexicon.load()
    return re.compile(
        rf"(?i:(?:{words.columns['attendance'].pattern})"
        rf"[\s\u00a0]*[:：–-]?[\s\u00a0]*(?:\w+[\s\u00a0]){{0,2}}?)"
        rf"?(?i:(?:une?|about|around|some|over|nearly|un[oa]s|environ|près de|quelque)[\s\u00a0])?"
        rf"(?P<n>(?i:{words.number}))[\s\u00a0]*(?:de[\s\u00a0])?"
        rf"(?P<unit>(?i:{words.units['people']}|attended|came|asistieron|acudieron))"
        rf"(?:(?=[A-ZÀ-Ý¿¡“«\"\d])|(?!\w))"
    )


def came_at(text: str, span: Span, marker: Span | None) -> re.Match[str] | None:
    """Give the number of people at the head of a block: "40 persons", or beside a picture."""
    pictured = marker is not None and PEOPLE.search(text, *marker) is not None
    return came().match(text, *span) or (_ALONE.fullmatch(text, *span) if pictured else None)


@cache
def attendance_label() -> re.Pattern[str]:
    """Give the pattern of a label such as "Attendance:" with its number, group ``n``."""
    words = lexicon.load()
    return lexicon.compiled(
        rf"(?:\*\*|__)?(?:{words.columns['attendance'].pattern})(?:\*\*|"
        rf"__)? ?[:：](?:\*\*|__)? ?(?:\w+\.? ){{0,2}}?(?P<n>{words.number})(?!\w)"
    )


@cache
def _attended() -> tuple[Anchored | re.Pattern[str], ...]:
    """Number of people after a verb of coming, though nobody says that they are people."""
    words = lexicon.load()
    about = (
        r"(?:(?:about|around|some|over|nearly|almost|more than|at least|up to|un[oa]s|cerca de|"
        r"más de|casi|alrededor de|quelque|environ|près de|plus de|une?|a|par) ){0,2}"
    )
    verbs = (
        r"attended by|drew|attracted|gathered|(?:asistieron|acudieron|participaron|concurrieron)|"
        r"(?:reunió|convocó|congregó)(?: a)?|suivie?s? par|rassemblé|réuni|attiré|réunissant"
    )
    months = lexicon.any_of(words.months)
    there = (
        r"(?:attended|came|took part|showed up|joined us|asistieron|acudieron|participaron|"
        r"étaient présents|présents)(?!\w)"
    )
    no_people = (
        r"(?! ?(?:%|\w* ?(?:organi|countr|nation|partner|stat|days|minut|pa[íi]s|estad|"
        r"soci|días|pays|jours)))"
    )
    return (
        counted("people"),
        attendance_label(),
        lexicon.compiled(
            rf"(?<!\w)(?:{words.columns['attendance'].pattern}) (?:of|de|d['’]|was|fue de) ?"
            rf"{about}(?P<n>{words.number})(?!\w){no_people}"
        ),
        Anchored(
            lexicon.compiled(rf"(?<![\w.,])(?P<n>{words.number}) (?:{there})"),
            lexicon.compiled(rf"(?<!\w)(?:{there})"),
        ),
        lexicon.compiled(rf"(?<!\w)(?:{verbs}) {about}(?P<n>{words.number})(?!\w){no_people}"),
        re.compile(rf"{PEOPLE.pattern}\ufe0f?[ \u00a0]?(?P<n>\d{{1,5}})(?!\w)"),
        # "(120 connected)": brackets that hold a number and one word
        lexicon.compiled(rf"\((?:~|{about}) ?(?P<n>\d{{1,4}}) {no_people}(?!{months})[a-zà-ÿ]+\)"),
    )


def attended(text: str, span: tuple[int, int]) -> Leaf | None:
    """Give the first number of people that came, or None."""
    for pattern in _attended():
        found = pattern.search(text, *span)
        if found is not None:
            return number_leaf(found)
    return None


@cache
def _header() -> re.Pattern[str]:
    """Headings of columns glued to the first cell: a small letter meets a capital."""
    columns = lexicon.load().columns
    known = "|".join(
        columns[name].pattern for name in ("title", "attendance", "organiser", "cohosts")
    )
    return re.compile(rf"(?:(?i:{known})(?=[A-ZÀ-Ý¿“«]))+(?=[A-ZÀ-Ý¿“«])")


def fused_header(text: str, span: tuple[int, int]) -> Span | None:
    """Give headings of columns that are glued to a title, or None."""
    found = _header().match(text, *span)
    return None if found is None or found.end() == found.start() else Span(*found.span())


def fused_count(text: str, span: tuple[int, int]) -> re.Match[str] | None:
    """Give the number of people at the head of a block."""
    return came().match(text, *span)
