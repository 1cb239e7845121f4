"""Atom feeds: one for each substance and place, one for each place or substance, one for all.

An entry keeps its identifier for ever; when its alert is withdrawn or expires it is updated and
says only that, so that a reader who saw the alert sees its end.

Source: RFC 4287, The Atom Syndication Format; RFC 4151 for tag addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from atalaya.findings.alerts.record import Notice
from atalaya.model.errors import BadInput
from atalaya.publishing.alerts.sender import Sender, moment, plain_xml, xml_bytes
from atalaya.publishing.alerts.sheet import sheet
from atalaya.publishing.alerts.voices import voice
from atalaya.registers import substances, territories
from atalaya.registers.substances import SubstanceRegister
from atalaya.registers.territories import TerritoryRegister

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
ALL = "all"
NEWEST = 200  # entries a feed holds at most; readers keep the older ones


def feeds(
    notices: Sequence[Notice], sender: Sender, language: str, since: datetime
) -> Mapping[str, bytes]:
    """Write every feed.

    Args:
        notices: One for each alert, its newest.
        sender: Who publishes.
        language: Language of the entries.
        since: Date of a feed that has no entry yet, such as that of the release.

    Returns:
        Name of the feed (``all``, ``US-CT``, ``xylazine``, ``US-CT-xylazine``) -> XML.
    """
    names: dict[str, list[Notice]] = {ALL: []}
    for notice in notices:
        for name in feed_names(notice):
            names.setdefault(name, []).append(notice)
    return {name: feed(name, found, sender, language, since) for name, found in names.items()}


def feed_names(notice: Notice) -> tuple[str, str, str, str]:
    """Give the feeds a notice stands in."""
    said = notice.alert.said
    place, what = (one.partition(":")[2] for one in (said.territory, said.what))
    return ALL, place, what, f"{place}-{what}"


def feed(
    name: str, notices: Iterable[Notice], sender: Sender, language: str, since: datetime
) -> bytes:
    """Write one feed, newest first.

    Args:
        name: Its name.
        notices: Its notices.
        sender: Who publishes.
        language: Language of the entries.
        since: Its date while it has no entry.
    """
    newest = sorted(notices, key=lambda one: (one.at, one.id), reverse=True)[:NEWEST]
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _add(root, "id", f"tag:{sender.domain},2026:alerts/{name}/{language}")
    title = voice(language).say("feed.title", name=sender.name)
    _add(root, "title", title if name == ALL else f"{title} – {name}")
    _add(root, "updated", moment(newest[0].at if newest else since))
    author = SubElement(root, "author")
    _add(author, "name", sender.name)
    _add(author, "email", sender.address)
    if sender.base:
        address = f"{sender.base}/feeds/{language}/{name}.atom"
        SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": address})
    for notice in newest:
        _entry(root, notice, sender, language)
    return xml_bytes(root)


def _entry(root: Element, notice: Notice, sender: Sender, language: str) -> None:
    alert = notice.alert
    page = sheet(notice, voice(language))
    entry = SubElement(root, "entry")
    _add(entry, "id", f"tag:{sender.domain},2026:{alert.id}/{language}")
    _add(entry, "title", page.title)
    _add(entry, "published", moment(alert.signed_at))
    _add(entry, "updated", moment(notice.at))
    for term in (alert.said.what, alert.said.territory, f"state:{notice.kind}", alert.said.mode):
        SubElement(entry, "category", {"term": plain_xml(term)})
    content = SubElement(entry, "content", {"type": "text"})
    content.text = plain_xml(page.text)


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = plain_xml(text)


def is_feed(name: str) -> bool:
    """Whether a feed can be asked for: of all, a known place, substance or family, or both.

    >>> is_feed("all"), is_feed("US-CT"), is_feed("ARG-xylazine"), is_feed("nowhere-land")
    (True, True, True, False)
    >>> is_feed("nitazenes")
    True
    """
    parts = name.split("-")
    return name == ALL or any(
        _place_is_known("-".join(parts[:cut])) and _substance_is_known("-".join(parts[cut:]))
        for cut in range(min(len(parts), 2) + 1)
    )


def _place_is_known(code: str) -> bool:
    return not code or _known(territories.load(), f"territory:{code}")


def _substance_is_known(slug: str) -> bool:
    register = substances.load()
    return not slug or slug in register.families or _known(register, f"substance:{slug}")


def _known(register: SubstanceRegister | TerritoryRegister, identifier: str) -> bool:
    try:
        register.get(identifier)
    except BadInput:
        return False
    return True
