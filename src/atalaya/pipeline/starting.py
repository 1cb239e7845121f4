"""Making a new observatory: the folder, its key, its log, and the starter's sources."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from atalaya.evidence.durable import sync_folder
from atalaya.evidence.log import Log, SigningKey
from atalaya.findings.decisions import DecisionStore
from atalaya.model.errors import Place, TryLater, WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline.house import LOG_KEY

_ORIGIN = "@ORIGIN@"


def start(root: Path, *, empty: bool) -> Folder:
    """Make a new observatory, whole or not at all.

    Args:
        root: The folder to make; it must not exist.
        empty: Without the starter's sources and monitors.

    Raises:
        WrongUse: The folder exists.
        TryLater: The disk refuses; nothing is left behind.
    """
    if root.exists():
        raise WrongUse(
            f"{root} exists; an observatory is never made over another folder",
            do="give another name, or work on the one there with `atalaya run`",
        )
    temporary = root.with_name(f".{root.name}.{os.getpid()}.tmp")
    try:
        _fill(Folder(temporary), empty=empty)
        temporary.replace(root)
        sync_folder(root.parent)
    except OSError as error:
        raise TryLater(
            f"the observatory could not be made: {error.strerror or error}",
            do="free disk space or give write permission, then run it again",
            where=Place(str(root)),
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return Folder(root)


def _fill(folder: Folder, *, empty: bool) -> None:
    for path in (folder.sources, folder.monitors, folder.evidence, folder.releases):
        path.mkdir(parents=True)
    folder.keys.mkdir(mode=0o700)
    starter = files("atalaya") / "starter"
    origin = new_origin()
    text = (starter / "observatory.toml").read_text("utf-8").replace(_ORIGIN, origin)
    folder.settings.write_text(text, "utf-8")
    if not empty:
        for path, source in _declared(starter):
            target = folder.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    key = SigningKey.generate(origin)
    key.save(folder.keys / LOG_KEY)
    Log.create(folder.log, origin, key)
    DecisionStore.at(folder.decisions).close()


def new_origin() -> str:
    """Give a log a name that no other log has."""
    return f"{secrets.token_hex(4)}.atalaya.example/log"


def _declared(starter: Traversable) -> Iterator[tuple[Path, Traversable]]:
    """The starter's declarations; its figures stay in the package, behind their addresses."""
    for monitor in (starter / "monitors").iterdir():
        if monitor.name.endswith((".toml", ".csv")):
            yield Path("monitors") / monitor.name, monitor
    for source in (starter / "sources").iterdir():
        declaration = source / "source.toml"
        if declaration.is_file():
            yield Path("sources") / source.name / "source.toml", declaration
