"""The log's formats: what is written is read again, and anything else is refused in words."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.material.logs import KEY, ORIGIN, refusal

from atalaya.evidence.checking import tree as their_tree
from atalaya.evidence.checking.signatures import read_change, read_key, signed_text
from atalaya.evidence.log import InclusionProof, SigningKey, VerifierKey, bundles, notes, paths
from atalaya.evidence.log.checkpoints import Checkpoint, parse
from atalaya.evidence.log.proofs import ConsistencyProof
from atalaya.evidence.log.rotation import Continuation, History, Rotation
from atalaya.model.errors import AtalayaError, BadInput

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="+"), min_size=1
).filter(lambda name: not any(letter.isspace() for letter in name))
LINES = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1)
TEXTS = LINES.map(lambda lines: "\n".join(lines) + "\n")
HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=20).map(tuple)
SIGNED = str(notes.sign("one\n\ntwo\n", KEY, SigningKey(ORIGIN, b"2" * 32)))


@given(level=st.none() | st.integers(0, 63), index=st.integers(0, 2**50), width=st.integers(1, 256))
def test_a_tile_name_is_read_from_its_path(level: int | None, index: int, width: int) -> None:
    name = paths.TileName(level, index, width)
    assert paths.parse(name.path) == name
    kind = "entries" if level is None else str(level)
    assert their_tree.path_of(kind, index, width) == name.path
    assert all(len(part.removesuffix(".p")) <= 4 for part in name.path.split("/")[2:])


@given(st.text() | st.from_regex(r"tile/(entries|\d\d?)/(x\d{3}/)*\d{3}(\.p/\d{1,3})?"))
@example("tile/0/x000/001")
@example("tile/00/001")
@example("tile/64/001")
@example("tile/0/000.p/256")
@example("tile/0/000.p/0")
def test_any_other_path_is_refused(path: str) -> None:
    said = refusal(lambda: paths.parse(path))
    assert "names no tile" in str(said) if said else paths.parse(path).path == path


@given(st.lists(st.binary(max_size=400), max_size=256))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    raw = bundles.encode(entries)
    assert bundles.decode(raw, len(entries), "name") == entries
    begins = their_tree.split(raw, len(entries))
    assert begins is not None
    assert [raw[at + 2 : to] for at, to in pairwise(begins)] == entries


@given(st.binary(max_size=600), st.integers(0, 256))
def test_any_bytes_are_a_bundle_that_writes_the_same_or_are_refused(raw: bytes, width: int) -> None:
    begins = their_tree.split(raw, width)
    said = refusal(lambda: bundles.decode(raw, width, "tile/entries/000"))
    assert (said is None) == (begins is not None)
    if said:
        assert "tile/entries/000: this entry bundle must hold exactly" in str(said)
    else:
        assert bundles.encode(bundles.decode(raw, width, "")) == raw


def test_an_entry_longer_than_the_format_can_say_is_refused() -> None:
    assert len(bundles.encode([b"x" * 65_535])) == 65_537
    with pytest.raises(BadInput, match="65536 bytes; a log entry has at most 65535"):
        bundles.encode([b"x" * 65_536])


@given(text=TEXTS, name=NAMES, seed=st.binary(min_size=32, max_size=32))
def test_a_signed_note_is_read_again_and_its_signature_holds(
    text: str, name: str, seed: bytes
) -> None:
    key = SigningKey(name, seed)
    assert SigningKey.parse(key.secret_text()) == key
    assert VerifierKey.parse(key.vkey) == key.verifier
    note = str(notes.sign(text, key, KEY))
    assert notes.open_note(note, key.verifier).text == text
    assert signed_text(note.encode(), read_key(KEY.vkey)) == text


@given(at=st.integers(0, len(SIGNED.encode()) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_leaves_a_note_that_both_keys_signed(at: int, bit: int) -> None:
    raw = bytearray(SIGNED.encode())
    raw[at] ^= 1 << bit
    for opened in (
        lambda: notes.open_note(bytes(raw), KEY.verifier),
        lambda: signed_text(bytes(raw), read_key(KEY.vkey)),
    ):
        # The other key's line may change: signatures of unknown keys are passed over. So may two
        # bits of the last letter before it, which base64 does not use: the signature stays.
        assert refusal(opened) is not None or at >= SIGNED.encode().rindex("=\n—".encode()) - 1


MANGLED = (
    st.binary()
    | st.text().map(str.encode)
    | st.builds(
        lambda seed, cut: _mangle(SIGNED.encode(), random.Random(seed), cut),
        st.integers(0, 2**32),
        st.integers(1, 5),
    )
)


def _mangle(raw: bytes, chance: random.Random, cuts: int) -> bytes:
    for _ in range(cuts):
        first, last = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        raw = raw[:first] + chance.choice([b"", b"\n", b"\n\n", raw[first:last] * 2]) + raw[last:]
    return raw


@given(MANGLED)
def test_any_bytes_are_refused_in_words_by_every_parser(raw: bytes) -> None:
    text = raw.decode("utf-8", errors="surrogateescape")
    for read in (
        lambda: notes.parse(raw),
        lambda: parse(raw),
        lambda: History.parse(raw),
        lambda: Rotation.parse(raw),
        lambda: Continuation.parse(raw),
        lambda: VerifierKey.parse(text),
        lambda: SigningKey.parse(text),
        lambda: InclusionProof.parse_json(raw),
        lambda: InclusionProof.parse_text(raw.decode(errors="replace")),
        lambda: ConsistencyProof.parse_json(raw),
        lambda: signed_text(raw, read_key(KEY.vkey)),
        lambda: read_key(text),
        lambda: read_change(raw),
    ):
        said = refusal(read)
        if isinstance(said, AtalayaError):
            assert said.what
            assert said.do
        assert said is None or str(said)


@given(index=st.integers(0, 2**60), size=st.integers(0, 2**60), hashes=HASHES)
def test_proofs_are_read_from_both_their_forms(
    index: int, size: int, hashes: tuple[bytes, ...]
) -> None:
    note = Checkpoint(ORIGIN, size, bytes(32)).signed(KEY).note
    proof = InclusionProof(index, size, hashes, note)
    assert InclusionProof.parse_json(proof.json()) == proof
    assert InclusionProof.parse_text(proof.text()) == proof
    extra = proof.text().replace("\nindex", "\nextra QUJD\nindex", 1)
    assert InclusionProof.parse_text(extra) == proof
    grown = ConsistencyProof(index, size, hashes, note)
    assert ConsistencyProof.parse_json(grown.json()) == grown


def test_the_examples_of_the_specifications_are_read() -> None:
    note = (
        "This is an example message.\n\n"
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFX"
        "mRKuwHjG1Yu72IneyaQM=\n"
    )
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert notes.open_note(note, VerifierKey.parse(vkey)).text == "This is an example message.\n"
    assert signed_text(note.encode(), read_key(vkey)) == "This is an example message.\n"
    # tlog-tiles: a tree of 70,000 entries, and tile 1234067.
    widths = [
        (paths.width_in(70_000, level, 0), paths.width_in(70_000, level, 70_000 >> 8 * level + 8))
        for level in range(3)
    ]
    assert widths == [(256, 112), (256, 17), (1, 1)]
    assert paths.tile_path(0, 1234067) == "tile/0/x001/x234/067"


def test_a_private_key_file_is_only_its_owners_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "key"
    KEY.save(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert SigningKey.load(file) == KEY
    with pytest.raises(AtalayaError, match="not overwritten"):
        KEY.save(file)
    file.chmod(0o640)
    with pytest.raises(AtalayaError, match="mode 640"):
        SigningKey.load(file)
    with pytest.raises(AtalayaError, match="no signing key"):
        SigningKey.load(tmp_path / "other")
    assert KEY.secret_text().rpartition("+")[2] not in repr(KEY)
