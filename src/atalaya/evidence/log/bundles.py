"""Entry bundles: up to 256 entries, each behind its length in two bytes; pure.

Source: C2SP tlog-tiles, "Log entries".
"""

from __future__ import annotations

from collections.abc import Sequence

from atalaya.model.errors import BadInput, Place

LONGEST_ENTRY = 65_535  # what two bytes of length can say


def encode(entries: Sequence[bytes]) -> bytes:
    r"""Write entries as a bundle.

    Args:
        entries: Entries of at most 65,535 bytes.

    Returns:
        For each entry its length (two bytes, big-endian) and its bytes.

    Raises:
        BadInput: An entry is too long for the format.

    >>> encode([b"one", b""])
    b'\x00\x03one\x00\x00'
    """
    for number, entry in enumerate(entries):
        if len(entry) > LONGEST_ENTRY:
            raise BadInput(
                f"entry {number} of the batch has {len(entry)} bytes; a log entry has at most "
                f"{LONGEST_ENTRY}",
                why="the bundle format keeps an entry's length in two bytes",
                do="log the hash of long content and keep the content itself in the archive",
            )
    return b"".join(part for entry in entries for part in (len(entry).to_bytes(2), entry))


def decode(bundle: bytes, width: int, name: str) -> list[bytes]:
    r"""Read the entries of a bundle.

    Args:
        bundle: Bytes of the bundle.
        width: Number of entries it must hold.
        name: Its path, for the error.

    Returns:
        ``width`` entries, in order.

    Raises:
        BadInput: The bytes end inside an entry, or hold fewer or more entries.

    >>> decode(b"\x00\x03one\x00\x00", 2, "tile/entries/000.p/2")
    [b'one', b'']
    """
    entries: list[bytes] = []
    at = 0
    while at < len(bundle) and len(entries) < width:
        end = at + 2 + int.from_bytes(bundle[at : at + 2])
        if end > len(bundle):
            break
        entries.append(bundle[at + 2 : end])
        at = end
    if at != len(bundle) or len(entries) != width:
        raise BadInput(
            f"this entry bundle must hold exactly {width} entries; {len(entries)} can be read, "
            f"up to byte {at} of {len(bundle)}",
            why="entries that cannot be read cannot be shown to be what was signed",
            do="restore the file from a backup or from a copy of the log",
            where=Place(name),
        )
    return entries
