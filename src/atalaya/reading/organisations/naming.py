"""What a body is called: the best full name of those given, and an identifier made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atalaya.model.identifiers import register_id
from atalaya.reading.organisations.profiles import Profile, Wording


def canonical(profiles: Sequence[Profile]) -> str:
    """Give the best full name of a body.

    The name most of the body's names agree with goes before a longer one that stands alone; then
    one that is not misspelt, not in capitals, and says more.

    >>> from atalaya.reading.organisations.profiles import profile
    >>> canonical([profile("PHW"), profile("PHW - Prison Health Watch")])
    'Prison Health Watch'
    """
    asked = [
        (said.text, one) for one in profiles for said in one.wordings if not one.alone and said.words
    ]
    if not asked:
        return min((one.wordings[0].text or one.name.strip() for one in profiles), default="")
    given: dict[str, int] = {}
    for text, _ in asked:
        given[text] = given.get(text, 0) + 1
    weight = {
        concept: sum(
            any(concept == word.concept for said in one.wordings for word in said.words)
            for one in profiles
        )
        for _, one in asked
        for said in one.wordings
        for concept in (word.concept for word in said.words)
    }

    def worth(text: str, said: Wording) -> tuple[float, int, int, int, str]:
        shared = sum(weight.get(word.concept, 0) > 1 for word in said.words)
        return (
            -given[text],
            -shared,
            int(text.isupper()),
            -min(len(said.words), 8),
            text,
        )

    return min(
        (worth(said.text, said), said.text)
        for one in profiles
        if not one.alone
        for said in one.wordings
        if said.words
    )[1]


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
    letters = "".join(c if c.isalnum() else " " for c in title[:120])
    return register_id("organisation", letters) if letters.strip() else "organisation:unnamed"
