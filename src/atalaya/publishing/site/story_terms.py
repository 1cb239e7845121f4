"""Words of stories: what is taken out of texts before they are kept, and what a row is."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _

STORY_TERMS: Final = {
    "story": _("story, read by machine"),
    "withheld-name": _("names of private persons"),
    "withheld-age": _("ages beside a place"),
    "withheld-address": _("addresses"),
    "withheld-plate": _("number plates"),
    "withheld-phone": _("telephone numbers"),
    "withheld-handle": _("names of accounts"),
    "withheld-id": _("numbers of documents of persons"),
    "withheld-birth": _("dates of birth"),
    "withheld-making": _("sentences on making a drug"),
    "withheld-hiding": _("sentences on hiding a drug"),
    "withheld-dosing": _("sentences on dosing a drug"),
    "withheld-price": _("street prices"),
    "withheld-unread-script": _("whole texts in a script that is not read"),
    "withheld-no-text": _("texts without words, so that only their title was read"),
    "withheld-market": _("offers of a drug"),
    "stories": _("Stories"),
    "texts": _("Texts"),
    "candidates": _("Names that wait for a person"),
}
