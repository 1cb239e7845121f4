"""Names of the kinds of issues, so that pages show words and not slugs."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

ISSUE_KINDS: Final = {
    "evidence-reinstated": _("evidence that counts again"),
    "broken-row": _("a row that cannot be used"),
    "delimiter": _("another delimiter than expected"),
    "tag-row": _("a row of tags under the heading"),
    "doubtful-substance": _("a substance's name that is not certain"),
    "doubtful-territory": _("a territory's name that is not certain"),
    "free-text": _("free text in which persons may be named"),
    "unknown-substance": _("a substance that is not in the register"),
    "unknown-territory": _("a territory that is not in the register"),
    "read-refused": _("a document that cannot be read"),
    "fetch-refused": _("an address that gives nothing usable"),
    "fetch-later": _("an address that did not answer"),
    "not-counted-unverified": _("not verified, so not counted"),
    "not-counted-unresolved": _("subject or territory unknown, so not counted"),
    "not-counted-territory": _("no territory named, so not counted"),
    "not-counted-unit": _("no unit named, so not counted"),
    "linked-not-bundled": _("may not be passed on: linked, not bundled"),
    "totals-disagree": _("totals that disagree"),
    "broken-link": _("a broken link at the publisher"),
    "series-break": _("a break in the series"),
    "testing-change": _("a change in testing or reporting"),
    "not-attributed": _("amounts attributed to nobody"),
    "dead-feed": _("a feed that has stopped"),
    "panel-change": _("a change in what is tested for"),
    "volume-step": _("a step in how many are examined"),
    "intake-refused": _("an original that is sealed and from which nothing was read"),
}
