"""Words of source health: how a source stands, and how its volume is."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

HEALTH_TERMS: Final = {
    "health-fine": _("in order"),
    "health-late": _("late"),
    "health-failing": _("gives nothing now"),
    "health-silent": _("gave nothing yet"),
    "health-shipped": _("ships with the software"),
    "volume-usual": _("as usual"),
    "volume-few": _("fewer than usual"),
    "volume-many": _("more than usual"),
}
