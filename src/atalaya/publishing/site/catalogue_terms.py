"""Words of the catalogue of sources: kinds of source, facts about one, and how often it speaks."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

CATALOGUE_TERMS: Final = {
    "group-international": _("International and regional bodies"),
    "group-early-warning": _("Early warning systems"),
    "group-drug-agency": _("Drug agencies and observatories"),
    "group-drug-checking": _("Drug-checking services"),
    "group-deaths": _("Deaths"),
    "group-health-alert": _("Health alerts"),
    "group-scheduling": _("Gazettes and scheduling notices"),
    "group-parliament": _("Parliaments"),
    "group-news": _("News"),
    "fact-homepage": _("page of the publisher"),
    "fact-address": _("address"),
    "fact-publisher": _("publisher"),
    "fact-licence": _("licence"),
    "fact-language": _("language"),
    "fact-cadence": _("how often"),
    "fact-gives": _("what it gives"),
    "cadence-daily": _("daily"),
    "cadence-weekly": _("weekly"),
    "cadence-monthly": _("monthly"),
    "cadence-quarterly": _("quarterly"),
    "cadence-yearly": _("yearly"),
    "cadence-once": _("once"),
    "cadence-irregular": _("when there is something to say"),
}
