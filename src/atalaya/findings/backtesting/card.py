"""The scorecard: every detector's score on one truth, with the rules it was scored by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from atalaya.findings.backtesting.replay import Replay
from atalaya.findings.backtesting.scoring import DetectorScore, score
from atalaya.reading.events import Event

SCHEMA = "atalaya-scorecard/1"
RULES: Mapping[str, str] = {
    "known": "a verdict rests on what was known on its date: never on later periods, and on the "
    "first dated edition that observed its period",
    "left_censored": "fewer than 6 silent observed periods before the first case; an event of type "
    "outbreak needs 6 observed ones; so is a first case before the first period judged; reported "
    "apart, out of recall",
    "found": "an alarm from the period of the first to that of the fifth case",
    "episode": "alarms of one series at most 6 months apart",
    "false": "an episode without an alarm in the window of a wave found; waves left-censored and "
    "events that are no wave included",
    "lead": "days from the end of the alarm's period and the reports' declared lag to the notice",
    "ranking": "by the detector's statistic when the episode began",
    "intervals": "95 %: Wilson for shares, exact Poisson for rates, bootstrap for medians",
}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a back-test found; `contents` is its file.

    Args:
        software: Version that made it.
        mode: Always ``replay``: history judged afterwards, not sealed before the outcome.
        data: Name and SHA-256 of what was judged, and its span.
        truth: Name and SHA-256 of the events, and how many they are.
        parameters: Parameters of each detector, by its name.
        detectors: Their scores, in the order asked for.
    """

    software: str
    mode: str
    data: Mapping[str, Any]
    truth: Mapping[str, Any]
    parameters: Mapping[str, Any]
    detectors: tuple[DetectorScore, ...]

    def contents(self) -> dict[str, Any]:
        """Give it as the JSON object that is written; documented in ``docs/backtest.md``."""
        said: dict[str, Any] = _plain(asdict(self))
        return {"schema": SCHEMA, "rules": dict(RULES)} | said

    def text(self) -> bytes:
        """Give the bytes of its file: the same for the same input."""
        return (json.dumps(self.contents(), indent=1, ensure_ascii=False) + "\n").encode()


def scorecard(
    replays: Mapping[str, Sequence[Replay]], events: Sequence[Event], about: Mapping[str, Any]
) -> Scorecard:
    """Score every detector.

    Args:
        replays: What each detector said of each panel, by its name.
        events: What happened.
        about: ``software``, ``data``, ``truth`` and ``parameters`` of the card.
    """
    scores = tuple(score(said, events) for said in replays.values())
    return Scorecard(mode="replay", detectors=scores, **about)


def _plain(value: Any) -> Any:
    """Give intervals as objects: a named tuple would be written as a list."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
