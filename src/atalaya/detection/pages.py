"""The page about the detectors, written from the detectors themselves."""

from __future__ import annotations

from collections.abc import Iterable

from atalaya.detection.catalogue import recommended_for
from atalaya.detection.judgement import Detector
from atalaya.detection.parameters import describe_parameters

_INTRODUCTION = """# Detectors

This page is written from the detectors themselves; a test keeps it current.

A verdict is **alarm**, **no alarm** or **not assessed**, with the reason in one sentence. A gap is
never judged and never counts as zero: windows are counted in observed periods. A verdict for a
period never looks at later periods. Without `--detector`, each series gets the one recommended for
its kind, judged by what lies before `--from` only.
"""


def describe(detectors: Iterable[Detector]) -> str:
    """Write the page about detectors.

    Args:
        detectors: In the order they shall appear.

    Returns:
        Markdown: for each detector what it suits, its source, its columns and its parameters.
    """
    return "\n".join([_INTRODUCTION, *(_section(detector) for detector in detectors)])


def _section(detector: Detector) -> str:
    lines = [f"## `{detector.name}`", "", f"{detector.title}.", ""]
    chosen = recommended_for(detector.name)
    if chosen:
        lines += [f"**Chosen by itself for:** {chosen}.", ""]
    lines += [f"**Suits:** {detector.suits}", "", f"**Source:** {detector.source}", ""]
    lines += ["| column | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in detector.columns.items()]
    lines += ["", "| parameter | default | meaning |", "|---|---|---|"]
    lines += [
        f"| `{row.name}` | {row.value} | {row.doc} |"
        for row in describe_parameters(detector.parameters)
    ]
    return "\n".join([*lines, ""])
