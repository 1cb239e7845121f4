import gzip
import zlib
from pathlib import PurePosixPath

import brotli
from hypothesis import given
from hypothesis import strategies as st
from tests.material.clocks import START

from atalaya.evidence.addresses import WebAddress, parse_address, parse_web
from atalaya.evidence.fetching.body import take_in
from atalaya.evidence.fetching.content import check_content
from atalaya.evidence.fetching.mirror import mirror_paths
from atalaya.evidence.fetching.redirects import Hop, follow
from atalaya.evidence.fetching.retries import backoff, retry_after
from atalaya.model.errors import AtalayaError, LookAtThis

PACKED = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "identity": bytes,
}
ADDRESS = "https://example.org/a"


def take(pieces: list[bytes], encoding: str, max_bytes: int = 10_000) -> bytes | AtalayaError:
    try:
        return take_in(
            pieces,
            encoding=encoding,
            max_bytes=max_bytes,
            address=ADDRESS,
            patience=lambda: None,
        )
    except AtalayaError as error:
        return error


@given(st.binary(max_size=3_000), st.sampled_from(sorted(PACKED)), st.integers(1, 700))
def test_a_body_comes_out_whole_however_it_is_cut_into_pieces(
    body: bytes, encoding: str, size: int
) -> None:
    packed = PACKED[encoding](body)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert take(pieces, encoding) == body


@given(st.binary(max_size=500), st.sampled_from([*sorted(PACKED), "zstd", ""]), st.integers(0, 400))
def test_any_body_is_taken_or_refused_and_never_over_its_cap(
    body: bytes, encoding: str, max_bytes: int
) -> None:
    taken = take([body], encoding, max_bytes)
    assert isinstance(taken, AtalayaError) or len(taken) <= max_bytes


@given(st.binary(max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_any_answer_is_of_its_kind_or_refused_with_a_remedy(
    body: bytes, answered: str, declared: str
) -> None:
    try:
        check_content(body, answered, declared, ADDRESS)
        remedy = "none needed"
    except LookAtThis as error:
        remedy = error.do
    assert remedy


SEGMENT = st.text("ab.%2fFeE\\~?&=", max_size=12)


@given(st.lists(SEGMENT, max_size=5))
def test_no_address_leads_out_of_a_mirror(segments: list[str]) -> None:
    try:
        paths = mirror_paths(parse_address("https://example.org/" + "/".join(segments)))
    except AtalayaError:
        paths = ()
    for path in paths:
        assert not PurePosixPath(path).is_absolute()
        assert ".." not in PurePosixPath(path).parts


@given(st.text(max_size=60) | st.from_regex(r"(https?:)?//[ -~]{0,40}", fullmatch=True))
def test_any_redirect_ends_at_a_web_address_or_a_named_error(location: str) -> None:
    def ask(address: WebAddress) -> Hop:
        moved = address.text == ADDRESS
        headers = (("location", location),) if moved else ()
        return Hop(address, 302 if moved else 200, headers, b"", START, ())

    try:
        end = follow(parse_web(ADDRESS), ask).address.scheme
    except LookAtThis as error:
        end = error.do
    assert end


@given(st.text(max_size=40) | st.integers(-5, 10**30).map(str))
def test_any_retry_after_asks_for_a_wait_that_is_not_negative_or_for_none(value: str) -> None:
    wait = retry_after(value, START)
    assert wait is None or wait >= 0


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_a_wait_is_never_shorter_than_half_a_second_nor_longer_than_a_minute(
    tried: int, spread: float
) -> None:
    assert 0.5 <= backoff(tried, spread) <= 60
