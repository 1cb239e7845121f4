from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.declarations import SOURCE

from atalaya.evidence.addresses import PackageAddress, WebAddress, parse_address
from atalaya.evidence.sources import load_sources
from atalaya.model.errors import AtalayaError

RAW = SOURCE.encode()


def load(raw: bytes) -> object:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "counts" / "source.toml"
        path.parent.mkdir()
        path.write_bytes(raw)
        try:
            return load_sources(Path(folder))
        except AtalayaError as refused:
            return refused


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_source_or_a_clear_error(raw: bytes) -> None:
    answer = load(raw)
    assert isinstance(answer, AtalayaError)
    assert answer.where is not None


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(RAW)), st.integers(0, 40), st.text(max_size=8))
def test_a_declaration_cut_and_patched_anywhere_is_a_source_or_a_clear_error(
    start: int, length: int, patch: str
) -> None:
    answer = load(RAW[:start] + patch.encode("utf-8", "ignore") + RAW[start + length :])
    if isinstance(answer, AtalayaError):
        assert answer.where is not None
        assert answer.do
    else:
        assert isinstance(answer, tuple)


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"https?://[!-~]{1,40}", fullmatch=True))
def test_any_text_is_an_address_or_a_clear_error(text: str) -> None:
    try:
        answer: object = parse_address(text)
    except AtalayaError as refused:
        answer = refused.do
    if isinstance(answer, WebAddress | PackageAddress):
        assert answer.text == text
        assert not isinstance(answer, WebAddress) or answer.host
    else:
        assert answer
