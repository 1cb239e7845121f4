"""Names that no register knows and that are built like those of a known family."""

from __future__ import annotations

import re

# Stems by which chemists and laboratories name new members of a family, in English, Spanish and
# Portuguese. They point a person to a name; they never put one into a family or a series.
# Source: endings of the names in registers/data/substances.csv; for benzodiazepines, the stems
# -azepam and -azolam of the INN stem list (WHO).
_STEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (family, re.compile(pattern, re.IGNORECASE))
    for family, pattern in (
        ("nitazenes", r"nitaz(?:ene|eno|en)\b|nitaceno\b|nitazep(?:yne|ipne|in[ae]?|ino)\b|azene$"),
        ("fentanyls", r"fentan(?:yl|il|ilo|ila)\b"),
        ("benzodiazepines", r"a?zolam\b|azepam\b|zepam\b"),
        ("cathinones", r"cathinone\b|catinona\b|drone\b|drona\b|valerone?a?\b|\b\d-?[cm]mc\b"),
        (
            "synthetic-cannabinoids",
            r"(?:inaca|naca|inata)$|\b(?:mdmb|adb|mmb|jwh|mda|ab)-[a-z0-9]*-?p?in",
        ),
        ("phenethylamines", r"\b2c-|nbome|nboh|\bdo[a-z]\b"),
        ("tryptamines", r"\b\d-(?:aco|ho|meo|po)-|tryptamine\b|triptamina\b"),
        ("lysergamides", r"\b1(?:p|v|cp|b|d|s|t)-?(?:lsd|al-lad|eth-lad)\b"),
        ("arylcyclohexylamines", r"-pc[ep]\b|[ck]etamin[ae]\b"),
    )
)


def looks_like(name: str) -> str | None:
    """Give the slug of the family whose names a name is built like, or None.

    >>> looks_like("etomethazene"), looks_like("bretazolam"), looks_like("levamisole")
    ('nitazenes', 'benzodiazepines', None)
    """
    return next((family for family, stem in _STEMS if stem.search(name)), None)
