"""The names and signs that ship are what the register knows."""

from collections import Counter

from atalaya.reading.mentions.places import gazetteer
from atalaya.registers import territories

_KINDS = {"agency", "paper", "currency", "custom", "region", "people", "none"}


def test_every_sign_speaks_for_a_known_territory_or_for_none():
    signs = gazetteer.signs()
    assert len(signs) > 400
    for sign in signs:
        assert sign.kind in _KINDS
        assert 0 <= sign.weight <= 1
        if sign.kind != "none":
            assert territories.load().known(sign.territory), sign


def test_no_sign_is_listed_twice():
    counted = Counter(sign.name for sign in gazetteer.signs())
    assert [name for name, times in counted.items() if times > 1] == []


def test_words_that_are_hardly_known_towns_are_not_looked_for():
    looked_for = {entry.name for entry in gazetteer.entries() if entry.kind == gazetteer.KIND}
    assert {"salta", "reading", "us", "colombiano"} <= looked_for
    assert {"of", "to", "say", "cada"} & looked_for == set()
