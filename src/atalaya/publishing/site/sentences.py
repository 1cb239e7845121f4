"""Sentences in the page's language, made anew of what they were made of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from atalaya.publishing.site.languages import Language
from atalaya.publishing.site.phrases import in_words
from atalaya.publishing.site.points import Row
from atalaya.publishing.site.terms import TERMS, term

_PLACE, _WORDS = re.compile(r"\{.*?\}"), re.compile(r"\w")
_PLACES = 3  # decimals of a figure inside a sentence


def told(issue: Row, name: str, language: Language) -> str | None:
    """Say one of an issue's sentences in a language.

    Args:
        issue: Its row; ``parameters`` is JSON, None, or not there in a release of before.
        name: ``says`` or ``do``.
        language: The page's language.

    Returns:
        The sentence; None where there is none, or where it cannot be said in that language.
    """
    if language.code == "en":
        return str(issue[name]) if issue[name] else None
    made_of = json.loads(issue.get("parameters") or "{}").get(name)
    return None if made_of is None else in_language(made_of, language)


def in_language(made_of: Mapping[str, Any], language: Language) -> str | None:
    """Make a sentence of its template and values, or choose the one somebody wrote out.

    Args:
        made_of: As ``model.sentences.Sentence.content`` gives it.
        language: The page's language.

    Returns:
        The sentence, or None where it, or a sentence in it, has no translation.
    """
    if "word" in made_of:
        return _word(made_of["word"], language)
    if "template" not in made_of:
        version: str | None = made_of.get(language.code)
        return version
    template = made_of["template"]
    if not language.knows(template) and _WORDS.search(_PLACE.sub("", template)):
        return None
    values = {name: _value(value, language) for name, value in made_of["values"].items()}
    if None in values.values():
        return None
    return language.say(template).format(**values)


def _word(text: str, language: Language) -> str:
    """Say a reason or a word; a name that stands for itself in every language stays."""
    said = in_words(text, language)
    return term(text, language) if said is None and text in TERMS else said or text


def _value(value: Any, language: Language) -> str | None:
    if isinstance(value, Mapping):
        return in_language(value, language)
    return value if isinstance(value, str) else language.number(value, places=_PLACES)
