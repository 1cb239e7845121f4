"""One page as PDF, typeset by typst; words arrive as data and are never read as markup."""

from __future__ import annotations

import json
from importlib.resources import files

from atalaya.findings.alerts.record import Notice
from atalaya.publishing.alerts.sender import Sender
from atalaya.publishing.alerts.sheet import sheet
from atalaya.publishing.alerts.voices import voice


def pdf(notice: Notice, sender: Sender, language: str) -> bytes:
    """Write a notice as a one-page PDF.

    Args:
        notice: What is to be said.
        sender: Who says it.
        language: Its language.

    Returns:
        The PDF; the same notice gives the same bytes. What would not fit on a page is set smaller.
    """
    import typst  # a compiler of 30 MB that no other command needs

    page = sheet(notice, voice(language))
    said = {
        "language": language,
        "title": page.title,
        "marks": page.marks,
        "lines": page.lines,
        "heading": page.heading,
        "fields": page.fields,
        "sender": f"{sender.name} · {sender.address}",
        "over": notice.over,
    }
    template = (files("atalaya.publishing.alerts") / "page.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"said": json.dumps(said)},
        timestamp=notice.at,
        ignore_system_fonts=True,
    )
    return bytes(made)
