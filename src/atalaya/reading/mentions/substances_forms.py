"""The forms of a name that no register lists: plurals, and what other languages make of it.

Source of the endings: WHO, "The use of stems in the selection of International Nonproprietary Names
(INN) for pharmaceutical substances" (2018): a name has its regular English, French and Spanish
form; Portuguese and German follow alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDINGS = (
    ("fentanyl", ("fentanilo", "fentanila", "fentanyle")),
    ("fentanil", ("fentanilo", "fentanila")),
    ("nitazene", ("nitaceno", "nitazeno", "nitazena", "nitazen")),
    ("ine", ("ina", "in")),
    ("ene", ("eno", "en")),
    ("one", ("ona", "on")),
    ("ane", ("ano", "an")),
    ("ate", ("ato", "at")),
    ("ide", ("ida", "id")),
    ("ole", ("ol",)),
)
_SPANISH = (
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("y", "i"),
    ("tt", "t"),
    ("mm", "m"),
    ("ch", "c"),
)
_FEWEST = 6  # letters; shorter names are words of other languages too often
_FEWEST_PLURAL = 4
_HARD = re.compile(r"c(?=[aou])")
_GERMAN = ("in", "en", "on", "an", "am", "yl", "il", "id", "al")


def inflected(word: str) -> Iterator[str]:
    """Give the plurals of a name in five languages; none of a code or of several words.

    >>> list(inflected("fentanilo"))
    ['fentanilos']
    >>> list(inflected("nitazen"))
    ['nitazens', 'nitazenes', 'nitazene', 'nitazenen']
    >>> list(inflected("MDMA"))
    []
    """
    if not _is_word(word, _FEWEST_PLURAL) or word.endswith("s"):
        return
    yield word + "s"
    if len(word) >= _FEWEST and word.endswith(_GERMAN):
        yield from (word + "es", word + "e", word + "en")


def translated(word: str) -> Iterator[str]:
    """Give the Spanish, Portuguese, French and German forms that an English name should have.

    >>> sorted(set(translated("xylazine")))
    ['xilacin', 'xilacina', 'xilazin', 'xilazina', 'xylazin', 'xylazina']
    >>> "kokain" in translated("cocaine")
    True
    >>> list(translated("MDMA"))
    []
    """
    if not _is_word(word, _FEWEST):
        return
    for ending, others in _ENDINGS:
        if word.endswith(ending):
            for other in others:
                form = word.removesuffix(ending) + other
                yield form
                yield _spanish(form)
                yield _softened(_spanish(form))
                yield form.replace("ke", "que")
                yield _german(form)
            return


def _is_word(name: str, fewest: int) -> bool:
    return name.isalpha() and name.islower() and len(name) >= fewest


def _spanish(form: str) -> str:
    for old, new in _SPANISH:
        form = form.replace(old, new)
    return form


def _softened(form: str) -> str:
    return re.sub(r"z(?=[ei])", "c", form)


def _german(form: str) -> str:
    """Write a hard c as k, as older German names do."""
    hard = _HARD.sub("k", form)
    return hard if form.endswith(("in", "en", "on")) else form
