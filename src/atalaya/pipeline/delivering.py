"""Tells recipients of alerts, each once, and tells everybody who was told when one has ended."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.findings.alerts.record import LIFTED, Notice, issued
from atalaya.findings.decisions import DecisionStore
from atalaya.model.clock import Clock
from atalaya.model.errors import AtalayaError, LookAtThis, Place
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import Alerts, alerts, sender_of, write_all
from atalaya.pipeline.house import open_log
from atalaya.pipeline.reviewing import decisions_of, refuse_tampered

MAIL, WEBHOOK = "mail", "webhook"
_SECRET_BYTES = 32
Tell = Callable[[Notice, str], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one recipient.

    Args:
        notice: What was to be said.
        channel: ``mail`` or ``webhook``.
        recipient: Whom to.
        problem: Why it did not arrive, or None.
    """

    notice: Notice
    channel: str
    recipient: str
    problem: AtalayaError | None = None


def send(folder: Folder, settings: Settings, clock: Clock) -> tuple[Alerts, list[Delivery]]:
    """Tell the configured recipients of an observatory what they have not been told.

    Args:
        folder: The observatory.
        settings: Its channels.
        clock: Tells the time and waits.

    Returns:
        What was to be said, and what was tried.

    Raises:
        StopEverything: The decisions are not those that people signed and the log holds.
    """
    with decisions_of(folder, settings) as store:
        refuse_tampered(store, open_log(folder).reader().entries())
        found = alerts(folder, store, clock.now())
        return found, deliver(found.notices, folder, settings, store, clock)


def follow_up(folder: Folder, settings: Settings, clock: Clock) -> list[Delivery]:
    """Tell whoever was told of an alert what has become of it; nobody is told of a new one.

    A person sends an alert; that its evidence was retracted or counts again, that it was withdrawn
    and that it has expired goes out by itself.

    Args:
        folder: The observatory.
        settings: Its channels.
        clock: Tells the time and waits.

    Returns:
        What was tried; nothing where nobody was told of anything.

    Raises:
        StopEverything: The decisions are not those that people signed and the log holds.
    """
    with decisions_of(folder, settings) as store:
        if not store.sent():
            return []
        refuse_tampered(store, open_log(folder).reader().entries())
        found = alerts(folder, store, clock.now())
        return deliver(found.notices, folder, settings, store, clock, anew=False)


def write(folder: Folder, settings: Settings, into: Path, now: datetime) -> tuple[Alerts, int]:
    """Write every alert of an observatory in every form.

    Args:
        folder: The observatory.
        settings: Who sends.
        into: The folder to write into.
        now: The present moment.

    Returns:
        What was to be said, and the number of files.

    Raises:
        StopEverything: The decisions are not those that people signed and the log holds.
    """
    with decisions_of(folder, settings) as store:
        refuse_tampered(store, open_log(folder).reader().entries())
        found = alerts(folder, store, now)
    return found, len(write_all(found.notices, sender_of(settings), into, now))


def deliver(
    notices: Sequence[Notice],
    folder: Folder,
    settings: Settings,
    store: DecisionStore,
    clock: Clock,
    *,
    anew: bool = True,
) -> list[Delivery]:
    """Tell the configured recipients what they have not been told.

    Nothing is sent of history that was judged again. One recipient's trouble does not keep the
    others from being told.

    Args:
        notices: The newest notice of every alert.
        folder: The observatory, for its secrets.
        settings: Its channels.
        store: Remembers who was told.
        clock: Tells the time and waits.
        anew: Whether those are told of an alert that stands who were not told of it before.

    Returns:
        What was tried, in order; what had been told before is not in it.
    """
    waiting = list(due(notices, settings, store.sent(), anew=anew))
    done: list[Delivery] = []
    with ExitStack() as open_until_sent:
        for channel, opened in ((MAIL, _mail), (WEBHOOK, _webhooks)):
            mine = [(notice, whom) for notice, by, whom in waiting if by == channel]
            if not mine:
                continue
            try:
                tell = opened(folder, settings, clock, open_until_sent)
            except AtalayaError as error:
                done += [Delivery(notice, channel, whom, error) for notice, whom in mine]
                continue
            done += [_told(one, channel, whom, tell, store, clock) for one, whom in mine]
    return done


def due(
    notices: Sequence[Notice],
    settings: Settings,
    sent: frozenset[tuple[str, str, str]],
    *,
    anew: bool = True,
) -> Iterator[tuple[Notice, str, str]]:
    """Give what is still to be told: (notice, channel, recipient).

    An alert that stands, also after it was in doubt, goes to the recipients of the settings; that
    its evidence was retracted or counts again, and its end, go to whoever was told of it before,
    also where they are no recipients any more, and to nobody else.

    Args:
        notices: The newest notice of every alert.
        settings: The recipients.
        sent: What reached whom: (notice, channel, recipient).
        anew: Whether the recipients of the settings are told of what they were never told of.
    """
    configured = [(MAIL, whom) for whom in settings.mail.to if settings.mail.host]
    configured += [(WEBHOOK, whom) for whom in settings.webhooks.to]
    for notice in notices:
        if notice.alert.said.mode == "replay":
            continue
        before = {issued(notice.alert).id, *(one.id for one in notice.earlier)}
        told = sorted({(by, whom) for one, by, whom in sent if one in before})
        first = configured if anew and notice.kind in {"issued", LIFTED} else []
        for by, whom in dict.fromkeys((*first, *told)):
            if (notice.id, by, whom) not in sent:
                yield notice, by, whom


def _told(
    notice: Notice, channel: str, whom: str, tell: Tell, store: DecisionStore, clock: Clock
) -> Delivery:
    try:
        tell(notice, whom)
    except AtalayaError as error:
        return Delivery(notice, channel, whom, error)
    store.mark_sent(notice.id, channel, whom, clock.now())
    return Delivery(notice, channel, whom)


def _mail(folder: Folder, settings: Settings, _clock: Clock, stack: ExitStack) -> Tell:
    from atalaya.evidence.sending import MailServer
    from atalaya.publishing.alerts.messages import email

    sender, said = sender_of(settings), settings.mail
    password = _secret(folder, "mail.password") if said.user else ""
    server = stack.enter_context(MailServer(said, password, settings.fetching.timeout_seconds))

    def tell(notice: Notice, whom: str) -> None:
        server.send(email(notice, sender, whom, said.language), sender.address, whom)

    return tell


def _webhooks(folder: Folder, settings: Settings, clock: Clock, stack: ExitStack) -> Tell:
    from atalaya.evidence.sending import Webhooks
    from atalaya.evidence.sending.signing import new_secret, secret_bytes
    from atalaya.publishing.alerts.messages import webhook_body

    path = folder.keys / "webhook.secret"
    if not path.exists():
        write_file(path, f"{new_secret(secrets.token_bytes(_SECRET_BYTES))}\n".encode(), mode=0o600)
    secret = secret_bytes(_secret(folder, path.name))
    sender, hooks = sender_of(settings), Webhooks(settings.fetching, clock)
    stack.callback(hooks.close)

    def tell(notice: Notice, whom: str) -> None:
        hooks.send(whom, notice.id, webhook_body(notice, sender), secret)

    return tell


def _secret(folder: Folder, name: str) -> str:
    """Read a secret that only its owner may read.

    Raises:
        LookAtThis: It is missing, or others can read it.
    """
    path = folder.keys / name
    if not path.is_file():
        raise LookAtThis(
            "there is no such file",
            do="write the secret into it, in one line",
            where=Place(str(path)),
        )
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise LookAtThis(
            "other accounts can read this secret",
            do=f"run chmod 600 {path}; if somebody may have read it, change it",
            where=Place(str(path)),
        )
    return path.read_text("utf-8").strip()
