"""The alerts of an observatory: from signed decisions to notices, and out on every channel."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atalaya.evidence.durable import write_file
from atalaya.findings.alerts.doubts import Doubt
from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.alerts.history import Life, lives
from atalaya.findings.alerts.record import DOUBTED, Notice, alert_id, notice_id
from atalaya.findings.alerts.screening import SOMEWHERE_SMALL, screen
from atalaya.findings.alerts.signing import alert_of, signed_content
from atalaya.findings.alerts.timeline import between
from atalaya.findings.auditing import believe
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.states import TWO, Action, Decision
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.sentences import sentence
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.doubting import known_doubts
from atalaya.pipeline.published import content_of, published_signals, unpublished
from atalaya.publishing.alerts.sender import Sender
from atalaya.publishing.opening import Release, latest_release

_KEPT = "The reason is kept in the observatory's log."
LANGUAGES = ("en", "es")  # of PDFs and feeds; texts are written in Portuguese as well


@dataclass(frozen=True, slots=True)
class Alerts:
    """What is to be said now.

    Args:
        notices: The newest notice of every alert, in the order of their signatures.
        left_out: (signal, why) of signed alerts that cannot go out as they are.
        doubtful: (alert, why) of alerts that stand although their ground has changed: people
            look at them again.
        waiting: Signatures that wait for a second person's; nothing is said of them.
    """

    notices: tuple[Notice, ...]
    left_out: tuple[tuple[str, str], ...]
    doubtful: tuple[tuple[str, str], ...]
    waiting: tuple[Decision, ...] = ()


def sender_of(settings: Settings) -> Sender:
    """Give the observatory as channels name it."""
    return Sender(settings.name, settings.alerts.sender, settings.alerts.base.rstrip("/"))


def alerts(
    folder: Folder, store: DecisionStore, now: datetime, release: Release | None = None
) -> Alerts:
    """Gather what is to be said of every alert there was.

    Figures are those the reviewer signed, as the release of that day published them; a decision
    that holds none takes them from that release.

    Args:
        folder: The observatory.
        store: Its decisions.
        now: The present moment; an alert whose last day is over has expired.
        release: Another release than the latest, such as one that is being built.

    Raises:
        StopEverything: A decision is not its reviewer's: nobody would have signed.
    """
    believe(store.reviewers(), store.decisions())
    rows = published_signals(release or latest_release(folder.releases))
    names = {one.id: one.name for one in store.reviewers()}
    notices: list[Notice] = []
    left_out, doubtful, waiting = [], [], []
    doubts = known_doubts(folder)
    told = {notice for notice, _, _ in store.sent()}
    taken = (one.decision for one in store.decisions())
    for life in lives(taken, now.date(), two_persons=store.two_persons):
        if not life.complete and not _must_end(life, told):
            waiting += [life.signed] if life.kind == "issued" else []
            continue
        try:
            content = content_of(life.signed, folder.releases, rows)
            mine = [one for one in doubts if one.decision == life.signed.id]
            notice = _notice(life, content, names, mine)
        except BadInput as error:
            left_out.append((life.signed.signal, error.what))
            continue
        notices.append(notice)
        if notice.kind == DOUBTED:
            said = notice.because or "by its publisher, whose new edition no longer holds it"
            day = f"{notice.retracted_at or notice.at:%F}"
            doubtful.append((notice.alert.id, f"evidence retracted on {day}: {said}"))
        elif not notice.over and life.signed.signal not in rows:
            doubtful.append((notice.alert.id, "the latest release no longer holds its signal"))
    return Alerts(tuple(notices), tuple(left_out), tuple(doubtful), tuple(waiting))


def _must_end(life: Life, told: Container[str]) -> bool:
    """Whether people were told of an alert before the two-person rule was set, and it is over."""
    return life.kind != "issued" and notice_id(alert_id(life.signed), "issued") in told


def only_signal(known: Iterable[str], name: str) -> str:
    """Find the one signal that begins with a name.

    Args:
        known: Identifiers of signals.
        name: An identifier, or enough of its digits to be the only one.

    Raises:
        WrongUse: None begins with it, or several do.
    """
    wanted = name if name.startswith("signal:") else f"signal:{name}"
    matching = [one for one in known if one.startswith(wanted)]
    if len(matching) != 1:
        what = "no signal" if not matching else f"{len(matching)} signals"
        raise WrongUse(
            f"{what} begins with {wanted!r}",
            do="give its whole identifier, as in the release's signals table",
        )
    return matching[0]


def as_signed(folder: Folder, decision: Decision, form: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what a reviewer signs with an alert: the published figures and their form.

    The whole alert is made once, so that what no channel would carry is refused before it is
    signed.

    Args:
        folder: The observatory.
        decision: The decision to sign, without them.
        form: The form as filled in, or None.

    Raises:
        BadInput: The signal is not published, or the form or advice holds what may not go out.
    """
    row = published_signals(latest_release(folder.releases)).get(decision.signal)
    if row is None:
        raise unpublished(decision.signal)
    return signed_content(row, decision, AlertForm.parse(form or {}))


def check_words(territory: str, decision: Decision) -> None:
    """Refuse a decision whose words would go out with an alert and may not.

    Args:
        territory: Where the signal is about.
        decision: The decision, before it is stored.

    Raises:
        BadInput: The advice of an alert, or the reason of its withdrawal, holds what is kept out.
    """
    if decision.action is Action.SIGN:
        screen(decision.advice or "", territory, sentence("the advice"))
    if decision.action is Action.WITHDRAW:
        screen(decision.reason, territory, sentence("the reason"))


def _notice(
    life: Life, content: Mapping[str, Any], names: Mapping[str, str], doubts: Sequence[Doubt]
) -> Notice:
    alert = alert_of(life.signed, content, ", ".join(names[one.reviewer] for one in hands(life)))
    if life.second is not None and life.signed.persons == TWO:  # it was no alert before
        alert = replace(alert, signed_at=life.second.decided_at.astimezone(UTC))
    if life.kind == "issued" and (said := between(alert, doubts, None)):
        return replace(said[-1], earlier=said[:-1])
    earlier = between(alert, doubts, life.at)
    try:
        return Notice(alert, life.kind, life.at, life.because, earlier)
    except BadInput:
        if life.kind != "withdrawn":
            raise
        # Stored before reasons were screened: that it is withdrawn must be said all the same.
        return Notice(alert, "withdrawn", life.at, _KEPT, earlier)


def place_signed(taken: Iterable[Decision]) -> str:
    """Give the place that was signed for, for a signal of which no alarm is left.

    Args:
        taken: The decisions on it. Where none holds a place the strictest rules hold.
    """
    said = [one.alert["said"]["territory"] for one in taken if one.alert is not None]
    return str(said[-1]) if said else SOMEWHERE_SMALL


def hands(life: Life) -> Iterator[Decision]:
    """Give the decisions of those who signed an alert, the first one first."""
    yield life.signed
    if life.second is not None:
        yield life.second


def write_all(notices: Sequence[Notice], sender: Sender, into: Path, since: datetime) -> list[Path]:
    """Write every notice in every form into a folder; files of an alert keep their names.

    So an alert that has ended is replaced, in each form, by the word that it has.

    Args:
        notices: The newest notice of every alert.
        sender: Who sends.
        into: The folder; it is made when absent.
        since: Date of feeds without an entry.

    Returns:
        The files written, in order.
    """
    made: dict[str, bytes] = {}
    for notice in notices:
        made |= _forms(notice, sender)
    made |= _together(notices, sender, since)
    for name, content in made.items():
        write_file(into / name, content)
    return [into / name for name in made]


def _forms(notice: Notice, sender: Sender) -> dict[str, bytes]:
    from atalaya.publishing.alerts.cap import cap
    from atalaya.publishing.alerts.pdf import pdf
    from atalaya.publishing.alerts.sheet import sheet
    from atalaya.publishing.alerts.stix import stix
    from atalaya.publishing.alerts.tabular import alert_json
    from atalaya.publishing.alerts.voices import LANGUAGES as TONGUES
    from atalaya.publishing.alerts.voices import voice

    name = notice.alert.id.partition(":")[2]
    pages = {f"pdf/{name}.{code}.pdf": pdf(notice, sender, code) for code in LANGUAGES}
    texts = {
        f"text/{name}.{code}.txt": sheet(notice, voice(code)).text.encode() for code in TONGUES
    }
    return {
        f"cap/{name}.xml": cap(notice, sender),
        f"json/{name}.json": alert_json(notice, sender),
        f"stix/{name}.json": stix(notice, sender),
        **pages,
        **texts,
    }


def _together(notices: Sequence[Notice], sender: Sender, since: datetime) -> dict[str, bytes]:
    from atalaya.publishing.alerts.atom import feeds
    from atalaya.publishing.alerts.tabular import alerts_csv

    found = {"alerts.csv": alerts_csv(notices)}
    for code in LANGUAGES:
        made = feeds(notices, sender, code, since)
        found |= {f"feeds/{code}/{name}.atom": content for name, content in made.items()}
    return found
