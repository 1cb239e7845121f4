"""The report as JSON lines: one object a finding, a thing not assessed, a name, a row left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atalaya.findings.sheets.records import SheetFinding
from atalaya.publishing.watch import sentences
from atalaya.publishing.watch.draft import draft
from atalaya.publishing.watch.report import WatchReport
from atalaya.publishing.watch.voices import Voice
from atalaya.reading.sheets.finds import How

Row = dict[str, Any]


def lines(report: WatchReport, voice: Voice) -> Iterator[Row]:
    """Give a report as objects with a ``type`` each, the answer first.

    Args:
        report: What to say.
        voice: The language of ``says``; keys are always English.
    """
    news = report.news
    yield {
        "type": "answer",
        "says": sentences.lead(report, voice),
        "sheet": report.sheet.name,
        "sha256": report.sha256,
        "layout": report.sheet.proposal.layout,
        "rows": report.sheet.total,
        "read": report.sheet.rows.num_rows,
        "left_out": len(report.sheet.left_out),
        "first": str(news.first),
        "last": str(news.last),
        "judged_from": None if news.judged_from is None else str(news.judged_from),
        "private": voice.say("private"),
    }
    yield from _columns(report, voice)
    yield from (_finding("finding", one, report, voice) for one in news.findings)
    yield from (_finding("earlier", one, report, voice) for one in news.earlier)
    for says in sentences.not_assessed(report, voice):
        yield {"type": "not-assessed", "says": says}
    yield from _names(report)
    yield from _rest(report, voice)
    if news.findings:
        yield {"type": "draft", "says": draft(news.findings[0], voice)}


def _columns(report: WatchReport, voice: Voice) -> Iterator[Row]:
    for one in report.sheet.proposal.columns:
        yield {
            "type": "column",
            "heading": one.heading,
            "holds": None if one.role is None else str(one.role),
            "confidence": round(one.confidence, 2),
            "says": ": ".join(sentences.column(one, voice)),
        }


def _finding(kind: str, one: SheetFinding, report: WatchReport, voice: Voice) -> Row:
    return {
        "type": kind,
        "what": one.key.subject,
        "name": voice.key(one.key),
        "level": str(one.key.level),
        "within": one.key.within,
        "kind": one.kind,
        "since": str(one.since),
        "latest": str(one.latest),
        "first_case": str(one.first_case),
        "last_case": str(one.last_case),
        "total": one.total,
        "cases": one.cases,
        "tested": one.tested,
        "before": one.before,
        "before_window": one.before_window,
        "window": one.window,
        "p_value": one.p_value,
        "detector": one.detector,
        "confidence": one.confidence,
        "because": [*one.because, *one.changes],
        "sources": list(one.sources),
        "unknown": list(one.unknown),
        "places": {share.what: share.cases for share in one.places},
        "sold_as": {share.what: share.cases for share in one.sold_as},
        "methods": {share.what: share.cases for share in one.methods},
        "lines": [sentences.at(sheet, line) for sheet, line in one.lines],
        "new_since_last_sheet": None if report.since is None else str(one.key) in report.since.new,
        "says": f"{voice.key(one.key)}: {voice.say(f'kind.{one.kind}')}. "
        f"{sentences.what_happened(one, voice)} {sentences.when(one, voice)}",
    }


def _names(report: WatchReport) -> Iterator[Row]:
    built = {one.name.text: one.family for one in report.candidates}
    for one in report.sheet.names:
        unknown = one.how is How.UNKNOWN
        yield {
            "type": "unresolved-name" if unknown else "doubtful-name",
            "text": one.text,
            "rows": one.rows,
            "line": one.line,
            "read_as": None if unknown else one.id,
            "how": str(one.how),
            "score": round(one.score, 3),
            "nearest": list(one.nearest),
            "built_like": built.get(one.text),
        }


def _rest(report: WatchReport, voice: Voice) -> Iterator[Row]:
    for remark in report.sheet.left_out:
        yield {
            "type": "left-out",
            "sheet": remark.sheet,
            "line": remark.line,
            "column": remark.column,
            "why": remark.kind,
            "says": sentences.why_left_out(remark, voice),
        }
    for says in sentences.remarks(report, voice):
        yield {"type": "assumed", "says": says}
    for sold in report.news.sold_as:
        yield {
            "type": "sold-as",
            "sold_as": sold.sold_as,
            "samples": sold.samples,
            "without": sold.without,
            "recent": sold.recent,
            "instead": {share.what: share.cases for share in sold.instead},
        }
    if report.since is not None:
        yield {
            "type": "since-last-sheet",
            "when": report.since.when,
            "same_sheet": report.since.same_sheet,
            "added": report.since.added,
            "changed": [sentences.at(*place) for place in report.since.changed],
            "removed": [sentences.at(*place) for place in report.since.removed],
            "same": report.since.same,
            "new": list(report.since.new),
            "gone": list(report.since.gone),
        }
