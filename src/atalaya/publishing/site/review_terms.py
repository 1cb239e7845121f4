"""Names of where a signal stands with its reviewers, and of what they can do with it."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

REVIEW_TERMS: Final = {
    # states of a signal
    "unreviewed": _("not reviewed by a person – not an alert"),
    "triaged": _("being looked at by a person – not an alert"),
    "monitored": _("kept in sight by a person – not an alert"),
    "confirmed": _("confirmed by a person – not an alert"),
    "waiting": _("signed by one person, waiting for a second – not an alert"),
    "dismissed": _("dismissed by a person"),
    "alert": _("alert, signed by a person"),
    "withdrawn": _("withdrawn"),
    "expired": _("expired alert"),
    # what a reviewer does
    "triage": _("Take up for triage"),
    "monitor": _("Keep in sight"),
    "confirm": _("Confirm"),
    "dismiss": _("Dismiss"),
    "sign": _("Sign as an alert"),
    "countersign": _("Countersign"),
    "return": _("Send back"),
    "withdraw": _("Withdraw"),
    "expire": _("End the alert"),
    # what is new about a signal
    "first ever": _("first ever"),
    "first in place": _("first in this place"),
    "returned": _("returned after a year of silence"),
    "growing": _("growing"),
    # parts of a rank
    "excess": _("Excess over what was expected"),
    "severity": _("Severity of what is counted"),
    "independent": _("Independent evidence"),
    "growth": _("Growth"),
    "novelty": _("What is new"),
    # why a past signal is like another
    "same-here": _("same substance, same place, earlier"),
    "substance-elsewhere": _("same substance elsewhere"),
    "family-here": _("same family, same place"),
    "same-start": _("same kind of start"),
}
