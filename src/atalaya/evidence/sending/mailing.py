"""Hands e-mails to the operator's mail server, one recipient at a time.

Source: RFC 5321 (SMTP), RFC 3207 (STARTTLS).
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from types import TracebackType

from atalaya.evidence.sending.undelivered import Undelivered
from atalaya.model.errors import BadInput, LookAtThis, Place
from atalaya.model.settings import MailSettings

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PERMANENT = 500  # SMTP: replies from here on will not change by trying again


@dataclass
class MailServer:
    """A connection to the mail server that the settings name.

    Args:
        settings: Host, port, security, user.
        password: Of the user; empty where the server asks for none.
        timeout: Longest silence, in seconds.
        context: Which certificates are trusted; the system's when None.

    Raises:
        BadInput: It would speak in the clear to another machine.
    """

    settings: MailSettings
    password: str
    timeout: float
    context: ssl.SSLContext | None = None
    _server: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.settings.security == "none" and self.settings.host not in _LOOPBACK:
            raise BadInput(
                f"{self.settings.host} would be spoken to in the clear",
                why="anybody on the way could read the password and the recipients",
                do='set [mail] security = "starttls" or "tls"; "none" is for this machine only',
                where=Place("observatory.toml", column="mail.security"),
            )

    def __enter__(self) -> MailServer:
        try:
            self._open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
            self._hang_up()
            raise self._look("refuses the log-in or cannot speak as asked") from error
        except ssl.SSLCertVerificationError as error:
            self._hang_up()
            raise self._look(f"cannot prove that it is itself: {error.verify_message}") from error
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Undelivered(f"no mail server: {error}", self._place) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        """Hand over a message for one recipient.

        Args:
            message: The whole e-mail.
            sender: Envelope sender.
            recipient: Envelope recipient; others never see it.

        Raises:
            LookAtThis: The server refuses this sender, recipient or message for good.
            Undelivered: It cannot take it now.
        """
        if self._server is None:
            raise RuntimeError("the connection is opened with `with`")
        try:
            self._server.sendmail(sender, [recipient], message)
        except smtplib.SMTPRecipientsRefused as error:
            code, _said = error.recipients[recipient]
            raise self._refused(code, recipient) from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, recipient) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"the connection broke: {error}", self._place) from error

    def _open(self) -> None:
        said, trusted = self.settings, self.context or ssl.create_default_context()
        if said.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                said.host, said.port, timeout=self.timeout, context=trusted
            )
        else:
            server = smtplib.SMTP(said.host, said.port, timeout=self.timeout)
        self._server = server  # from here on it is hung up, whatever happens
        if said.security == "starttls":
            server.starttls(context=trusted)
        if said.user:
            server.login(said.user, self.password)

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()  # what was handed over is handed over

    @property
    def _place(self) -> str:
        return f"{self.settings.host}:{self.settings.port}"

    def _refused(self, code: int, recipient: str) -> Undelivered | LookAtThis:
        what = f"answers {code} for {recipient}"
        if code < _PERMANENT:
            return Undelivered(f"the mail server {what}", self._place)
        return self._look(what)

    def _look(self, what: str) -> LookAtThis:
        return LookAtThis(
            f"the mail server {what}",
            why="this recipient has not been told; nothing was marked as sent",
            do="correct [mail] in observatory.toml or keys/mail.password",
            where=Place(self._place),
        )
