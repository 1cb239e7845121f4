"""One frozen record of settings, built by the command line; each floor is handed what it needs.

Scientific parameters are not settings: they live dated and cited in ``monitors/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from atalaya.model.declaring import Declared, Words

MailAddress = Annotated[
    str, StringConstraints(pattern=r"^[!#-'*+\-/-9=?A-Z^-~.]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]
"""An address as an envelope takes it: ASCII, no name, no space, nothing that ends a header."""


class LogSettings(Declared):
    """``[log]``: the name under which the transparency log signs."""

    origin: Words = "atalaya.example/observatory"


class EngineSettings(Declared):
    """``[engine]``: what runs the relational work."""

    kind: Literal["duckdb"] = "duckdb"


class FetchingSettings(Declared):
    """``[fetching]``: how sources are asked.

    Args:
        mirror: A folder from which every address is replayed, offline; empty asks the network.
        contact: Address or page that the user agent names, so that a host can reach the operator.
        timeout_seconds: Longest wait for one read.
        retries: How often a failed request is tried again.
        pause_seconds: Shortest time between two requests to one host.
    """

    mirror: str = ""
    contact: str = ""
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    retries: int = Field(default=3, ge=0, le=10)
    pause_seconds: float = Field(default=1.0, ge=0, le=3600)


class ServingSettings(Declared):
    """``[serving]``: where the site answers.

    Args:
        host: Address it listens on.
        port: Port it listens on.
        hosts: Names it answers under besides this machine's own and ``host``; a request for any
            other name is refused.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8420, ge=1, le=65535)
    hosts: tuple[str, ...] = ()


class DecisionSettings(Declared):
    """``[decisions]``: where decisions are kept; empty is ``decisions.db``."""

    url: str = ""


class ReviewingSettings(Declared):
    """``[reviewing]``: how many people it takes.

    Args:
        two_persons: Whether an alert is only signed when a second, different reviewer countersigns
            it with their own key; until then it waits and leaves on no channel.
    """

    two_persons: bool = False


class AlertSettings(Declared):
    """``[alerts]``: in whose name alerts go out, and how many people review.

    Args:
        sender: Mail address that CAP, feeds and e-mail give as the sender.
        base: Where the site is served, such as ``https://observatory.example``; feeds link to it.
        analysts: How many people review; each adds five alerts a week to the budget.
    """

    sender: str = "alerts@atalaya.example"
    base: str = ""
    analysts: int = Field(default=1, ge=1, le=1000)


class MailSettings(Declared):
    """``[mail]``: the mail server that takes alerts, and for whom. No secret stands here.

    The password is the one line of ``keys/mail.password``.

    Args:
        host: The server; empty sends no mail.
        port: Its port.
        security: ``starttls``, ``tls``, or ``none`` for a server on this machine only.
        user: Name to log in with; empty does not log in.
        to: Recipients; each gets a message of their own.
        language: Language of the text.
    """

    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    to: tuple[MailAddress, ...] = ()
    language: Literal["en", "es", "pt"] = "en"


class WebhookSettings(Declared):
    """``[webhooks]``: addresses that alerts are posted to, signed. No secret stands here.

    The secret is the one line of ``keys/webhook.secret``.
    """

    to: tuple[Words, ...] = ()


class Settings(Declared):
    """Everything an operator may set, from defaults, ``observatory.toml`` and ``ATALAYA_*``."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: Words = "An Atalaya observatory"
    languages: tuple[Literal["en", "es"], ...] = ("en", "es")
    log: LogSettings = LogSettings()
    engine: EngineSettings = EngineSettings()
    fetching: FetchingSettings = FetchingSettings()
    serving: ServingSettings = ServingSettings()
    decisions: DecisionSettings = DecisionSettings()
    reviewing: ReviewingSettings = ReviewingSettings()
    alerts: AlertSettings = AlertSettings()
    mail: MailSettings = MailSettings()
    webhooks: WebhookSettings = WebhookSettings()


class Folder:
    """The paths inside an observatory's folder; pure, it touches nothing.

    Args:
        root: The folder that holds ``observatory.toml``.
    """

    __slots__ = ("root",)

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def settings(self) -> Path:
        """``observatory.toml``."""
        return self.root / "observatory.toml"

    @property
    def sources(self) -> Path:
        """One folder a source."""
        return self.root / "sources"

    @property
    def monitors(self) -> Path:
        """Which series, which detector, which parameters."""
        return self.root / "monitors"

    @property
    def evidence(self) -> Path:
        """Originals as received, in WARC files."""
        return self.root / "evidence"

    @property
    def log(self) -> Path:
        """The transparency log."""
        return self.root / "log"

    @property
    def keys(self) -> Path:
        """Private keys: never published, never in a release."""
        return self.root / "keys"

    @property
    def original_keys(self) -> Path:
        """Keys of sealed originals, one each: destroying one erases its original."""
        return self.keys / "originals"

    @property
    def decisions(self) -> Path:
        """What people decided."""
        return self.root / "decisions.db"

    @property
    def namings(self) -> Path:
        """What people decided on pairs of names, signed, a line each; there from the first on."""
        return self.root / "namings.jsonl"

    @property
    def sealed(self) -> Path:
        """What opens sealed statements: private until a score is made, never in a release."""
        return self.root / "sealed"

    @property
    def tables(self) -> Path:
        """Rebuildable Parquet tables."""
        return self.root / "tables"

    @property
    def releases(self) -> Path:
        """Immutable published sets."""
        return self.root / "releases"
