"""In which language a text is written: a fast model for what is clear, a slow one for the rest.

Source: M. Lui and T. Baldwin, "langid.py: an off-the-shelf language identification tool", ACL 2012,
as kept up by ``py3langid``; the slow one is ``lingua``, which compares n-grams of letters.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

_SAMPLE = 600  # characters: the model's answer no longer changes with more, its time does
_GLANCE = 240  # characters: in most texts as good as the whole sample, and three times as fast
_PLAIN = 0.7  # the model's own probability after a glance: what is less plain is read further
_SHORT = 60  # characters, about a title: below it names of drugs and places outweigh the words
_CLEAR = 0.55  # the model's own probability; of wrong answers on mixed titles most lie below
_BEST_GUESS = 0.35  # below it lingua names no language either
_LETTERS = 0.3  # of characters that are no spaces: less is a table, a code or noise
_NO_LANGUAGE = "zxx"  # py3langid's word for text that is none
# Told apart by lingua where a text is short: the house's own, and their neighbours in letters.
# Each language costs memory; all 75 take 1.5 GB.
_NEAR = (
    *("ENGLISH", "SPANISH", "FRENCH", "PORTUGUESE", "GERMAN", "ITALIAN", "DUTCH", "SWEDISH"),
    *("POLISH", "TURKISH", "INDONESIAN"),
)
_WITHIN = {"wuu": "zh", "yue": "zh", "arz": "ar"}  # spoken forms, written as the larger language
_LAST_LATIN = 0x24F


class Language(NamedTuple):
    """A language told from a text.

    Args:
        code: ISO 639-1, or 639-3 where there is none of two letters; None where the text is in no
            language that could be told.
        confidence: 0..1.
    """

    code: str | None
    confidence: float


UNKNOWN = Language(None, 0.0)


def identify(text: str) -> Language:
    """Tell the language of a text.

    Args:
        text: Any text; its first 600 characters are looked at.

    Returns:
        The language; ``UNKNOWN`` for an empty text, for noise, and where nothing stands out.

    >>> identify("La policía incautó 20 kilos de cocaína en el puerto de Guayaquil.").code
    'es'
    >>> identify("1,204 3,991 -- 77 / 12").code is None
    True
    """
    sample = text.lstrip()[:_SAMPLE]
    written = sum(map(str.isalpha, sample))
    if written < max(2, _LETTERS * (len(sample) - sample.count(" "))):
        return UNKNOWN
    code, sure = _fast().classify(sample[:_GLANCE])
    if sure < _PLAIN and len(sample) > _GLANCE:
        code, sure = _fast().classify(sample)
    code = _WITHIN.get(code, code)
    if sure >= _CLEAR and (code == _NO_LANGUAGE or len(sample) >= _SHORT):
        return UNKNOWN if code == _NO_LANGUAGE else Language(code, round(float(sure), 3))
    if any(ord(letter) > _LAST_LATIN for letter in sample if letter.isalpha()):
        return _other_script(code, float(sure))
    return _slowly(sample)


def _other_script(code: str, sure: float) -> Language:
    if code == _NO_LANGUAGE or sure < _BEST_GUESS:
        return UNKNOWN
    return Language(code, round(sure, 3))


def _slowly(sample: str) -> Language:
    best, *_ = _slow().compute_language_confidence_values(sample)
    if best.value < _BEST_GUESS:
        return UNKNOWN
    return Language(best.language.iso_code_639_1.name.lower(), round(float(best.value), 3))


@cache
def _fast() -> Any:
    from py3langid import langid

    return langid._load_identifier(norm_probs=True)  # noqa: SLF001 - its public door rounds


@cache
def _slow() -> Any:
    import lingua

    languages = [getattr(lingua.Language, name) for name in _NEAR]
    return lingua.LanguageDetectorBuilder.from_languages(*languages).build()
