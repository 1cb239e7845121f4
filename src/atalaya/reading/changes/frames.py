"""Which parts of a web page are its frame, which run on in a line, and which nobody sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UNSHOWN = _set(
    "script style noscript template svg iframe object canvas audio video select option "
    "datalist button input textarea meta link base"
)
INLINE = _set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark "
    "nobr output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr "
    "picture source map area"
)
"""Elements that part no words from those around them."""
_ROLES = _set("navigation banner contentinfo search menu menubar")
# Words in the class or identifier of a part that is the frame of a page on most sites. Parts that
# may hold what a page says, such as an aside, are not among them.
_FRAME = _set(
    "nav navbar navigation menu breadcrumb breadcrumbs cookie cookies consent pagination "
    "pager skiplink share sharing social toolbar topbar masthead"
)
_NOT = _set("no has with without hide is")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT = _set("main article")
_NEVER = _set("html body table tr main article form")


def unshown(element: HtmlElement, name: str) -> bool:
    """Whether a reader does not see a part."""
    if name in _UNSHOWN or not name or element.get("hidden") is not None:
        return True
    return element.get("aria-hidden") == "true" or bool(_HIDDEN.search(element.get("style") or ""))


def is_frame(element: HtmlElement, name: str) -> bool:
    """Whether a part is the frame of the page: by what it is, or by what it is called."""
    if name == "nav" or (element.get("role") or "").lower() in _ROLES:
        return True
    if name in ("footer", "header"):
        inside = any(one.tag in _KEPT for one in element.iterancestors())
        return not inside and element.find(".//h1") is None
    if name in _NEVER or not _called(element):
        return False
    return element.find(".//h1") is None and not any(element.iter("main", "article"))


def _called(element: HtmlElement) -> bool:
    for said in (element.get("class"), element.get("id")):
        for name in (said or "").split():
            words = [word.lower() for word in _WORDS.findall(name)]
            for at, word in enumerate(words):
                if word in _FRAME and (at == 0 or words[at - 1] not in _NOT):
                    return True
    return False
