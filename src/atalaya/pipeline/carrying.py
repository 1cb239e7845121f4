"""What an alarm on a parent says of its children: who carries it, and whose doubt it shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from atalaya.findings.signals import CARRIED
from atalaya.pipeline.defects import Doubts
from atalaya.pipeline.watched import Pooled
from atalaya.registers import substances, territories
from atalaya.series.panel import Panel
from atalaya.series.parents import FAMILY
from atalaya.series.pooling import RECENT, carriers


@dataclass(frozen=True, slots=True, eq=False)
class Carriers:
    """Finishes the verdicts on parents.

    Args:
        pool: The parents with their children.
        doubts: Which alarms may come of a change in testing: a parent shares its carrier's.
        looks_back: Observed periods that a verdict of the detector rests on.
    """

    pool: Pooled
    doubts: Doubts
    looks_back: int

    def of(self, panel: Panel) -> Callable[[Mapping[str, object]], dict[str, object]]:
        """Give what finishes the verdicts of a panel of parents and children."""
        place = {key: row for row, key in enumerate(panel.series)}
        carrying = {
            parent: carriers(
                panel,
                np.array([place[key] for key in below if key in place], np.intp),
                min(RECENT, self.looks_back),
            )
            for parent, below in self.pool.members.items()
            if parent in place
        }
        names = self._names()
        periods = {str(panel.first + step): step for step in range(panel.n_periods)}

        def finished(verdict: Mapping[str, object]) -> dict[str, object]:
            if not verdict["alarm"]:
                return dict(verdict)
            row = carrying[str(verdict["series"])][periods[str(verdict["period"])]]
            child = panel.series[row]
            doubted = self.doubts.add_to({**verdict, "series": child})
            reason = f"{doubted['reason']}{CARRIED}{names[child]}"
            return dict(verdict) | {"reason": reason}

        return finished

    def _names(self) -> dict[str, str]:
        """Name each child by what sets it apart from its siblings: its substance, or its place."""
        columns = ("series", "subject", "territory")
        rows = self.pool.series.group_by(list(columns)).aggregate([]).to_pylist()
        subject = {row["series"]: row["subject"] for row in rows}
        family = any(subject[parent].startswith(FAMILY) for parent in self.pool.members)
        return {
            row["series"]: _name(row["subject"] if family else row["territory"]) for row in rows
        }


def _name(identifier: str) -> str:
    if identifier.startswith("territory:"):
        return territories.load().get(identifier).name
    known = substances.load().known(identifier)
    return identifier.partition(":")[2] if known is None else known.name
