"""The door: any payload as a document, by what its bytes are rather than what they are called."""

from __future__ import annotations

from atalaya.model.records import Issue
from atalaya.model.sentences import sentence
from atalaya.reading.documents.decoding import decode
from atalaya.reading.documents.document import TextDocument, trouble
from atalaya.reading.documents.language import identify
from atalaya.reading.documents.papers import paper
from atalaya.reading.documents.unpacking import unpack
from atalaya.reading.documents.webpages import page

_PDF_WITHIN = 1024  # bytes before its mark that a PDF may begin with


def read(payload: bytes, media_type: str, address: str) -> TextDocument:
    """Read a payload.

    Args:
        payload: Bytes as received; gzip is unpacked.
        media_type: As declared by its sender; may be empty or wrong.
        address: Where it came from, for issues.

    Returns:
        The document. What is empty, packed, too large or no text has an issue and no text.
    """
    if b"%PDF-" in payload[:_PDF_WITHIN]:
        return paper(payload, address)
    unpacked, issues = unpack(payload, address)
    if not unpacked.strip():
        return TextDocument("", issues=issues or (_empty(address),))
    if media_type.partition(";")[0].strip().lower() == "text/plain":
        return _plain_text(unpacked, media_type, address)
    found = page(unpacked, media_type, address)
    if not issues:
        return found
    return TextDocument(
        found.text, found.title, found.published, found.language, issues=(*issues, *found.issues)
    )


def _plain_text(payload: bytes, media_type: str, address: str) -> TextDocument:
    text, issues = decode(payload, media_type, address)
    text = text.strip()
    if not text:
        issues = (*issues, _empty(address))
    return TextDocument(text, language=identify(text), issues=issues)


def _empty(address: str) -> Issue:
    says = sentence("the answer is empty")
    return trouble("no-text", says, sentence("fetch it again later"), address)
