"""Brings tables and doubts up to date after a retraction, without fetching and without a release.

Whoever serves the site, follows alerts up or looks at the queue reads ``tables/``: they learn at
once that an alert is in doubt, or out of it, and not only from the next run.
"""

from __future__ import annotations

from datetime import datetime

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.sources import load_sources
from atalaya.findings.alerts.doubts import Doubt
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.doubting import find_doubts
from atalaya.pipeline.house import House, open_log
from atalaya.pipeline.monitoring import load_monitors
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.rebuilding import table_steps
from atalaya.pipeline.reviewing import decisions_of, struck_evidence
from atalaya.pipeline.signalling import known_signals


def recount(
    folder: Folder, settings: Settings, progress: Progress, now: datetime
) -> tuple[Doubt, ...]:
    """Read, count and judge what is archived, and find the alerts that are in doubt.

    Args:
        folder: The observatory.
        settings: Its settings.
        progress: Is told how far each step is.
        now: The present moment.

    Returns:
        Every doubt there is or was.

    Raises:
        LookAtThis: A declaration or a rule needs somebody.
        StopEverything: A decision is nobody's, or evidence is not what the log says.
    """
    house = House(
        folder,
        settings,
        load_sources(folder.sources),
        load_monitors(folder.monitors),
        CaptureStore(folder.evidence),
        open_log(folder),
        struck_evidence(folder, settings),
    )
    for _step, work in table_steps(house):
        work(progress)
    with decisions_of(folder, settings) as decisions:
        return find_doubts(house, known_signals(folder), decisions, now)
