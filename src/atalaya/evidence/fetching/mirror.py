"""A folder from which addresses are replayed, offline.

The layout is the one that ``wget --force-directories`` writes: the host (with ``:port`` when it is
not the scheme's own), then the path, ``index.html`` where the path ends in a slash, and ``?query``
as it stands, its slashes written ``%2F``. ``package:<slug>/<path>`` lies at
``package/<slug>/<path>``. An address too long for a file name, or whose path is also a folder, may
lie at ``by-sha256/<SHA-256 of the address>``. The scheme is not part of the layout.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from atalaya.evidence.addresses import Address, PackageAddress
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.identifiers import sha256_hex
from atalaya.model.sentences import sentence

_READABLE = 250  # most file systems hold names of at most 255 bytes


def mirror_paths(address: Address) -> tuple[str, ...]:
    """Give where an address may lie in a mirror, relative to its folder, first choice first.

    Args:
        address: A checked address.

    Returns:
        Relative paths with forward slashes; none climbs out of the folder.

    >>> from atalaya.evidence.addresses import parse_address
    >>> mirror_paths(parse_address("https://example.org/data/a%20b.csv?y=2024"))[0]
    'example.org/data/a b.csv?y=2024'
    """
    hashed = f"by-sha256/{sha256_hex(address.text.encode())}"
    if isinstance(address, PackageAddress):
        return (f"package/{address.slug}/{address.path}", hashed)
    query = f"?{address.query.replace('/', '%2F')}" if address.query else ""
    found = []
    for path in dict.fromkeys([unquote(address.path, errors="replace"), address.path]):
        name = path + ("index.html" if path.endswith("/") else "") + query
        segments = [segment for segment in name.split("/") if segment]
        if all(_harmless(segment) for segment in segments):
            found.append("/".join([address.netloc, *segments]))
    return (*found, hashed)


def _harmless(segment: str) -> bool:
    plain = segment not in {".", ".."} and "\\" not in segment and segment.isprintable()
    return plain and len(segment.encode()) <= _READABLE


def from_mirror(folder: Path, address: Address, max_bytes: int) -> bytes:
    """Read what a mirror holds for an address.

    Args:
        folder: The mirror.
        address: A checked address.
        max_bytes: A longer file is refused before it is read.

    Returns:
        The file's bytes.

    Raises:
        BadInput: The mirror is not a folder.
        LookAtThis: It holds nothing for the address, or the file is too long or lies outside.
    """
    if not folder.is_dir():
        raise BadInput(
            sentence("the mirror named in [fetching] is not a folder"),
            why="with a mirror set nothing is asked from the network",
            do=sentence("create it, or remove `mirror` to ask the network"),
            where=Place(str(folder)),
        )
    root = folder.resolve()
    paths = mirror_paths(address)
    file = next((root / path for path in paths if (root / path).is_file()), None)
    if file is None:
        raise LookAtThis(
            sentence("the mirror holds nothing for {address}", address=address.text),
            why="with a mirror set nothing is asked from the network",
            do=sentence(
                "save it there as {path}, or remove `mirror` to ask the network",
                path=str(paths[0]),
            ),
            where=Place(str(folder)),
        )
    if not file.resolve().is_relative_to(root):
        raise LookAtThis(
            sentence("{path} is a link that leads out of the mirror", path=str(paths[0])),
            do=sentence("put the file itself there"),
            where=Place(str(file)),
        )
    size = file.stat().st_size
    if size > max_bytes:
        raise LookAtThis(
            sentence(
                "the file has {size} bytes, more than the {most} its source expects",
                size=size,
                most=max_bytes,
            ),
            do=sentence("check the file; raise expect.max_bytes in source.toml if it is right"),
            where=Place(str(file)),
        )
    try:
        return file.read_bytes()
    except OSError as error:
        raise LookAtThis(
            sentence("the file cannot be read: {fault}", fault=error.strerror or str(error)),
            do=sentence("make it readable"),
            where=Place(str(file)),
        ) from error
