"""The shelf: the latest release, opened once and again when a newer one is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from atalaya.evidence.heartbeat import Heartbeat, last_beat
from atalaya.model.settings import Folder
from atalaya.publishing.disk import pointed
from atalaya.publishing.opening import LATEST, Release
from atalaya.publishing.proving import Archive
from atalaya.publishing.site import Edition, Site
from atalaya.publishing.site.drawing import Drawings
from atalaya.publishing.site.viewing import Names, ReleaseView
from atalaya.publishing.site.views.why import Explain
from atalaya.publishing.site.visits import Silence
from atalaya.publishing.why import explain

Latest = Callable[[], ReleaseView]
"""Opens the latest release; raises ``WrongUse`` when there is none."""


class Shelf:
    """Gives the pages of the latest release.

    Args:
        name: Name of the observatory.
        latest_name: Gives the name of the latest release, cheaply.
        latest: Opens it.
        names: Names from the registers.
        explain: Makes the function that explains a release's cells.
        last_run: Gives the end of the latest run, or None where none is known.
    """

    def __init__(
        self,
        name: str,
        latest_name: Callable[[], str],
        latest: Latest,
        names: Names,
        explain: Callable[[ReleaseView], Explain],
        last_run: Callable[[], Heartbeat | None] = lambda: None,
    ) -> None:
        self._name, self._latest_name, self._latest = name, latest_name, latest
        self._names, self._explain, self._last_run = names, explain, last_run
        self._drawings = Drawings()
        self._opening = Lock()
        self._site: Site | None = None

    def silence(self, now: datetime) -> Silence | None:
        """Say whether runs have stopped: one failed, or the next is long overdue."""
        last = self._last_run()
        if last is None or not (last.problem or last.overdue(now)):
            return None
        return Silence(datetime.fromisoformat(last.ended_at).date(), bool(last.problem))

    def site(self) -> Site:
        """Give the pages of the latest release, opening it when it is new.

        Raises:
            WrongUse: Nothing has been released yet.
        """
        with self._opening:
            if self._site is None or self._site.edition.release.name != self._latest_name():
                release = self._latest()
                self._site = Site(
                    Edition(release, self._names),
                    self._name,
                    self._explain(release),
                    self._drawings,
                    templates=("atalaya.web",),
                )
            return self._site


def released_shelf(
    folder: Folder, name: str, names: Names, archive: Callable[[], Archive]
) -> Shelf:
    """Give the shelf of an observatory's releases.

    Args:
        folder: The observatory.
        name: Its name.
        names: Names from the registers.
        archive: Opens the evidence, so that trees show bytes checked at the moment of asking.
    """

    def latest() -> Release:
        return Release.open(folder.releases)

    def latest_name() -> str:
        return pointed(folder.releases / LATEST) or latest().name

    def explained(release: ReleaseView) -> Explain:
        opened = Release.open(release.path)
        return lambda reference: explain(reference, opened, archive())

    return Shelf(name, latest_name, latest, names, explained, lambda: last_beat(folder.tables))
