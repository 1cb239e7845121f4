"""Licences: what may not be redistributed is linked, never bundled; everybody is named (R11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import LookAtThis, Place
from atalaya.model.records import Issue
from atalaya.model.sentences import sentence, versions
from atalaya.publishing.change_rows import says
from atalaya.publishing.evidence_rows import LINKED
from atalaya.publishing.inputs import ReleaseInputs

OURS = "CC BY 4.0"
OURS_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def refuse_bundling(inputs: ReleaseInputs) -> None:
    """Refuse rows of a source that does not allow them to be passed on, or of no known source.

    Raises:
        LookAtThis: A table holds such rows; the source and the number of rows are named.
    """
    free = {said.slug for said in inputs.declarations if said.licence.redistribute}
    known = {said.slug for said in inputs.declarations}
    tables = {
        "claims": inputs.claims["source"].to_pylist(),
        "series": inputs.series["source"].to_pylist(),
        "documents": inputs.documents["source"].to_pylist(),
        "signals": [signal.source for signal in inputs.signals],
        "page_changes": [row["source"] for row in inputs.page_changes.to_pylist() if says(row)],
        "texts": [row["source"] for row in inputs.texts.to_pylist() if row["title"]],
    }
    for table, sources in tables.items():
        for source in sorted(set(sources) - free):
            missing = (
                "has no licence that is known" if source not in known else "may not be bundled"
            )
            raise LookAtThis(
                f"{sources.count(source)} rows come from {source!r}, which {missing}",
                why="a release is passed on by others; a licence that forbids that binds them too",
                do="set redistribute = true in its source.toml if the licence allows it; if not, "
                "take its folder out of sources/ and link to it",
                where=Place(table, column="source"),
            )


def linked_only(inputs: ReleaseInputs) -> ReleaseInputs:
    """Leave out every row of the sources that may only be linked, and say so in an issue each.

    What was read of them stays here and is judged, so that the observatory's own people see it; no
    row, no quotation and no signal of it leaves with a release. What its issues say may quote it,
    so only that there are any is told; that an address was asked in vain is ours to say.

    Args:
        inputs: What was read and judged.

    Returns:
        The inputs without their rows. Their declarations stay, so that ``sources.csv`` links them,
        and so do their captures: when which address was asked is no part of what it said.
    """
    bound = [said for said in inputs.declarations if not said.licence.redistribute]
    if not bound:
        return inputs
    slugs = [said.slug for said in bound]
    kept = _without(inputs.series, slugs)
    claims = _without(inputs.claims, slugs)
    return replace(
        inputs,
        claims=claims,
        documents=_without(inputs.documents, slugs),
        series=kept,
        verdicts=inputs.verdicts.filter(
            pc.is_in(inputs.verdicts["series"], kept["series"].unique())
        ),
        signals=tuple(signal for signal in inputs.signals if signal.source not in slugs),
        nowcasts=_without(inputs.nowcasts, slugs),
        promises=_resting_on(inputs.promises, claims),
        follow_up=_resting_on(inputs.follow_up, claims),
        advocacy=_resting_on(inputs.advocacy, claims),
        voting_agreement=_resting_on(inputs.voting_agreement, claims),
        sponsorship=_resting_on(inputs.sponsorship, claims),
        blind_spots=_without(inputs.blind_spots, slugs),
        texts=_unquoted(inputs.texts, slugs),
        issues=(
            *(one for one in inputs.issues if not _may_quote(one, slugs)),
            *(_said(said, inputs.issues) for said in bound),
        ),
    )


def _unquoted(texts: pa.Table, slugs: list[str]) -> pa.Table:
    """Keep that a text was read and where it stands, and none of its words."""
    rows = texts.to_pylist()
    for row in rows:
        if row["source"] in slugs:
            row |= {"title": "", "because": None, "implausible": None, "claims": []}
    return pa.Table.from_pylist(rows, schema=texts.schema)


def _resting_on(table: pa.Table, claims: pa.Table) -> pa.Table:
    """Leave out rows that rest on a claim which is not among those given."""
    given = set(claims["id"].to_pylist())
    kept = [given.issuperset(row) for row in table["claims"].to_pylist()]
    return table.filter(pa.array(kept, pa.bool_()))


def _without(table: pa.Table, slugs: list[str]) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["source"], pa.array(slugs, pa.string()))))


def _may_quote(issue: Issue, slugs: list[str]) -> bool:
    return issue.source in slugs and issue.step != "fetch"


def _said(source: SourceDeclaration, issues: Iterable[Issue]) -> Issue:
    held = any(_may_quote(one, [source.slug]) for one in issues)
    title = versions(**source.title.model_dump())
    if held:
        says = sentence(
            "{title} may not be passed on: it is linked only, none of its figures, quotations or "
            "signals is published; issues that may quote it are not shown",
            title=title,
        )
    else:
        says = sentence(
            "{title} may not be passed on: it is linked only, none of its figures, quotations or "
            "signals is published",
            title=title,
        )
    return Issue(
        kind=LINKED,
        says=says,
        step="release",
        source=source.slug,
        where=Place(source.homepage),
        do=sentence("read it at {homepage}", homepage=source.homepage),
    )


def attribution(declarations: Iterable[SourceDeclaration]) -> bytes:
    """Write ``ATTRIBUTION.md``: every source, its licence and how it asks to be named.

    Args:
        declarations: Every source, link-only ones included.
    """
    lines = [
        "# Attribution and licences",
        "",
        f"What this release compiles is under [{OURS}]({OURS_ADDRESS}), as far as rights arise in",
        "compiling. Each source keeps its own licence; keep the words below when you pass data on.",
        "",
    ]
    for said in sorted(declarations, key=lambda one: one.slug):
        licence = said.licence
        lines += [
            f"## {said.title.en} (`{said.slug}`)",
            "",
            f"- Publisher: {said.publisher}, <{said.homepage}>",
            f"- Licence: {licence.name}" + (f", <{licence.address}>" if licence.address else ""),
            "- Rows in this release: "
            + ("bundled" if licence.redistribute else "none, linked only at its address above"),
            f"- Attribution: {licence.attribution}",
        ]
        lines += [f"- Compiled: {said.compiled.how}"] if said.compiled else []
        lines.append("")
    return "\n".join(lines).encode()
