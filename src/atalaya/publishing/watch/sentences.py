"""The sentences of a report, in one language, for the terminal, the page and JSON lines alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from atalaya.findings.sheets.records import NotAssessed, Share, SheetFinding, SoldAs
from atalaya.model.periods import PeriodKind
from atalaya.publishing.watch.report import Since, WatchReport
from atalaya.publishing.watch.voices import Voice
from atalaya.reading.sheets.mapping import Assigned
from atalaya.reading.sheets.remarks import Remark

_LINES = 5  # rows named in one sentence
_SHARES = 4


def lead(report: WatchReport, voice: Voice) -> str:
    """Say the answer: how much is new, and a new name that no register can judge."""
    built = max(report.candidates, key=lambda one: one.name.rows, default=None)
    if built is None:
        return _found(report, voice, "lead.none")
    unknown = voice.say(
        "lead.candidate",
        name=built.name.text,
        family=voice.family(built.family),
        n=built.name.rows,
    )
    return f"{unknown} {_found(report, voice, 'lead.none_else')}"


def _found(report: WatchReport, voice: Voice, nothing: str) -> str:
    number = len(report.news.findings)
    if not number:
        return voice.say(nothing if report.news.judged_from else "lead.unjudged")
    return voice.say("lead.one") if number == 1 else voice.say("lead.some", n=number)


def span(report: WatchReport, voice: Voice) -> str:
    """Say how much of the sheet was read, and from when to when."""
    news = report.news
    return voice.say(
        "span",
        read=report.sheet.rows.num_rows,
        total=report.sheet.total,
        first=voice.period(news.first),
        last=voice.period(news.last),
    )


def what_happened(one: SheetFinding, voice: Voice) -> str:
    """Say the figures of a finding."""
    if one.kind == "excess":
        return voice.say("say.excess", cases=one.cases, latest=voice.period(one.latest))
    key = "say.finding" if one.since.kind is PeriodKind.MONTH else "say.finding_other"
    values: dict[str, str | int] = {
        "cases": one.cases,
        "window": one.window,
        "before": one.before,
        "before_window": one.before_window,
    }
    if one.tested is None:
        return voice.say("say.finding_open", **values)
    return voice.say(key, tested=one.tested, **values)


def when(one: SheetFinding, voice: Voice) -> str:
    """Say since when."""
    return voice.say(
        "say.first_case",
        first_case=voice.period(one.first_case),
        last_case=voice.period(one.last_case),
        since=voice.period(one.since),
        total=one.total,
    )


def how_sure(one: SheetFinding, voice: Voice) -> str:
    """Say how sure, and why."""
    reasons = [
        *(f"because.{key}" for key in one.because),
        *(f"change.{key}" for key in one.changes),
    ]
    said = "; ".join(voice.say(key) for key in reasons)
    return f"{voice.say(f'confidence.{one.confidence}')} – {said}"


def not_known(one: SheetFinding, voice: Voice) -> str:
    """Say what is not known."""
    return voice.each(one.unknown, "unknown")


def where(one: SheetFinding, voice: Voice) -> str:
    """Say in which places, and which have an alarm of their own."""
    own = set(one.places_alarmed)
    return ", ".join(
        f"{voice.place(share.what)} ({voice.number(share.cases)}"
        + (f", {voice.say('label.place_alarm')})" if share.what in own else ")")
        for share in one.places
    )


def shares(found: Sequence[Share], voice: Voice, *, named: bool = True) -> str:
    """Say how often each, the most frequent first."""
    said = [
        f"{voice.substance(share.what) if named else share.what} ({voice.number(share.cases)})"
        for share in found[:_SHARES]
    ]
    return ", ".join(said) + (" …" if len(found) > _SHARES else "")


def rows(one: SheetFinding, voice: Voice) -> str:
    """Name the rows a finding rests on."""
    named = "; ".join(
        at(sheet, ", ".join(str(line) for _, line in group))
        for sheet, group in groupby(one.lines, key=lambda place: place[0])
    )
    key = "rows.all" if len(one.lines) == one.rows else "rows.some"
    return voice.say(key, lines=named, n=one.rows)


def at(sheet: str, line: int | str) -> str:
    """Name one row: ``12``, or ``2024!12`` in a sheet of a workbook."""
    return f"{sheet}!{line}" if sheet else str(line)


def not_assessed(report: WatchReport, voice: Voice) -> list[str]:
    """Say what is not assessed, and why."""
    news = report.news
    said = [_one_not_assessed(one, voice) for one in news.not_assessed]
    if news.judged_from is not None and news.judged_from != news.first:
        said.append(voice.say("not.start", judged_from=voice.period(news.judged_from)))
    if news.gaps:
        named = ", ".join(voice.period(gap) for gap in news.gaps[:12])
        more = " …" if len(news.gaps) > 12 else ""  # noqa: PLR2004 - a year of months
        said.append(voice.say("not.gaps", n=len(news.gaps), periods=named + more))
    unknown = {name.id for name in report.sheet.names if name.how == "unknown"}
    if unknown:
        said.append(voice.say("not.names", n=len(unknown)))
    said.append(voice.say("not.last", last=voice.period(news.last)))
    said.append(voice.say("not.health"))
    return said


def _one_not_assessed(one: NotAssessed, voice: Voice) -> str:
    said = voice.say(
        f"reason.{one.reason}",
        n=one.series,
        level=voice.say(f"level.{one.level}"),
        observed=one.observed,
        needed=one.needed,
    )
    name = voice.family if one.level == "family" else voice.substance
    named = ", ".join(name(subject) for subject in one.subjects)
    return f"{said}: {named}" + (" …" if one.series > len(one.subjects) else "")


def remark(one: Remark, voice: Voice) -> str:
    """Say what was assumed or skipped."""
    values: dict[str, str | int] = {"sheet": one.sheet, "column": one.column or "", **one.values}
    # A line is a place, not an amount: it is written without separators.
    values["line"] = "" if one.line is None else str(one.line)
    for key in ("order", "because"):
        if key in values:
            values[key] = voice.say(f"order.{values[key]}")
    return voice.say(f"remark.{one.kind}", **values)


def remarks(report: WatchReport, voice: Voice) -> list[str]:
    """Say everything that was assumed, each once."""
    everything = (*report.sheet.remarks, *report.assumed)
    return list(dict.fromkeys(remark(one, voice) for one in everything))


def left_out(found: Iterable[Remark], voice: Voice) -> list[str]:
    """Say which rows were left out: five of each reason, and how many more."""
    ordered = sorted(found, key=lambda one: (one.kind, one.sheet, one.line or 0))
    said = []
    for _, group in groupby(ordered, key=lambda one: one.kind):
        several = list(group)
        said += [why_left_out(one, voice) for one in several[:_LINES]]
        if len(several) > _LINES:
            said.append(voice.say("left.more", n=len(several) - _LINES))
    return said


def why_left_out(one: Remark, voice: Voice) -> str:
    """Say why one row was left out."""
    values: dict[str, str | int] = {"text": "", "column": one.column or "", **one.values}
    place = voice.say("left.row", line=at(one.sheet, one.line or 0))
    return f"{place}: {voice.say(f'left.{one.kind}', **values)}"


def column(one: Assigned, voice: Voice) -> tuple[str, str]:
    """Say what a column was taken for, and why."""
    role = voice.say(f"role.{one.role}" if one.role is not None else "role.none")
    because = voice.say(f"map.{one.because}", like=one.like)
    if one.role is None or one.because == "asked":
        return role, because
    return role, f"{because} ({voice.percent(one.confidence)})"


def correction(report: WatchReport, voice: Voice) -> str:
    """Say how a wrong mapping is put right."""
    first = next(one for one in report.sheet.proposal.columns if one.role is not None)
    name = report.sheet.name.replace('"', "")
    command = f'atalaya watch "{name}" --map {first.role}="{first.heading}"'
    return voice.say("map.correct", command=command)


def sold_as(one: SoldAs, voice: Voice) -> str:
    """Say what was found instead."""
    return shares(one.instead, voice)


def since(one: Since, voice: Voice, names: dict[str, str]) -> list[str]:
    """Say what changed since the last sheet.

    Args:
        one: What changed.
        voice: The language.
        names: Keys of findings -> their names.
    """
    if one.when is None:
        return [voice.say("since.first")]
    if one.same_sheet:
        return [voice.say("since.same", when=one.when)]
    said = [
        voice.say(
            "since.rows",
            when=one.when,
            added=one.added,
            changed=len(one.changed),
            removed=len(one.removed),
            same=one.same,
        )
    ]
    for key, found in (("since.changed", one.changed), ("since.removed", one.removed)):
        if found:
            lines = ", ".join(at(sheet, line) for sheet, line in found[: 4 * _LINES])
            said.append(voice.say(key, lines=lines + (" …" if len(found) > 4 * _LINES else "")))
    new = [names.get(key, key) for key in one.new]
    said.append(voice.say("since.news", what=", ".join(new)) if new else voice.say("since.no_news"))
    if one.gone:
        said.append(voice.say("since.gone", what=", ".join(names.get(k, k) for k in one.gone)))
    return said
