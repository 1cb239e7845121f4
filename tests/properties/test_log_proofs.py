"""Trees and proofs against the definitions of RFC 6962, written out naively."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.logs import a_log, entries

from atalaya.evidence.log import merkle
from atalaya.evidence.log.edge import EMPTY, grow
from atalaya.evidence.log.merkle import EMPTY_ROOT, Range

MOST = 70


def mth(leaves: list[bytes]) -> bytes:
    """Hash a tree as section 2.1 of RFC 6962 defines it."""
    if len(leaves) <= 1:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:split]) + mth(leaves[split:])).digest()


def filled(ranges: list[Range], leaves: list[bytes]) -> list[bytes]:
    return [mth(leaves[first:last]) for first, last in ranges]


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_leaf_of_a_tree_has_a_proof_that_holds_for_it_alone(size: int) -> None:
    leaves = entries(0, size)
    root = mth(leaves)
    for index in range(size):
        proof = filled(merkle.inclusion_ranges(index, size), leaves)
        leaf = merkle.leaf_hash(leaves[index])
        assert merkle.includes(root, size, index, leaf, proof)
        others = [other for other in range(size + 1) if other != index]
        assert not any(merkle.includes(root, size, other, leaf, proof) for other in others)
        assert not merkle.includes(root, size, index, merkle.leaf_hash(b"other"), proof)
        assert not merkle.includes(root, size, index, leaf, [*proof, root])


@pytest.mark.parametrize("new", range(1, MOST + 1))
def test_every_earlier_tree_has_a_proof_that_holds_for_it_alone(new: int) -> None:
    leaves = entries(0, new)
    roots = [mth(leaves[:size]) for size in range(new + 1)]
    for old in range(1, new + 1):
        proof = filled(merkle.consistency_ranges(old, new), leaves)
        assert merkle.extends((old, roots[old]), (new, roots[new]), proof)
        forged = merkle.leaf_hash(b"forged")
        assert not merkle.extends((old, forged), (new, roots[new]), proof)
        assert not merkle.extends((old, roots[old]), (new, forged), proof)
        if old < new:
            assert not merkle.extends((old, roots[old]), (new, roots[new]), proof[:-1])
            assert not merkle.extends((old, roots[old]), (new, roots[new]), [*proof, forged])


@given(st.lists(st.integers(1, 300), max_size=6))
def test_however_entries_are_batched_edge_and_files_are_those_of_the_definition(
    batches: list[int],
) -> None:
    edge, files, leaves = EMPTY, {}, []
    for size in batches:
        batch = entries(len(leaves), len(leaves) + size)
        growth = grow(edge, batch)
        assert not set(growth.files) & set(files)
        edge, files, leaves = growth.edge, files | growth.files, leaves + batch
    assert edge.size == len(leaves)
    assert edge.root == (mth(leaves) if leaves else EMPTY_ROOT)
    assert edge.files.items() <= files.items()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_log_of_three_levels_gives_proofs_that_hold(data: st.DataObject, big: Path) -> None:
    from atalaya.evidence.log import FolderReader, LogReader

    reader = LogReader(FolderReader(big))
    size = data.draw(st.integers(1, 65_800))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    # The reader checks each proof against the signed root before it gives it out.
    assert reader.inclusion_proof(index).index == index
    assert reader.inclusion_proof(index, size).size == size
    assert reader.consistency_proof(old, size).old == old
    assert reader.consistency_proof(old).new == 65_800
    assert reader.entry(index) == entries(index, index + 1)[0]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big") / "log"
    a_log(folder, 65_800, batch=30_000)
    return folder
