"""The Atom feed of a page: one entry for each dated thing said on it, newest first.

An entry's identifier is made of what is said, not of where it stands, so that a reader does not see
it again when its source adds a row. Source: RFC 4287, The Atom Syndication Format; RFC 9562,
section 5.5, for identifiers by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement

from atalaya.model.periods import Period
from atalaya.publishing.alerts.sender import moment, plain_xml, xml_bytes
from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import Language
from atalaya.publishing.site.terms import term
from atalaya.publishing.site.views.facts import Fact
from atalaya.publishing.site.visits import Visit

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
NEWEST: Final = 200  # entries a feed holds at most; readers keep the older ones
UNVERIFIED: Final = _("not checked against a second source or a saved page")
_FOLDERS: Final = {"session": "sessions", "story": "stories"}  # of what has a page of its own
DISPUTED: Final = _("other sources say otherwise")


def feed(title: str, path: str, facts: Iterable[Fact], visit: Visit, tongue: Language) -> bytes:
    """Write the feed of a page.

    Args:
        title: What is followed, with the name of the observatory.
        path: The page's path below the language.
        facts: What is said on it; what has no date is left out.
        visit: Who reads, and when; nothing is dated after that day.
        tongue: Language of the entries.

    Returns:
        An Atom document in UTF-8.
    """
    dated = {one.reference: one for one in facts if one.period}
    newest = sorted(dated.values(), key=lambda one: (_day(one, visit), _name(one)), reverse=True)
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": tongue.code})
    _add(root, "id", _named(f"{title} {path} {tongue.code}"))
    _add(root, "title", title)
    _add(root, "updated", _moment(_day(newest[0], visit) if newest else visit.today))
    _add(SubElement(root, "author"), "name", title)
    SubElement(root, "link", {"rel": "self", "href": visit.links.form("atom", path)})
    SubElement(root, "link", {"rel": "alternate", "href": visit.links.page(path)})
    for one in newest[:NEWEST]:
        _entry(root, one, visit, tongue)
    return xml_bytes(root)


def _entry(root: Element, fact: Fact, visit: Visit, tongue: Language) -> None:
    entry = SubElement(root, "entry")
    _add(entry, "id", _named(_name(fact)))
    about = [fact.about.symbol] if fact.about else []
    _add(entry, "title", ": ".join([*about, term(fact.predicate, tongue)]))
    _add(entry, "updated", _moment(_day(fact, visit)))
    if fact.about and fact.about.key:
        page = visit.links.page(f"promises/{fact.about.key}")
        SubElement(entry, "link", {"rel": "alternate", "href": page})
    elif fact.about and (folder := _FOLDERS.get(fact.about.subject.partition(":")[0])):
        page = visit.links.page(f"{folder}/{fact.about.subject.partition(':')[2]}")
        SubElement(entry, "link", {"rel": "alternate", "href": page})
    if fact.cites:
        SubElement(entry, "link", {"rel": "via", "href": plain_xml(fact.cites)})
    SubElement(entry, "content", {"type": "text"}).text = plain_xml(_words(fact, tongue))


def _words(fact: Fact, tongue: Language) -> str:
    said = fact.own_words or fact.text
    unit = f" {term(fact.unit, tongue)}" if fact.unit and fact.own_words is None else ""
    doubts = [DISPUTED] if fact.disputed else [] if fact.checked else [UNVERIFIED]
    place = [fact.territory_name] if fact.territory_name else []
    lines = [": ".join([*place, f"{said}{unit}"]), tongue.period(fact.period)]
    lines += [tongue.say(doubt) for doubt in doubts]
    return "\n".join([*lines, *([fact.cites] if fact.cites else [])])


def _name(fact: Fact) -> str:
    """What names an entry for ever: all that is said, and who says it."""
    about = (fact.about.key or fact.about.subject) if fact.about else ""
    parts = (about, fact.predicate, fact.territory, fact.period, fact.text, fact.cites)
    return "\n".join(part or "" for part in parts)


def _named(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://atalaya.example/follow#{name}')}"


def _day(fact: Fact, visit: Visit) -> date:
    """A month or year is dated by its last day, which is when all of it is known."""
    return min(Period.parse(fact.period or "").end, visit.today)


def _moment(day: date) -> str:
    return moment(datetime.combine(day, time(), UTC))


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = plain_xml(text)
