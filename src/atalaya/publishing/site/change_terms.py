"""Words of the changes of followed pages: what happened, to what, and why it is not told."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

CHANGE_TERMS: Final = {
    "added": _("added"),
    "removed": _("removed"),
    "changed": _("changed"),
    "moved": _("moved"),
    "aside": _("no change of content"),
    "more": _("further changes that are not listed"),
    "withheld": _("withheld"),
    "unread": _("changed, and could not be compared"),
    # to what
    "unit-heading": _("heading"),
    "unit-sentence": _("sentence"),
    "unit-item": _("item of a list"),
    "unit-row": _("row of a table"),
    "unit-cell": _("cell of a table"),
    # what is no change of content
    "aside-layout": _("layout: markup, spaces, order of rows"),
    "aside-navigation": _("navigation, banners and footers"),
    "aside-dates": _("dates of printing and updating"),
    "aside-tokens": _("identifiers of sessions and counters"),
    # why words are not told
    "because-about-people": _("its pages are about people: only that they changed is told"),
    "because-licence": _("its licence does not allow its words to be passed on"),
    "because-R2": _("the words hold what rule R2 keeps out of everything published"),
    "because-R4": _("the words hold what rule R4 keeps out of everything published"),
    "because-R5": _("the words hold what rule R5 keeps out of everything published"),
    "because-binary": _("one of the versions is no text"),
    "because-pdf-without-text": _("one of the versions is a PDF without text"),
    "because-another-format": _("the two versions are of different formats"),
}
