"""The answer on a terminal: short, the strongest first; everything else is on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atalaya.publishing.watch import sentences
from atalaya.publishing.watch.draft import draft
from atalaya.publishing.watch.report import WatchReport
from atalaya.publishing.watch.voices import Voice

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from atalaya.findings.sheets.records import SheetFinding

_STRONGEST, _NAMES, _LEFT_OUT = 5, 8, 6


def summary(report: WatchReport, voice: Voice) -> None:
    """Print a report for people."""
    from rich.console import Console

    console = Console(highlight=False)
    for part in _parts(report, voice):
        console.print(part)
    _mapping(report, voice, console)


def _parts(report: WatchReport, voice: Voice) -> list[RenderableType]:
    from rich.panel import Panel
    from rich.text import Text

    news = report.news
    parts: list[RenderableType] = [
        Text(sentences.lead(report, voice), style="bold"),
        Text(sentences.span(report, voice)),
        Text(voice.say("private"), style="yellow"),
    ]
    if report.since is not None:
        names = {str(one.key): voice.key(one.key) for one in (*news.findings, *news.earlier)}
        parts += _listed(voice.say("head.since"), sentences.since(report.since, voice, names))
    for number, one in enumerate(news.findings[:_STRONGEST], start=1):
        parts.append(_finding(number, one, report, voice))
    if len(news.findings) > _STRONGEST:
        parts.append(Text(voice.say("head.more", n=len(news.findings) - _STRONGEST)))
    built = [
        f"“{one.name.text}” ({voice.family(one.family)}): {voice.number(one.name.rows)} × "
        f"– {voice.say('left.row', line=str(one.name.line))}"
        for one in report.candidates[:_NAMES]
    ]
    parts += _listed(voice.say("head.candidates"), built)
    parts += _listed(voice.say("head.not_assessed"), sentences.not_assessed(report, voice))
    unknown = [one for one in report.sheet.names if one.how == "unknown"]
    named = [
        f"“{one.text}” × {voice.number(one.rows)}"
        + (f" – {voice.say('col.nearest')}: {', '.join(one.nearest)}" if one.nearest else "")
        for one in unknown[:_NAMES]
    ]
    parts += _listed(f"{voice.say('head.unresolved')} ({voice.number(len(unknown))})", named)
    out = sentences.left_out(report.sheet.left_out, voice)[:_LEFT_OUT]
    counted = f"{voice.say('head.left_out')} ({voice.number(len(report.sheet.left_out))})"
    parts += _listed(counted, out)
    parts += _listed(voice.say("head.remarks"), sentences.remarks(report, voice))
    if news.findings:
        text = Text(draft(news.findings[0], voice))
        parts.append(Panel(text, title=voice.say("head.draft"), title_align="left"))
    return parts


def _finding(number: int, one: SheetFinding, report: WatchReport, voice: Voice) -> RenderableType:
    from rich.text import Text

    said = Text(f"\n{number}. {voice.key(one.key)}", style="bold")
    said.append(f" – {voice.say(f'kind.{one.kind}')}", style="not bold red")
    if report.since is not None and str(one.key) in report.since.new:
        said.append(f" [{voice.say('label.new')}]", style="not bold yellow")
    said.append(f"\n   {sentences.what_happened(one, voice)}", style="not bold")
    said.append(f" {sentences.when(one, voice)}", style="not bold")
    for label, text in (
        ("label.confidence", sentences.how_sure(one, voice)),
        ("label.unknown", sentences.not_known(one, voice)),
        ("label.where", sentences.where(one, voice)),
        ("label.sold_as", sentences.shares(one.sold_as, voice)),
        ("label.rows", sentences.rows(one, voice)),
    ):
        if text:
            said.append(f"\n   {voice.say(label)}: {text}", style="not bold")
    return said


def _listed(title: str, lines: list[str]) -> list[RenderableType]:
    from rich.text import Text

    if not lines:
        return []
    return [Text(f"\n{title}", style="bold"), *(Text(f"  · {line}") for line in lines)]


def _mapping(report: WatchReport, voice: Voice, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=voice.say("head.mapping"), title_justify="left", box=None, pad_edge=False)
    for key in ("col.heading", "col.holds", "col.why"):
        table.add_column(voice.say(key), overflow="fold")
    for one in report.sheet.proposal.columns:
        table.add_row(*(Text(text) for text in (one.heading, *sentences.column(one, voice))))
    console.print()
    console.print(table)
    console.print(Text(voice.say(f"map.layout.{report.sheet.proposal.layout}")))
    console.print(Text(sentences.correction(report, voice)))
