"""The Merkle tree of RFC 6962: hashing, inclusion and consistency proofs; pure.

A proof is planned as ranges of leaves and filled by whoever can hash a range, so that the same
plan serves a list in memory and tiles on a far store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32

Range = tuple[int, int]  # leaves first..last+1
HashRange = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry as a leaf: SHA-256 of a zero byte and the entry.

    Source: RFC 6962, section 2.1.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children: SHA-256 of a one byte, the left and the right hash (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Give the root over hashes of leaves, or of equal full subtrees with a smaller one last.

    Args:
        hashes: Hashes of 32 bytes, from left to right.

    Returns:
        32 bytes; the hash of nothing for no hashes.

    Source: RFC 6962, section 2.1 (pairing neighbours and carrying an odd last one up gives the
    same tree as splitting at the largest power of two).

    >>> root_of([]) == EMPTY_ROOT, root_of([leaf_hash(b"a")]) == leaf_hash(b"a")
    (True, True)
    """
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Plan the proof that a leaf is in a tree: the subtrees beside its way up.

    Args:
        index: Index of the leaf, below ``size``.
        size: Number of leaves of the tree.

    Returns:
        Ranges of leaves, from the leaf's sibling up to the root's child.

    Source: RFC 6962, section 2.1.1.

    >>> inclusion_ranges(2, 7)
    [(3, 4), (0, 2), (4, 7)]
    """
    first, last, beside = 0, size, []
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            beside.append((middle, last))
            last = middle
        else:
            beside.append((first, middle))
            first = middle
    return beside[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Plan the proof that a tree only grew.

    Args:
        old: Number of leaves of the earlier tree.
        new: Number of leaves of the later tree, at least ``old``.

    Returns:
        Ranges of leaves; none when the sizes are equal or the earlier tree is empty.

    Source: RFC 6962, section 2.1.2.

    >>> consistency_ranges(3, 7)
    [(2, 3), (3, 4), (0, 2), (4, 7)]
    """
    if old in (0, new):
        return []
    first, last, beside = 0, new, []
    while last != old:
        middle = first + _split(last - first)
        if old <= middle:
            beside.append((middle, last))
            last = middle
        else:
            beside.append((first, middle))
            first = middle
    # The earlier tree's own last subtree is known to its holder unless it was split above.
    own = [(first, last)] if first else []
    return own + beside[::-1]


def range_hash(first: int, last: int, node: Callable[[int, int], bytes]) -> bytes:
    """Hash a range of leaves of a tree out of its full subtrees.

    Args:
        first: First leaf; a multiple of the largest power of two that fits.
        last: Leaf after the range.
        node: Gives the hash of the full subtree of ``2**height`` leaves with an index:
            ``node(height, index)``.

    Returns:
        32 bytes.
    """
    parts = []
    while first < last:
        height = (last - first).bit_length() - 1
        parts.append(node(height, first >> height))
        first += 1 << height
    right = parts.pop()
    while parts:
        right = node_hash(parts.pop(), right)
    return right


def root_by_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """Give the root that an inclusion proof leads to, or None when it has the wrong form.

    Args:
        index: Index of the leaf.
        size: Number of leaves of the tree.
        leaf: Hash of the leaf.
        proof: Hashes from the leaf's sibling up.

    Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or any(len(hash_) != HASH_BYTES for hash_ in (leaf, *proof)):
        return None
    here, edge, root = index, size - 1, leaf
    for beside in proof:
        if edge == 0:
            return None
        if here & 1 or here == edge:
            root = node_hash(beside, root)
            while not here & 1 and here:
                here, edge = here >> 1, edge >> 1
        else:
            root = node_hash(root, beside)
        here, edge = here >> 1, edge >> 1
    return root if edge == 0 else None


def roots_by_consistency(
    old: int, new: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """Give the two roots that a consistency proof leads to, or None when it has the wrong form.

    Args:
        old: Number of leaves of the earlier tree, at least 1 and below ``new``.
        new: Number of leaves of the later tree.
        old_root: Root of the earlier tree, used where the proof leaves it out.
        proof: Hashes in RFC order.

    Returns:
        Root of the earlier and of the later tree as the proof has them.

    Source: RFC 9162, section 2.1.4.2.
    """
    if not 0 < old < new or any(len(hash_) != HASH_BYTES for hash_ in (old_root, *proof)):
        return None
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return None
    here, edge = old - 1, new - 1
    while here & 1:
        here, edge = here >> 1, edge >> 1
    before = after = path[0]
    for beside in path[1:]:
        if edge == 0:
            return None
        if here & 1 or here == edge:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not here & 1 and here:
                here, edge = here >> 1, edge >> 1
        else:
            after = node_hash(after, beside)
        here, edge = here >> 1, edge >> 1
    return (before, after) if edge == 0 else None


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that a leaf hash is at an index of the tree with this root."""
    return root_by_inclusion(index, size, leaf, proof) == root


def extends(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the later tree begins with the whole earlier one.

    Args:
        old: Size and root of the earlier tree. A proof from an empty tree would say nothing, so
            there is none: with size 0 the answer is False.
        new: Size and root of the later tree.
        proof: Hashes in RFC order; empty when the sizes are equal.
    """
    if old[0] == new[0] > 0:
        return not proof and old[1] == new[1]
    return roots_by_consistency(old[0], new[0], old[1], proof) == (old[1], new[1])


def _split(size: int) -> int:
    """Give the largest power of two smaller than a size of at least 2."""
    return 1 << ((size - 1).bit_length() - 1)
