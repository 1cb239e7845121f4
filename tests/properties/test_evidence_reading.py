from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.material.captures import answer, warc_of

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.checking import check_captures
from atalaya.model.errors import AtalayaError
from atalaya.model.identifiers import canonical_json


class Leaves:
    """A log of given entries."""

    def __init__(self, entries: list[bytes]) -> None:
        self._entries = entries

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        yield from self._entries[start:stop]


def stored(payloads: list[bytes], folder: Path) -> list[bytes]:
    items = [
        answer(n, body, ("http", "package")[n % 2], guessable=n % 3 == 0)
        for n, body in enumerate(payloads)
    ]
    captures = CaptureStore(folder).add_all(items)
    return [canonical_json(capture.leaf()) for capture in captures]


with TemporaryDirectory() as _folder:
    LEAVES = stored([b"month,deaths\n2024-01,3\n", b"\x00WARC/1.1\r\n\r\n"], Path(_folder))
    NAME = warc_of(Path(_folder)).name
    WHOLE = warc_of(Path(_folder)).read_bytes()


def read_anew(raw: bytes) -> tuple[object, bool]:
    """Read bytes as the WARC file: what the store says, and whether the check finds fault."""
    with TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(raw)
        store = CaptureStore(Path(folder))
        try:
            answer: object = [(one.id, store.payload(one)) for one in store.all()]
        except AtalayaError as error:
            answer = error
        return answer, check_captures(Path(folder), Leaves(LEAVES)).good


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
@example(WHOLE.index(b"sha256:"), ord("s"))  # a zero byte in the name of a digest
def test_no_flipped_byte_anywhere_goes_unnoticed(at: int, mask: int) -> None:
    raw = WHOLE[:at] + bytes([WHOLE[at] ^ mask]) + WHOLE[at + 1 :]
    assert not read_anew(raw)[1]


LENGTH_AT = WHOLE.index(b"Content-Length: ") + len(b"Content-Length: ")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 60), st.binary(max_size=30))
@example(LENGTH_AT, 0, b"9" * 30)  # a length that no machine word holds
def test_a_file_cut_and_patched_anywhere_is_read_or_refused_and_never_unnoticed(
    start: int, length: int, patch: bytes
) -> None:
    raw = WHOLE[:start] + patch + WHOLE[start + length :]
    answer, good = read_anew(raw)
    assert good == (raw == WHOLE)
    assert isinstance(answer, list | AtalayaError)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_by_name(raw: bytes) -> None:
    answer, good = read_anew(raw)
    assert isinstance(answer, AtalayaError)
    assert answer.where is not None
    assert not good


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_any_payloads_come_back_byte_for_byte(payloads: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        leaves = stored(payloads, Path(folder))
        store = CaptureStore(Path(folder))
        assert [store.payload(capture) for capture in store.all()] == payloads
        assert check_captures(Path(folder), Leaves(leaves)).good
