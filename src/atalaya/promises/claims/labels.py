"""What to call a published figure: the substance, place or donor it is of, in each language."""

from __future__ import annotations

from collections.abc import Mapping

from atalaya.registers import substances, territories

_LANGUAGES = ("en", "es")


def label(subject: str, territory: str | None, predicate: str) -> Mapping[str, str]:
    """Give what to call a figure, language -> words.

    Args:
        subject: What it is of, such as ``substance:xylazine``.
        territory: Where, or None.
        predicate: What is said of it; named where the subject alone does not tell.

    >>> label("substance:xylazine", "territory:US-CT", "deaths")["es"]
    'xilacina, Connecticut'
    """
    return {code: ", ".join(_parts(subject, territory, predicate, code)) for code in _LANGUAGES}


def _parts(subject: str, territory: str | None, predicate: str, code: str) -> list[str]:
    kind, _, rest = subject.partition(":")
    place = _place(territory, code)
    if kind == "substance":
        known = substances.load().known(subject)
        return [known.name_in(code) if known else rest.replace("-", " "), *place]
    if kind == "donor":
        return [*(_place(rest, code) or [rest])]
    if kind in ("organisation", "population"):
        named = rest.upper() if kind == "organisation" else rest.replace("-", " ")
        return [named, *place, predicate.replace("-", " ")]
    return place or [rest.replace("-", " ")]


def _place(territory: str | None, code: str) -> list[str]:
    known = territories.load().known(territory) if territory else None
    return [known.name_in(code)] if known is not None else []
