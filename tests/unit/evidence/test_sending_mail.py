"""E-mail against a real SMTP server on the loopback: STARTTLS, log-in, refusals."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.material.alerts import ISSUED, SENDER
from tests.material.mail_server import Mailbox, serving_mail

from atalaya.evidence.sending import MailServer
from atalaya.model.errors import BadInput, LookAtThis, TryLater
from atalaya.model.settings import MailSettings
from atalaya.publishing.alerts.messages import email

TO = "focal@point.example"
MESSAGE = email(ISSUED, SENDER, TO, "en")


def _settings(port: int, **more: object) -> MailSettings:
    said = {"host": "127.0.0.1", "port": port, "security": "none", "to": (TO,)}
    return MailSettings.model_validate(said | more)


def _send(settings: MailSettings, password: str = "", to: str = TO, **more: object) -> None:
    with MailServer(settings, password, 5.0, **more) as server:
        server.send(MESSAGE, SENDER.address, to)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def _of_server(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_a_server_on_this_machine_takes_the_message_as_it_was_written():
    box = Mailbox()
    with serving_mail(box) as port:
        _send(_settings(port))
    (taken,) = box.taken
    assert taken.mail_from == SENDER.address
    assert taken.rcpt_tos == [TO]
    assert taken.content.rstrip(b"\r\n") == MESSAGE.rstrip(b"\r\n")


def test_starttls_and_a_log_in_are_used_where_asked_for(certificate):
    box, seen = Mailbox(), []

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: LoginPassword
    ) -> AuthResult:
        seen.append((data.login, data.password))
        good = data.password == b"secret"
        return AuthResult(success=good, handled=good)

    options = {
        "tls_context": _of_server(certificate),
        "require_starttls": True,
        "authenticator": check,
        "auth_required": True,
    }
    with serving_mail(box, **options) as port:
        asked = _settings(port, security="starttls", user="atalaya")
        _send(asked, "secret", context=_trusting(certificate))
        with pytest.raises(LookAtThis, match="refuses the log-in"):
            _send(asked, "wrong", context=_trusting(certificate))
    assert seen[0] == (b"atalaya", b"secret")
    assert len(box.taken) == 1


def test_a_certificate_that_is_not_trusted_ends_it_before_anything_is_said(certificate):
    box = Mailbox()
    with (
        serving_mail(box, tls_context=_of_server(certificate)) as port,
        pytest.raises(LookAtThis, match="cannot prove that it is itself"),
    ):
        _send(_settings(port, security="starttls"))
    assert box.taken == []


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear():
    box = Mailbox()
    with serving_mail(box) as port, pytest.raises(LookAtThis, match="cannot speak as asked"):
        _send(_settings(port, security="starttls"))
    assert box.taken == []


def test_a_refusal_for_good_and_one_for_now_are_told_apart():
    box = Mailbox()
    with serving_mail(box) as port:
        with pytest.raises(LookAtThis, match="answers 550 for nobody@"):
            _send(_settings(port), to="nobody@point.example")
        box.answer = "451 try again"
        with pytest.raises(TryLater, match="answers 451"):
            _send(_settings(port))
        box.answer = "554 no"
        with pytest.raises(LookAtThis, match="answers 554"):
            _send(_settings(port))
    with pytest.raises(TryLater, match="no mail server"):
        _send(_settings(port))


def test_one_recipient_refused_does_not_end_the_connection_for_the_next():
    box = Mailbox()
    with serving_mail(box) as port, MailServer(_settings(port), "", 5.0) as server:
        with pytest.raises(LookAtThis):
            server.send(MESSAGE, SENDER.address, "nobody@point.example")
        server.send(MESSAGE, SENDER.address, TO)
    assert len(box.taken) == 1


def test_another_machine_is_never_spoken_to_in_the_clear():
    with pytest.raises(BadInput, match="in the clear"):
        MailServer(_settings(25, host="mail.example"), "", 5.0)
