"""One HTML page that needs nothing beside itself: no script, no address of any other place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup

from atalaya import __version__
from atalaya.findings.sheets.records import SheetFinding
from atalaya.publishing.watch import sentences
from atalaya.publishing.watch.charts import Chart, chart
from atalaya.publishing.watch.draft import draft
from atalaya.publishing.watch.report import WatchReport
from atalaya.publishing.watch.voices import Voice
from atalaya.reading.sheets.finds import How
from atalaya.reading.sheets.rows import NameInSheet

STRONGEST: Final = 5  # findings shown at once; people who get many alerts tire of them
_NAMES = 100  # unknown names listed on the page; JSON lines hold all
_SOLD = 12


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as its card shows it."""

    anchor: str
    name: str
    kind: str
    happened: str
    when: str
    sure: str
    unknown: str
    sources: str
    where: str
    sold_as: str
    methods: str
    rows: str
    is_new: bool
    chart: Chart


def page(report: WatchReport, voice: Voice) -> str:
    """Write the page of a report.

    Args:
        report: What to show; every text of it is escaped.
        voice: The language.

    Returns:
        HTML, complete in itself.
    """
    return str(_template().render(say=voice.say, **content(report, voice)))


def content(report: WatchReport, voice: Voice) -> dict[str, Any]:
    """Give what the page's template shows, in the language of the voice."""
    news = report.news
    cards = [_card(one, report, voice, number) for number, one in enumerate(news.findings)]
    unknown = [one for one in report.sheet.names if one.how is How.UNKNOWN]
    candidates = {one.name.text for one in report.candidates}
    names = {str(one.key): voice.key(one.key) for one in (*news.findings, *news.earlier)}
    return {
        "language": voice.language,
        "title": voice.say("title", name=report.sheet.name),
        "css": Markup(_read("page.css")),  # noqa: S704 - our own file
        "lead": sentences.lead(report, voice),
        "span": sentences.span(report, voice),
        "since": sentences.since(report.since, voice, names) if report.since else [],
        "findings": cards[:STRONGEST],
        "more": cards[STRONGEST:],
        "candidates": [
            [
                one.name.text,
                voice.family(one.family),
                one.name.rows,
                one.name.line,
                ", ".join(one.name.nearest),
            ]
            for one in report.candidates
        ],
        "not_assessed": sentences.not_assessed(report, voice),
        "draft": draft(news.findings[0], voice) if news.findings else "",
        "layout": voice.say(f"map.layout.{report.sheet.proposal.layout}"),
        "mapping": [
            [one.heading or f"({one.number + 1})", *sentences.column(one, voice)]
            for one in report.sheet.proposal.columns
        ],
        "correction": sentences.correction(report, voice),
        "unresolved": [
            [one.text, one.rows, one.line, ", ".join(one.nearest)]
            for one in unknown[:_NAMES]
            if one.text not in candidates
        ],
        "fuzzy": list(_doubtful(report.sheet.names, voice)),
        "left_out": sentences.left_out(report.sheet.left_out, voice),
        "left_out_count": voice.number(len(report.sheet.left_out)),
        "remarks": sentences.remarks(report, voice),
        "earlier": [_row(one, voice) for one in news.earlier],
        "version": __version__,
        "made_at": report.made_at,
        "sha256": report.sha256,
        **_sold(report, voice),
    }


def _sold(report: WatchReport, voice: Voice) -> dict[str, list[list[str]]]:
    mismatches, street = [], []
    for one in report.news.sold_as:
        name, number = voice.substance(one.sold_as), voice.number
        if one.sold_as.startswith("substance:"):
            figures = [number(one.samples), number(one.without), number(one.recent)]
            mismatches.append([name, *figures, sentences.sold_as(one, voice)])
        else:
            street.append([name, number(one.samples), sentences.sold_as(one, voice)])
    return {"mismatches": mismatches[:_SOLD], "street": street[:_SOLD]}


def _card(one: SheetFinding, report: WatchReport, voice: Voice, number: int) -> Card:
    return Card(
        anchor=f"finding-{number + 1}",
        name=voice.key(one.key),
        kind=voice.say(f"kind.{one.kind}"),
        happened=sentences.what_happened(one, voice),
        when=sentences.when(one, voice),
        sure=sentences.how_sure(one, voice),
        unknown=sentences.not_known(one, voice),
        sources=", ".join(one.sources),
        where=sentences.where(one, voice),
        sold_as=sentences.shares(one.sold_as, voice),
        methods=sentences.shares(one.methods, voice, named=False),
        rows=sentences.rows(one, voice),
        is_new=report.since is not None and str(one.key) in report.since.new,
        chart=chart(one, report.news.lines[str(one.key)], voice),
    )


def _row(one: SheetFinding, voice: Voice) -> list[str]:
    return [
        voice.key(one.key),
        voice.say(f"kind.{one.kind}"),
        voice.period(one.since),
        voice.number(one.cases),
        sentences.how_sure(one, voice),
    ]


def _doubtful(names: Iterable[NameInSheet], voice: Voice) -> Iterator[list[str]]:
    for one in names:
        if one.how is not How.UNKNOWN:
            why = voice.say(f"how.{one.how}")
            yield [one.text, voice.substance(one.id), voice.number(one.rows), why]


def _read(name: str) -> str:
    return (files("atalaya.publishing.watch") / name).read_text("utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.from_string(_read("page.html"))
