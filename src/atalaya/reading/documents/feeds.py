"""An item of a feed as a document: its title, and its summary without markup."""

from __future__ import annotations

from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.reading.documents.document import TextDocument, trouble
from atalaya.reading.documents.language import identify
from atalaya.reading.documents.metadata import iso, plain


def item(title: str, summary: str, published: str | None, address: str) -> TextDocument:
    """Read an item.

    Args:
        title: As the feed gives it, with or without markup.
        summary: Likewise.
        published: As the feed gives it; None where it does not.
        address: Of the item, for issues.

    Returns:
        The document; a summary that only repeats the title is no text.

    >>> item("Fentanyl <b>alert</b>", "<p>Strips found it.</p>", None, "feed").text
    'Strips found it.'
    """
    heading, text = _bare(title), _bare(summary)
    if text == heading:
        text = ""
    issues: tuple[Issue, ...] = ()
    if not heading and not text:
        says = sentence("this item of the feed is empty")
        issues = (trouble("no-text", says, sentence("nothing, unless it stays so"), address),)
    when = iso(published) if published else None
    return TextDocument(text, heading, when, identify(f"{heading}. {text}"), issues=issues)


def _bare(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return plain(markup)
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return plain(markup)
    etree.strip_elements(root, "script", "style", "iframe", with_tail=False)
    return plain(" ".join(root.itertext()))
