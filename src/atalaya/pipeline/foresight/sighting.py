"""Tokens for another system: what both saw can be found without showing what either saw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from atalaya.evidence.durable import refuse_unwritable
from atalaya.findings.foresight.shapes import Refused, moment_text
from atalaya.findings.foresight.tokens import TokenFile, common, token
from atalaya.model.errors import BadInput, Place, WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight.logs import log_of
from atalaya.pipeline.foresight.openings import Openings
from atalaya.pipeline.foresight.saying import Said
from atalaya.reading.missing import no_file

_KEY = re.compile(r"[0-9a-f]{64}")


def read_key(path: Path) -> bytes:
    """Read the key that two systems share: 64 hex digits.

    Raises:
        WrongUse: There is no such file.
        BadInput: It holds no such key. Not the file's words: they may be half of one.
    """
    if not path.is_file():
        raise no_file(path, f"make one, for the two of you alone: openssl rand -hex 32 > {path}")
    text = path.read_text("utf-8", errors="replace").strip()
    if not _KEY.fullmatch(text):
        raise BadInput(
            "this file holds no key of 64 lower-case hex digits",
            why="substances, regions and months are few: a key that can be guessed hides nothing",
            do=f"make one: openssl rand -hex 32 > {path}",
            where=Place(str(path)),
        )
    return bytes.fromhex(text)


def refuse_written(path: Path) -> None:
    """Refuse to write tokens over a file: a partner may hold it, and the log holds its hash.

    Nor where nothing can be written: tokens are logged before they are, and would be lost.

    Raises:
        WrongUse: There is such a file, or a link. Nothing has been sealed.
        TryLater: The folder takes no file. Nothing has been sealed.
    """
    if path.exists() or path.is_symlink():
        raise WrongUse(
            f"{path} is there already, and nothing was sealed",
            do="move it away, or name another file: --tokens tokens-2.json",
        )
    refuse_unwritable(path)


def make_tokens(folder: Folder, said: Said, key: bytes, now: datetime) -> TokenFile:
    """Make the tokens of what standing signals saw; what they name is kept, then they are logged.

    Where nothing stands the file is made and logged like any other.

    Args:
        folder: An observatory or a folder of sheets.
        said: What it says.
        key: The shared key.
        now: The present moment, UTC.
    """
    made = TokenFile.make(key, said.seen, moment_text(now))
    openings = Openings(folder)
    with openings.locked():
        log = log_of(folder)
        stamp = f"{now:%Y%m%dT%H%M%SZ}-{made.key_check[:8]}"  # for two partners in one second
        named = {token(key, one): list(one) for one in sorted(said.seen)}
        openings.write(f"tokens-{stamp}.json", named)
        log.append([made.entry])
    return made


def compare(one: Path, other: Path, folder: Folder | None) -> Iterator[dict[str, str]]:
    """Give what two systems both saw, named where the reader holds the openings.

    Args:
        one: A file of tokens.
        other: The other system's.
        folder: Where one of them was made, or None: then tokens stay nameless.

    Raises:
        WrongUse: A file does not exist.
        BadInput: A file is no file of tokens, or the two were made with different keys.
    """
    files = _tokens(one), _tokens(other)
    known = {} if folder is None else Openings(folder).sightings()
    try:
        both = common(*files)
    except Refused as error:
        raise BadInput(
            str(error), do="make both with the key you share", where=Place(str(other))
        ) from (error)
    for each in both:
        subject, territory, month = known.get(each, ("", "", ""))
        yield {"token": each[:16], "what": subject, "territory": territory, "month": month}


def _tokens(path: Path) -> TokenFile:
    if not path.is_file():
        raise no_file(path, "name a file that `atalaya seal --shared-key` wrote")
    try:
        return TokenFile.parse(json.loads(path.read_bytes()))
    except (ValueError, RecursionError, Refused) as error:
        raise BadInput(
            f"this is no file of tokens: {error}",
            do="give the file that `atalaya seal --shared-key` wrote, whole",
            where=Place(str(path)),
        ) from error
