"""What a body is called: the best full name of those given, and an identifier made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from atalaya.model.identifiers import register_id, sha256_hex, slugify
from atalaya.reading.organisations.lexicon import STOP, fold, load
from atalaya.reading.organisations.overlap import alike
from atalaya.reading.organisations.parts import Wording
from atalaya.reading.organisations.profiles import Profile

_DIGITS = 12  # of a hash: two names of a million meet once in five hundred such lists


def canonical(profiles: Sequence[Profile]) -> str:
    """Give the best full name of a body.

    One whose words other names of the body hold goes first; then one that is not misspelt, not in
    capitals, and given most often.

    >>> from atalaya.reading.organisations.profiles import profile
    >>> canonical([profile("PHW"), profile("PHW - Prison Health Watch")])
    'Prison Health Watch'
    """
    asked = [said for one in profiles if not one.alone for said in one.wordings if said.words]
    if not asked:
        return min((one.wordings[0].text or one.name.strip() for one in profiles), default="")
    given = Counter(said.text for said in asked)
    forms = Counter(form for said in asked for form in {word.form for word in said.words})
    meant = Counter(each for said in asked for each in {word.concept for word in said.words})
    return min(asked, key=lambda said: _worth(said, given, forms, meant)).text


def _worth(
    said: Wording, given: Counter[str], forms: Counter[str], meant: Counter[str]
) -> tuple[int, bool, bool, bool, int, int, int, str]:
    """Give the order of names for a body: the lowest is the best.

    Of two that are else as good, the one written with care: capitals where words tell something.
    """
    slips = any(forms[word.form] == 1 and _almost(word.form, forms) for word in said.words)
    shared = sum(meant[word.concept] > 1 for word in said.words)
    bare = not said.of("form")
    small = sum(word[0].islower() and fold(word) not in STOP for word in said.text.split())
    often, length = given[said.text], len(said.text)
    return (-shared, slips, said.text.isupper(), bare, -often, small, length, said.text)


def _almost(form: str, forms: Counter[str]) -> bool:
    """Tell whether a word is a misspelling the lexicon does not know of one that it does."""
    if load().phrases.get(form) is not None:
        return False
    return any(form != other and alike(form, other) for other in forms)


def identifiers(titles: Mapping[int, str]) -> dict[int, str]:
    """Give each body an identifier of its name; equal names get a number, in order.

    >>> identifiers({0: "Cruz Roja", 3: "Kenya"})
    {0: 'organisation:cruz-roja', 3: 'organisation:kenya'}
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for group, title in sorted(titles.items()):
        bare = _slug(title)
        name, number = bare, 2
        while name in taken:
            name, number = f"{bare}-{number}", number + 1
        taken.add(name)
        found[group] = name
    return found


def _slug(title: str) -> str:
    """Give the identifier of a name; one of which no Latin letter is left has a hash of it."""
    letters = "".join(c if c.isalnum() else " " for c in title[:120])
    if letters.strip() and not slugify(letters):
        return f"organisation:{sha256_hex(title.encode())[:_DIGITS]}"
    return register_id("organisation", letters) if letters.strip() else "organisation:unnamed"
