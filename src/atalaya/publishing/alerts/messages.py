"""An e-mail and a webhook's body about one notice."""

from __future__ import annotations

import json
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from atalaya.findings.alerts.record import Notice, issued
from atalaya.publishing.alerts.cap import cap
from atalaya.publishing.alerts.sender import Sender, moment
from atalaya.publishing.alerts.sheet import sheet
from atalaya.publishing.alerts.tabular import alert_json
from atalaya.publishing.alerts.voices import voice


def email(notice: Notice, sender: Sender, recipient: str, language: str) -> bytes:
    """Write an e-mail to one recipient: plain text, with the CAP message attached.

    A message about retracted evidence or an alert's end answers the one that brought it, so that
    they stand together.

    Args:
        notice: What is to be said.
        sender: Who says it.
        recipient: Whom to.
        language: Language of the text.
    """
    page = sheet(notice, voice(language))
    message = EmailMessage(policy=SMTP)
    message["From"] = sender.address
    message["To"] = recipient
    message["Subject"] = page.title
    message["Date"] = format_datetime(notice.at)
    message["Message-ID"] = _message_id(notice.id, sender)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note answers it
    if notice.kind != "issued":
        before = [_message_id(one.id, sender) for one in (issued(notice.alert), *notice.earlier)]
        message["In-Reply-To"], message["References"] = before[0], " ".join(before)
    message.set_content(page.text)
    message.add_attachment(
        cap(notice, sender), maintype="application", subtype="cap+xml", filename="alert.cap.xml"
    )
    message.set_boundary(f"atalaya-{notice.id.replace(':', '-')}")  # the same bytes every time
    return message.as_bytes()


def _message_id(name: str, sender: Sender) -> str:
    return f"<{name.replace(':', '-')}@{sender.domain}>"


def webhook_body(notice: Notice, sender: Sender) -> bytes:
    """Write the body of a webhook.

    Source: Standard Webhooks 1.0, "Event payload": type, timestamp, data.
    """
    said = {
        "type": f"alert.{notice.kind}",
        "timestamp": moment(notice.at),
        "data": json.loads(alert_json(notice, sender)),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
