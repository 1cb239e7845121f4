"""Whether an answer is of the kind its source declares, judged before it becomes evidence.

A page that says "we have moved" under the address of a table would otherwise be archived as that
table, and its absence of rows be read as an absence of events.
"""

from __future__ import annotations

import json
import re

from atalaya.model.errors import LookAtThis, Place
from atalaya.model.sentences import sentence

# What servers answer for anything they have no better name for; the content is then looked at.
ANYTHING = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download"}
)
# Names in use for one thing. The first is the registered one (IANA media types).
_SAME = (
    frozenset(
        {
            "text/csv",
            "application/csv",
            "text/x-csv",
            "text/comma-separated-values",
            "text/tab-separated-values",
            "text/plain",
            "application/vnd.ms-excel",  # what Windows servers answer for .csv
            "application/vnd.sdmx.data+csv",
        }
    ),
    frozenset({"application/json", "text/json", "application/ld+json", "text/plain"}),
    frozenset({"application/jsonl", "application/x-ndjson", "application/x-jsonlines"})
    | {"application/json", "text/plain"},
    frozenset({"application/xml", "text/xml", "text/plain"}),
    frozenset({"application/vnd.sdmx.genericdata+xml", "application/xml", "text/xml"}),
    frozenset({"application/vnd.sdmx.structurespecificdata+xml", "application/xml", "text/xml"}),
    frozenset({"text/html", "application/xhtml+xml"}),
    frozenset({"application/zip", "application/x-zip-compressed"}),
)
# A comment is taken whole or not at all: where it could end at any later "-->" too, a body of some
# hundred empty comments would be tried in every division of them.
_HTML = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*|(?><\?xml.*?\?>)\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SOMETHING = re.compile(rb"[^\xef\xbb\xbf\r\n\t \x00]")
_BEGINS = {
    "application/pdf": (b"%PDF-",),
    "application/zip": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "application/vnd.oasis.opendocument.spreadsheet": (b"PK\x03\x04",),
    "application/gzip": (b"\x1f\x8b",),
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LOOKED_AT = 4_096  # a page says what it is in its first lines


def check_content(payload: bytes, answered: str, declared: str, address: str) -> None:
    """Refuse an answer that is not of the declared kind.

    Args:
        payload: The body, without content encoding.
        answered: Media type as answered, without parameters; empty when none was.
        declared: Media type as declared.
        address: The address, for the error.

    Raises:
        LookAtThis: The body is empty, is a web page where something else is declared, has another
            media type, or does not begin as files of the declared kind do.
    """
    declared = bare(declared)
    fault = (
        _empty(payload)
        or _page(payload, declared)
        or _other_type(answered, declared)
        or _other_start(payload, declared)
    )
    if fault:
        raise LookAtThis(
            fault,
            why="what is archived under a source must be what the source declares",
            do=sentence(
                "open the address: if it moved, correct it in source.toml; if it is right as it "
                "is, correct media_type"
            ),
            where=Place(address),
        )


def kind_of(payload: bytes, answered: str, kinds: tuple[str, ...]) -> str:
    """Give the one of several media types that an answer is; the first where it is none of them.

    Args:
        payload: The body.
        answered: Media type as answered, without parameters; empty when none was.
        kinds: What it may be.
    """
    if len(kinds) > 1 and answered not in ANYTHING:
        named = [one for one in kinds if not _other_type(answered, bare(one))]
        return named[0] if named else kinds[0]
    begins = [one for one in kinds if payload.startswith(_BEGINS.get(bare(one), (b"\0\0",)))]
    pages = [one for one in kinds if bare(one) in _PAGES and _HTML.match(payload[:_LOOKED_AT])]
    fitting = [one for one in kinds if not _other_start(payload, bare(one))]
    return next(iter([*begins, *pages, *fitting]), kinds[0])


def bare(media_type: str) -> str:
    """Give a media type in lower case without its parameters.

    >>> bare("Text/CSV; charset=utf-8")
    'text/csv'
    """
    return media_type.split(";", maxsplit=1)[0].strip().lower()


def _empty(payload: bytes) -> str:
    if _SOMETHING.search(payload):
        return ""
    return sentence("the body is empty ({length} bytes)", length=len(payload))


def _page(payload: bytes, declared: str) -> str:
    start = payload[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if declared in _PAGES or not _HTML.match(start):
        return ""
    return sentence(
        "the answer is a web page (HTML) where {declared} is declared", declared=declared
    )


def _other_type(answered: str, declared: str) -> str:
    if answered in ANYTHING or answered == declared:
        return ""
    if any(answered in names and declared in names for names in _SAME):
        return ""
    return sentence(
        "the server answers {answered} where {declared} is declared",
        answered=answered,
        declared=declared,
    )


def _other_start(payload: bytes, declared: str) -> str:
    begins = _BEGINS.get(declared)
    if begins and not payload.startswith(begins):
        return sentence(
            "the file does not begin as {declared} does, but with {start}",
            declared=declared,
            start=repr(payload[:8]),
        )
    if declared == "application/json" and not _is_json_start(payload):
        return sentence(
            "the file does not begin as {declared} does, but with {start}",
            declared="JSON",
            start=repr(payload[:8]),
        )
    return ""


def _is_json_start(payload: bytes) -> bool:
    try:
        start = payload[:_LOOKED_AT].decode(json.detect_encoding(payload), "ignore")
    except UnicodeError:
        return False
    return start.lstrip("\ufeff \t\r\n")[:1] in set('{["-0123456789tfn')
