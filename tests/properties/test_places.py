"""Whatever a text holds, its places are coarse, lie in it, and are never invented."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places import gazetteer
from atalaya.reading.mentions.places.reading import read
from atalaya.registers import territories

_PIECES = st.sampled_from(
    (
        *("Córdoba", "Paris, Texas", "U.S.", "to", "in ", ", ", " (AP) — ", "KSA"),
        *("Tha Uthen district", "Nice Reading"),
        *("МОСКВА", "в Москве", "バンコク", "서울", "دمشق", "\u202e", "\U0001f600", "\n\n"),
        *("\ud800", "e\u0301", "\u013f"),
    )
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=12).map("".join)


@cache
def lexicon() -> Lexicon:
    return Lexicon(gazetteer.entries())


@settings(deadline=None, max_examples=300)
@given(title=_TEXTS, text=_TEXTS)
def test_places_are_coarse_and_lie_in_their_text(title, text):
    found = read(
        Page.of(title, lexicon()), Page.of(text, lexicon()), "en", "https://a.example.mx/b"
    )
    for source, mentions in ((title, found.title), (text, found.text)):
        for mention in mentions:
            assert source[mention.start : mention.end].strip()
            assert 0 <= mention.confidence <= 1
            if mention.id is not None:
                assert territories.load().get(mention.id).level in {"country", "division", "region"}
    if found.country is not None:
        assert territories.load().get(found.country.territory).level in {"country", "division"}


@settings(deadline=None, max_examples=100)
@given(text=st.text(alphabet="bcdfghjklmnpqrstvwxz0123456789 .,;-\n", max_size=300))
def test_noise_names_no_place(text):
    found = read(None, Page.of(text, lexicon()))
    assert [m for m in found.text if text[m.start : m.end].islower()] == []
    assert found.country is None
