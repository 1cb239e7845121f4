"""Files that ship with Atalaya: what ``package:<slug>/<path>`` names.

They lie in ``atalaya/starter/sources/<slug>/<path>``, in a folder or inside a wheel.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from atalaya.evidence.addresses import PackageAddress, parse_address
from atalaya.model.errors import LookAtThis, Place, WrongUse
from atalaya.model.sentences import sentence

Packaged = Callable[[str], bytes]


def packaged(address: str) -> bytes:
    """Read a file that ships with Atalaya.

    Args:
        address: ``package:<slug>/<path>``.

    Returns:
        Its bytes.

    Raises:
        BadInput: The path could lead out of the source's folder.
        WrongUse: It is a web address.
        LookAtThis: No such file ships with this version.
    """
    parts = parse_address(address)
    if not isinstance(parts, PackageAddress):
        raise WrongUse(
            sentence("{address!r} is not a package address", address=address),
            do=sentence("write package:<slug>/<path>"),
        )
    found = files("atalaya").joinpath("starter", "sources", parts.slug, *parts.path.split("/"))
    try:
        return found.read_bytes()
    except OSError as error:
        raise LookAtThis(
            sentence("no such file ships with this version of Atalaya"),
            why="the source cannot be read without it",
            do=sentence(
                "check the spelling of the address, or install a version that has the file"
            ),
            where=Place(address),
        ) from error
