"""Which Western European encoding bytes without a declared one are in, told by their letters.

Spreadsheet programs save CSV in the encoding of the machine, without saying which. Letters alone
cannot tell one Latin code page from another for every language; in the languages of this house -
Spanish and Portuguese before all - they can.
"""

from __future__ import annotations

import re

# In use in the countries of these languages: Windows, old DOS exports of Excel, old Macintoshes.
_CANDIDATES = ("cp1252", "cp850", "mac_roman")
_LETTERS = frozenset("áéíóúüñçãõâêôàÁÉÍÓÚÜÑÇÃÕÂÊÔÀ")
_SIGNS = frozenset("ºª°µ¿¡–—’‘“”€±×…·\xa0²³½")
_STRANGE = re.compile(r"[^\x00-\x7f]")
_LIKELY = 0.8  # share of letters outside ASCII that must be ones these languages use
_SAMPLE = 65_536  # bytes: a guess needs a sample, not the whole of a large file


def western(payload: bytes) -> str | None:
    """Give the encoding that makes words of Spanish or Portuguese of some bytes.

    Args:
        payload: Bytes that are not UTF-8.

    Returns:
        Python's name of the encoding, or None where no candidate makes such words.

    >>> western("sustancia, Málaga".encode("cp1252"))
    'cp1252'
    >>> western("Łódź, Čapek, Žižka".encode("cp1250")) is None
    True
    """
    scored = [(score, encoding) for encoding in _CANDIDATES if (score := _score(payload, encoding))]
    best, found = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return found if best >= _LIKELY else None


def likely(payload: bytes, at: int) -> str | None:
    """Guess in which encoding a file is that is not in the one expected; for a message only.

    Args:
        payload: The file's bytes.
        at: Where the first byte is that does not fit.
    """
    begin = max(0, at - _SAMPLE // 2)
    sample = payload[begin : begin + _SAMPLE]
    found = western(sample)
    if found is not None:
        return found
    from charset_normalizer import from_bytes  # only a refused file pays for it

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _score(payload: bytes, encoding: str) -> float:
    """Give the share of signs outside ASCII that these languages use there; 0 where it is no text.

    A wrong encoding turns letters inside words into dashes, quotation marks or capitals.
    """
    try:
        text = f" {payload.decode(encoding)} "
    except UnicodeDecodeError:
        return 0.0
    strange = [found.start() for found in _STRANGE.finditer(text)]
    fitting = sum(_fits(text[at - 1], text[at], text[at + 1]) for at in strange)
    return fitting / len(strange) if strange else 0.0


def _fits(before: str, letter: str, after: str) -> bool:
    if letter in _LETTERS:
        return letter.islower() or not before.islower()
    return letter in _SIGNS and not (before.isalpha() and after.isalpha())
