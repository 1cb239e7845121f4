"""Names of the figures that the tables of bodies hold."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

BODY_TERMS: Final = {
    "held": _("events it held"),
    "on_record": _("events on record"),
    "as_organiser": _("as organiser"),
    "as_cohost": _("as co-host"),
    "sponsored": _("drafts sponsored"),
    "met": _("rows that say it was met"),
    "together": _("together"),
    "of": _("out of how many"),
    "because": _("why"),
    "names": _("names"),
    "times": _("times printed"),
    "organisation": _("organisation"),
    "country": _("country"),
}
