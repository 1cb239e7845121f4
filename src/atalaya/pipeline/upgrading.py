"""Brings an older observatory's files to this version; evidence and log never need it."""

from __future__ import annotations

import shutil

from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.reviewing import decisions_of
from atalaya.pipeline.steps import Steps


def upgrade(folder: Folder, settings: Settings) -> tuple[str, ...]:
    """Upgrade what can be upgraded, and say what was done.

    Decisions are migrated in place, without loss. Tables of another version are removed: the next
    run rebuilds them from the evidence. Evidence (WARC) and log (tlog-tiles) are standard formats
    that no version changes.

    Returns:
        One line for each thing done; none when nothing was to do.

    Raises:
        LookAtThis: The decisions were written by a newer version; nothing was changed.
    """
    done = []
    with decisions_of(folder, settings) as store:
        if store.upgraded:
            done.append(f"decisions: schema {store.upgraded}")
    if folder.tables.exists() and not Steps.of_this_version(folder.tables):
        shutil.rmtree(folder.tables)
        done.append("tables: removed; the next run rebuilds them from the evidence")
    return tuple(done)
