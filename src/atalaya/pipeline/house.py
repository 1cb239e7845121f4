"""An observatory opened for a run: where it lies, what it declares, its archive and its log."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.log import Log, SigningKey
from atalaya.findings.reinstatements import Struck, standing
from atalaya.findings.retractions import Retraction
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import Place, StopEverything
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.settings import Folder, Settings

LOG_KEY = "log.key"


@dataclass(frozen=True, slots=True)
class House:
    """What reviewing and releasing look at.

    Args:
        folder: Where the observatory lies.
        settings: Its settings.
        declarations: Its sources.
        monitors: Its monitors.
        store: Its archive.
        log: Its transparency log.
        struck: The evidence that reviewers retracted, and what became of it.
    """

    folder: Folder
    settings: Settings
    declarations: tuple[SourceDeclaration, ...]
    monitors: tuple[MonitorDeclaration, ...]
    store: CaptureStore
    log: Log
    struck: tuple[Struck, ...] = ()

    @property
    def retracted(self) -> tuple[Retraction, ...]:
        """The retractions that nobody took back."""
        return standing(self.struck)


def open_log(folder: Folder) -> Log:
    """Open the observatory's log for writing, with its key.

    Raises:
        StopEverything: The log is gone.
        LookAtThis: The signing key is.
    """
    verifier_key(folder)
    return Log.open(folder.log, SigningKey.load(folder.keys / LOG_KEY))


def verifier_key(folder: Folder) -> str:
    """Give the key the observatory's log is checked with.

    Raises:
        StopEverything: The log is gone: there is nothing to check the rest against.
    """
    path = folder.log / "vkey"
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StopEverything(
            f"the log cannot be read: {error}",
            why="without it nothing shows that evidence and releases are as they were",
            do="restore the folder log/ from a backup; never begin a new log in its place",
            where=Place(str(path)),
        ) from error
