"""STIX 2.1: an alert as a report in a bundle, with its fields in a declared extension.

STIX has no object for a risk to health; a ``report`` about a ``location`` by an ``identity`` is the
nearest, and what it lacks stands in a property extension. An alert that is over is ``revoked``;
one whose evidence was retracted, and one out of doubt again, is a later version with that label.

Source: OASIS, STIX Version 2.1 (2021), sections 3.2, 4.6, 4.8, 4.16 and 7.3.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from atalaya.findings.alerts.record import DOUBTED, LIFTED, Notice
from atalaya.publishing.alerts.sender import Sender
from atalaya.publishing.alerts.sheet import sheet
from atalaya.publishing.alerts.tabular import fields_of
from atalaya.publishing.alerts.voices import voice


def _uuid(name: str) -> UUID:
    """Give the same identifier for the same name, in the form of a UUIDv4, which STIX asks for."""
    return UUID(bytes=hashlib.sha256(f"atalaya/{name}".encode()).digest()[:16], version=4)


_EXTENSION: Final = f"extension-definition--{_uuid('alert/1')}"
_BORN: Final = datetime(2026, 11, 24, tzinfo=UTC)
_SCHEMA: Final = "https://www.iana.org/assignments/media-types/application/json"


def stix(notice: Notice, sender: Sender) -> bytes:
    """Write a notice as a STIX bundle.

    Args:
        notice: What is to be said.
        sender: Who says it.

    Returns:
        UTF-8 JSON.
    """
    identity = _identity(sender)
    location = _location(notice, identity)
    objects = [
        identity,
        _extension(identity),
        location,
        _report(notice, identity, location, sender),
    ]
    bundle = {"type": "bundle", "id": _name("bundle", sender, notice.id), "objects": objects}
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode() + b"\n"


def _report(
    notice: Notice, identity: dict[str, Any], location: dict[str, Any], sender: Sender
) -> dict[str, Any]:
    alert = notice.alert
    page = sheet(notice, voice("en"))
    report = _object("report", _name("report", sender, alert.id), alert.signed_at, notice.at)
    if notice.over:
        report["revoked"] = True
    return report | {
        "created_by_ref": identity["id"],
        "name": page.title,
        "description": page.text,
        "lang": "en",
        "labels": ["drug-alert", alert.said.mode, *({notice.kind} & {DOUBTED, LIFTED})],
        "published": _moment(alert.signed_at),
        "object_refs": [identity["id"], location["id"]],
        "extensions": {
            _EXTENSION: {"extension_type": "property-extension", "alert": fields_of(notice)}
        },
    }


def _identity(sender: Sender) -> dict[str, Any]:
    made = _object("identity", _name("identity", sender, "sender"), _BORN, _BORN)
    return made | {
        "name": sender.name,
        "identity_class": "organization",
        "contact_information": sender.address,
    }


def _location(notice: Notice, identity: dict[str, Any]) -> dict[str, Any]:
    from atalaya.registers import territories

    place = territories.load().get(notice.alert.said.territory)
    made = _object("location", f"location--{_uuid(place.id)}", _BORN, _BORN)
    made |= {"created_by_ref": identity["id"], "name": place.name}
    if place.level == "country" and place.alpha2:
        return made | {"country": place.alpha2}
    if place.level == "division":
        return made | {"country": place.code[:2], "administrative_area": place.code}
    return made | {"region": place.name.lower().replace(" ", "-")}


def _extension(identity: dict[str, Any]) -> dict[str, Any]:
    made = _object("extension-definition", _EXTENSION, _BORN, _BORN)
    return made | {
        "created_by_ref": identity["id"],
        "name": "Drug alert",
        "description": "Fields of a drug alert: Regulation (EU) 2023/1322, Article 13(2); "
        "docs/alerts.md of Atalaya names each.",
        "schema": _SCHEMA,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _object(kind: str, name: str, created: datetime, modified: datetime) -> dict[str, Any]:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": name,
        "created": _moment(created),
        "modified": _moment(max(created, modified)),
    }


def _name(kind: str, sender: Sender, name: str) -> str:
    return f"{kind}--{_uuid(f'{sender.domain}/{name}')}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
