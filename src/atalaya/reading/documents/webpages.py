"""A web page as a document: what it says about itself, and its main text without its surroundings.

A page that marks its text is read by ``blocks``; any other by trafilatura, which weighs everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.reading.documents.blocks import main_text
from atalaya.reading.documents.decoding import decode
from atalaya.reading.documents.document import TextDocument, trouble
from atalaya.reading.documents.language import Language, identify
from atalaya.reading.documents.metadata import Said, plain, said_by

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = 0.5  # how sure a page's own ``lang`` is, where its text is too short to tell
_WHOLE_BODY = 400  # characters: a shorter articleBody in JSON-LD is often a teaser


def page(payload: bytes, media_type: str, address: str) -> TextDocument:
    """Read a web page.

    Args:
        payload: Its bytes, unpacked.
        media_type: As its sender declared it; may be empty.
        address: Where it came from, for issues.

    Returns:
        The document; without text, and with an issue that says why, where none can be had.
    """
    text, issues = decode(payload, media_type, address)
    root = _parsed(text)
    if root is None:
        return TextDocument("", issues=(*issues, _no_text(address)))
    said = said_by(root)
    body = main_text(root) or _otherwise(text, said)
    if not body:
        issues = (*issues, _no_text(address))
    language = identify(body or said.title)
    if language.code is None and said.language is not None and (body or said.title):
        language = Language(said.language, _DECLARED)
    return TextDocument(body, said.title, said.published, language, issues=issues)


def _parsed(text: str) -> HtmlElement | None:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root.tag, str) else None


def _otherwise(text: str, said: Said) -> str:
    """Read a page that does not mark its text."""
    import trafilatura

    if len(said.body) >= _WHOLE_BODY and "<" not in said.body:
        return "\n\n".join(plain(one) for one in said.body.splitlines() if one.strip())
    try:
        found = trafilatura.extract(text, fast=True, include_comments=False)
    except (ValueError, RecursionError):  # lxml and its callers on pages made to break them
        return ""
    return found or ""


def _no_text(address: str) -> Issue:
    says = sentence("no main text was found on this page")
    do = sentence("open it in a browser: it may be empty, a list of links, or made by a script")
    return trouble("no-text", says, do, address)
