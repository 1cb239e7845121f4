"""Which substances of a sheet are newly tested, and what that explains in its wider series."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from atalaya.detection.panel_starts import panel_starts
from atalaya.findings.sheets.found import Found
from atalaya.findings.sheets.judging import Judged
from atalaya.series.sheet_counts import Level

_SOON = 3  # periods within which a start is recognised: the first of many may alarm before


class NewlyTested:
    """When each substance of a sheet was newly tested, as its panels' starts say.

    A family, a place or a laboratory has a series of its own, in which such a substance looks new
    although nothing but the testing is, and that for as long as the silence before is looked back
    on: what is said of it rests on what its substances show.

    Args:
        judged: The panel by substance.
        family_of: Family of an identifier.
    """

    __slots__ = ("_counts", "_family_of", "_newly", "_rows")

    def __init__(self, judged: Judged, family_of: Callable[[str], str | None]) -> None:
        panel = judged.panel.panel
        begins, _ = panel_starts(panel).of(slice(None))
        self._newly = begins > 0
        self._counts = np.nan_to_num(panel.counts)
        self._rows = {key.subject: row for row, key in enumerate(judged.panel.keys)}
        self._family_of = family_of

    def explains(self, found: Found) -> bool:
        """Say whether every substance that an episode counts was newly tested in its time.

        Never of what the plain rule found: in a short history most of what is ever found begins.
        """
        if found.plainly:
            return False
        until = min(found.closing + _SOON, self._newly.shape[1] - 1) + 1
        rows = self._counted(found)
        return bool(rows) and all(self._newly[row, found.opening : until].any() for row in rows)

    def _counted(self, found: Found) -> list[int]:
        if found.key.level is not Level.FAMILY:
            return [self._rows[found.key.subject]]
        return [
            row
            for subject, row in self._rows.items()
            if self._family_of(subject) == found.key.subject
            and self._counts[row][found.window].any()
        ]
