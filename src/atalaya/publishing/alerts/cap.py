"""Common Alerting Protocol 1.2: an alert as a message, doubt as an Update, its end as a Cancel.

Update and Cancel refer to every message that went before.

Source: OASIS, Common Alerting Protocol Version 1.2 (2010), sections 3.2 and 3.3.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from xml.etree.ElementTree import Element, SubElement

from atalaya.findings.alerts.record import Alert, Notice, issued
from atalaya.findings.alerts.scales import Likelihood
from atalaya.publishing.alerts.sender import Sender, plain_xml, xml_bytes
from atalaya.publishing.alerts.sheet import Sheet, sheet, why
from atalaya.publishing.alerts.voices import voice

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LANGUAGES = ("en", "es")
# CAP: Likely is p > ~50 %, Possible is p <= ~50 %, Unlikely is p ~ 0. Observed is never said: the
# ladder of evidence and the likelihood are two scales.
_CERTAINTY = {
    Likelihood.ALMOST_NO_CHANCE: "Unlikely",
    Likelihood.VERY_UNLIKELY: "Possible",
    Likelihood.UNLIKELY: "Possible",
    Likelihood.EVEN: "Possible",
    Likelihood.LIKELY: "Likely",
    Likelihood.VERY_LIKELY: "Likely",
    Likelihood.ALMOST_CERTAIN: "Likely",
}


def cap(notice: Notice, sender: Sender) -> bytes:
    """Write a notice as a CAP message.

    Args:
        notice: What is to be said; history judged again is a ``Test``, never ``Actual``.
        sender: Who sends it.

    Returns:
        UTF-8 XML.
    """
    alert = notice.alert
    root = Element("alert", {"xmlns": NAMESPACE})
    _add(root, "identifier", identifier(notice, sender))
    _add(root, "sender", sender.address)
    _add(root, "sent", when(notice.at))
    _add(root, "status", "Test" if alert.said.mode == "replay" else "Actual")
    _add(root, "msgType", _message_type(notice))
    _add(root, "scope", "Public")
    if notice.kind != "issued":
        _add(root, "note", why(notice, voice("en")) or notice.kind)
        before = (issued(alert), *notice.earlier)
        _add(root, "references", " ".join(_reference(one, sender) for one in before))
    for language in LANGUAGES:
        _info(root, notice, sheet(notice, voice(language)), language, sender)
    return xml_bytes(root)


def _message_type(notice: Notice) -> str:
    if notice.over:
        return "Cancel"
    return "Alert" if notice.kind == "issued" else "Update"


def _reference(notice: Notice, sender: Sender) -> str:
    return ",".join((sender.address, identifier(notice, sender), when(notice.at)))


def identifier(notice: Notice, sender: Sender) -> str:
    """Give the message's identifier: unique to the sender, without space, comma, ``<`` or ``&``."""
    return f"urn:{sender.domain}:{notice.id}"


def when(at: datetime) -> str:
    """Write a moment as CAP does: UTC is ``-00:00``, never ``Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")


def _info(root: Element, notice: Notice, page: Sheet, language: str, sender: Sender) -> None:
    alert, form = notice.alert, notice.alert.form
    info = SubElement(root, "info")
    _add(info, "language", language)
    _add(info, "category", "Health")
    _add(info, "event", page.title)
    _add(info, "urgency", "Past" if notice.over else form.urgency)
    _add(info, "severity", form.severity)
    _add(info, "certainty", _CERTAINTY[form.likelihood] if form.likelihood else "Unknown")
    _add(info, "effective", when(alert.signed_at))
    _add(info, "expires", when(datetime.combine(alert.expires, time(23, 59, 59), UTC)))
    _add(info, "senderName", sender.name)
    _add(info, "headline", page.title)
    _add(info, "description", page.text)
    if not notice.over:
        _add(info, "instruction", alert.advice)
        for name, value in _parameters(alert):
            _named(info, "parameter", name, value)
    _area(info, alert, language)


def _parameters(alert: Alert) -> list[tuple[str, str]]:
    said, form = alert.said, alert.form
    found = {
        "atalaya:alert": alert.id,
        "atalaya:signal": alert.signal,
        "atalaya:confidence": said.confidence,
        "atalaya:independent-sources": str(said.sources),
        "atalaya:not-known": said.unknown,
        "atalaya:observed": said.observed or "",
        "atalaya:likelihood": form.likelihood or "",
        "atalaya:evidence": form.evidence or "",
        "atalaya:source-reliability": form.reliability or "",
        "atalaya:information-credibility": form.credibility or "",
        "atalaya:signed-by": alert.signed_by,
    }
    return [(name, str(value)) for name, value in found.items() if value]


def _area(info: Element, alert: Alert, language: str) -> None:
    code = alert.said.territory.partition(":")[2]
    area = SubElement(info, "area")
    _add(area, "areaDesc", voice(language).place(alert.said.territory))
    _named(area, "geocode", "UN-M49" if code.startswith("M49") else _iso(code), code)


def _iso(code: str) -> str:
    return "ISO3166-2" if "-" in code else "ISO3166-1"


def _named(parent: Element, tag: str, name: str, value: str) -> None:
    pair = SubElement(parent, tag)
    _add(pair, "valueName", name)
    _add(pair, "value", value)


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = plain_xml(str(text))
