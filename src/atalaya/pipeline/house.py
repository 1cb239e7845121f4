"""An observatory opened for a run: where it lies, what it declares, its archive and its log."""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.log import Log, SigningKey
from atalaya.model.declarations import SourceDeclaration
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
    """

    folder: Folder
    settings: Settings
    declarations: tuple[SourceDeclaration, ...]
    monitors: tuple[MonitorDeclaration, ...]
    store: CaptureStore
    log: Log


def open_log(folder: Folder) -> Log:
    """Open the observatory's log for writing, with its key."""
    return Log.open(folder.log, SigningKey.load(folder.keys / LOG_KEY))
