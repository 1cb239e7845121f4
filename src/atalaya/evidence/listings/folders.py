"""A folder of files in a source's own folder: what somebody put there by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from atalaya.evidence.addresses import parse_folder
from atalaya.evidence.listings.items import MOST, Found, Listed
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.listings import FOLDER, Listing
from atalaya.model.sentences import sentence

# By the ending of a name; what ends otherwise is left out, and counted.
_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def read_folder(listing: Listing, home: Path) -> tuple[Found, dict[str, Path]]:
    """List a folder's files, in its folders too, by name.

    Args:
        listing: Its address names the folder.
        home: The source's own folder.

    Returns:
        The files of declared kinds, dated by when they were last written; and where each one is.

    Raises:
        LookAtThis: There is no such folder, or it is a link that leads out of the source's own.
    """
    folder = home / parse_folder(listing.address).path
    if not folder.is_dir() or not folder.resolve().is_relative_to(home.resolve()):
        raise LookAtThis(
            sentence("there is no such folder"),
            why="nothing can be taken from it",
            do=sentence("make it in the source's own folder and put the files there"),
            where=Place(listing.address),
        )
    items: list[Listed] = []
    places: dict[str, Path] = {}
    left_out = 0
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(home).parts
        if not path.is_file() or any(one.startswith(".") for one in parts):
            continue
        kind = _TYPES.get(path.suffix.lower(), "")
        if kind not in listing.item_types or path.is_symlink() or len(items) >= MOST:
            left_out += 1
            continue
        address = FOLDER + "/".join(quote(one, safe="") for one in (home.name, *parts))
        written = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        items.append(Listed(address, path.name, None, written, entry_type=kind))
        places[address] = path
    return Found(tuple(items), left_out=left_out), places
