"""Whatever a listing holds, it is read or refused with a remedy, and leads nowhere odd."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.listings import (
    ANSWER,
    ATOM,
    COMMITS,
    FR_KEYS,
    INDEX,
    JSON_FEED,
    PAGE,
    RSS,
    SITEMAP,
    listing,
    page,
    versions,
)

from atalaya.evidence.addresses import parse_web
from atalaya.evidence.listings import chosen, read_listing
from atalaya.evidence.listings.items import address_in, moment
from atalaya.model.errors import LookAtThis
from atalaya.model.listings import Listing

KINDS = [
    (listing("feed"), RSS.format(encoding="utf-8")),
    (listing("feed"), ATOM),
    (listing("feed"), JSON_FEED),
    (listing("sitemap"), SITEMAP),
    (listing("sitemap"), INDEX),
    (listing("pages"), PAGE),
    (listing("api", keys=FR_KEYS), ANSWER),
    (versions(), COMMITS),
]


def faults(said: Listing, body: bytes, content_type: str = "") -> list[str]:
    """Say what is wrong with how a page is read: nothing, where it is read or clearly refused."""
    try:
        found = read_listing(said, page(body, content_type))
    except LookAtThis as refused:
        return [] if refused.do and refused.where is not None else [f"no remedy: {refused}"]
    addresses = [item.address for item in found.items]
    wrong = [f"{one} is asked as {parse_web(one)}" for one in addresses if not parse_web(one)]
    wrong += [f"{one} leads nowhere" for one in found.further if not parse_web(one)]
    if len(set(addresses)) != len(addresses):
        wrong.append("an address is named twice")
    if not set(chosen(said, found.items)) <= set(found.items):
        wrong.append("what is chosen was not listed")
    return wrong


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_any_bytes_are_a_listing_or_a_clear_error(kind: tuple[Listing, str], body: bytes) -> None:
    assert faults(kind[0], body) == []


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(KINDS),
    st.integers(0, 1_200),
    st.integers(0, 60),
    st.binary(max_size=20),
    st.sampled_from(
        ["", "text/xml; charset=utf-16", "text/html; charset=nowhere", "a/b; charset="]
    ),
)
def test_a_listing_cut_and_patched_anywhere_is_read_or_refused(
    kind: tuple[Listing, str], start: int, length: int, patch: bytes, content_type: str
) -> None:
    body = kind[1].encode()
    cut = body[:start] + patch + body[start + length :]
    assert faults(kind[0], cut, content_type) == []


@settings(deadline=None)
@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=30))
def test_any_json_is_an_answer_or_a_clear_error(content: object) -> None:
    import json

    for kind in (listing("api", keys=FR_KEYS), versions(), listing("feed")):
        within = {"results": content, "items": content}
        assert faults(kind, json.dumps(within).encode()) == []
        assert faults(kind, json.dumps(content).encode()) == []


@given(st.text(max_size=80))
def test_any_link_leads_to_a_web_address_or_nowhere(link: str) -> None:
    address = address_in("https://office.example/news/", link)
    assert address is None or parse_web(address).text == address


@given(st.text(max_size=40))
def test_any_date_is_a_moment_in_utc_or_none(said: str) -> None:
    at = moment(said)
    assert at is None or at.utcoffset() is not None


def test_a_pattern_of_many_stars_is_no_bomb() -> None:
    said = listing("pages", links=["*a" * 12 + "**b"])
    found = read_listing(listing("sitemap"), page("https://office.example/" + "a" * 1_900))
    assert list(chosen(said, found.items)) == []
