"""A draft of a notification, in the fields that European law names; never an alert.

Source: Regulation (EU) 2023/1322, Article 13(2), points (a) to (j).
"""

from __future__ import annotations

from atalaya.findings.sheets.records import SheetFinding
from atalaya.publishing.watch import sentences
from atalaya.publishing.watch.voices import Voice


def draft(one: SheetFinding, voice: Voice) -> str:
    """Write a draft notification of one finding, as plain text.

    What the sheet does not say is written as unknown, never guessed: health risks, social risks
    and measures always are.

    Args:
        one: The finding.
        voice: The language.
    """
    lines = [voice.say("draft.mark"), voice.say("draft.fields"), ""]
    lines += [f"{name}: {text}" for name, text in fields(one, voice)]
    return "\n".join([*lines, "", voice.say("draft.sign")])


def fields(one: SheetFinding, voice: Voice) -> list[tuple[str, str]]:
    """Give the ten fields with what the sheet says of each."""
    unknown = voice.say("draft.unknown")
    said = {
        "a": voice.say(
            "draft.a_text",
            what=voice.key(one.key),
            kind=voice.say(f"kind.{one.kind}"),
            family=voice.family_of(one.key.subject),
        ),
        "b": voice.say(
            "draft.b_text",
            first_case=voice.period(one.first_case),
            latest=voice.period(one.last_case),
            places=sentences.where(one, voice) or voice.say("unknown"),
        ),
        "c": voice.say(
            "draft.c_text",
            sold_as=sentences.shares(one.sold_as, voice) or voice.say("unknown"),
        ),
        "d": voice.say(
            "draft.d_text",
            total=one.total,
            cases=one.cases,
            tested=voice.say("unknown") if one.tested is None else one.tested,
            window=one.window,
            before=one.before,
            before_window=one.before_window,
        ),
        "e": sentences.shares(one.methods, voice, named=False) or unknown,
        "j": voice.say(
            "draft.j_text",
            confidence=voice.say(f"confidence.{one.confidence}"),
            because=voice.each(one.because, "because"),
            unknown=sentences.not_known(one, voice),
        ),
    }
    return [(voice.say(f"draft.{point}"), said.get(point, unknown)) for point in "abcdefghij"]
