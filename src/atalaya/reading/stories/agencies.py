"""Which news agency a report is credited to: copies of one wire are one origin, not many.

An agency's letters stand for it where a report credits it: in brackets, before the dash of a
dateline, after "source" or at the end. In running text the same letters may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.page import Page

KIND = "news-agency"
# Names of agencies as their reports sign them; letters that are also words count in capitals alone.
_AGENCIES = {
    "ap": ("AP", "Associated Press", "The Associated Press"),
    "reuters": ("Reuters",),
    "afp": ("AFP", "Agence France-Presse"),
    "efe": ("EFE", "Agencia EFE"),
    "ansa": ("ANSA",),
    "dpa": ("dpa", "DPA"),
    "xinhua": ("Xinhua",),
    "tass": ("TASS",),
    "ria": ("RIA Novosti",),
    "pti": ("PTI", "Press Trust of India"),
    "ani": ("ANI",),
    "ians": ("IANS",),
    "lusa": ("Lusa", "Agência Lusa"),
    "agencia-brasil": ("Agência Brasil",),
    "telam": ("Télam",),
    "europa-press": ("Europa Press",),
    "notimex": ("Notimex",),
    "anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı"),
    "kyodo": ("Kyodo",),
    "yonhap": ("Yonhap",),
    "bernama": ("Bernama",),
    "antara": ("Antara",),
    "pa": ("PA Media", "Press Association"),
    "apa": ("APA",),
    "belga": ("Belga",),
    "anp": ("ANP",),
    "ritzau": ("Ritzau",),
    "ntb": ("NTB",),
    "pap": ("PAP",),
    "sda": ("Keystone-SDA", "SDA"),
    "prensa-latina": ("Prensa Latina",),
    "andina": ("Andina",),
    "canadian-press": ("The Canadian Press",),
    "aap": ("AAP",),
    "upi": ("UPI",),
    "sipa": ("SIPA",),
}
_HEAD, _TAIL = 250, 200  # characters in which a report credits whom it took it from
_AFTER = re.compile(r"\s*(?:[)\]/]|[-–—]{1,2}(?:\s|$)|\.\s*[-–—])")
_BEFORE = re.compile(
    r"(?:[(\[/©]|[-–—]\s*|(?:source|sources|fuente|fonte|quelle|by|por|par|with|con|avec|mit|"
    r"agencias?|agence|agency|agenzia|via)\s*:?\s*)$",
    re.IGNORECASE,
)
_LOOKED_AT = 14


def entries() -> Iterator[Entry]:
    """Give the agencies' names; the value of each is the agency and the name as it is written."""
    for agency, names in _AGENCIES.items():
        for name in names:
            yield Entry(name, KIND, (agency, name))


def credited(page: Page) -> str | None:
    """Give the agency that a text credits, the first where it credits several; None for none."""
    for hit in sorted(page.found(KIND), key=lambda one: one.start):
        if _credits(page.text, hit):
            return str(_named(hit)[0])
    return None


def _named(hit: Hit) -> tuple[str, str]:
    value = hit.entry.value
    assert isinstance(value, tuple)  # ``entries`` made it
    return value


def _credits(text: str, hit: Hit) -> bool:
    if text[hit.start : hit.end] != _named(hit)[1]:
        return False
    if hit.start > _HEAD and hit.end < len(text) - _TAIL:
        return False
    before = text[max(0, hit.start - _LOOKED_AT) : hit.start]
    after = text[hit.end : hit.end + _LOOKED_AT]
    ends = not after.strip(" .)\n") and "\n" in before
    return bool(_AFTER.match(after) or _BEFORE.search(before) or ends)
