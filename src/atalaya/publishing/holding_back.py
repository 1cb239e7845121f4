"""Signals that rest on hidden counts: which may be published, and what they would tell.

An alarm is an answer computed from the counts, so it narrows them: "three in six months" with one
hidden cell says 3-9. Where a detector's window holds hidden counts its answers are withheld, and a
signal is published only when a person has put their name to it - so that a missing signal tells
nothing - and only if the same alarms would have been raised with another count in each hidden cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from atalaya.model.records import Signal, SignalState
from atalaya.publishing.disclosure import SMALLEST_SHOWN, Disclosure, is_small, population_of
from atalaya.publishing.inputs import Rejudge
from atalaya.publishing.masking import Row, cell_of

# States that a person chose in the knowledge that the signal is then published.
BY_A_PERSON = frozenset(
    (
        SignalState.CONFIRMED,
        SignalState.WAITING,
        SignalState.ALERT,
        SignalState.WITHDRAWN,
        SignalState.EXPIRED,
    )
)

# Whether a sum's signal tells a hidden count depends on all of its parts at once, so holding back
# those that do would tell them apart. All are held back, whoever signs: that depends on no count.
OF_A_SUM = (
    "it rests on a sum that holds counts of people from 1 to 9; a signal on the series that "
    "carries it may be signed"
)

# Trying out a series' own small counts says nothing of these: what is hidden in them are counts of
# other series, and whoever knows the rest of them reads the hidden one off what the alarm says.
OF_OTHERS = (
    "it rests on a hidden total that holds other counts of people from 1 to 9, or on a hidden "
    "number examined; a signal on the series that carries it may be signed"
)


def rests_on_others(cells: Iterable[Row], shown: Disclosure) -> bool:
    """Say whether a series hides more than small counts of its own.

    What is hidden for another reason is decided by which cells are small and never by how small, so
    that holding back all such signals tells nothing.

    Args:
        cells: The hidden observations of the series.
        shown: What may be shown.
    """
    own = [cell_of(row) for row in cells]
    return any(
        shown.hidden.get(cell, "small") != "small" or population_of(cell) in shown.hidden
        for cell in own
    )


def tells_too_much(signal: Signal, cells: Iterable[Row], rejudge: Rejudge | None) -> str | None:
    """Say which hidden count a signal would give away, even to one who knows all the others.

    Args:
        signal: The signal.
        cells: The hidden observations of its series, with their true counts.
        rejudge: Judges the series again with other counts.

    Returns:
        None where every hidden count keeps at least two values under which exactly the same
        alarms are raised; else a sentence that names the period.
    """
    if rejudge is None:
        return "its series cannot be judged again with other counts"
    small = {row["period"]: row["count"] for row in cells if is_small(row["count"])}
    changes: list[dict[str, float | None]] = [{}]
    changes += [
        {period: float(other)}
        for period, count in small.items()
        for other in range(1, SMALLEST_SHOWN)
        if other != count
    ]
    truth, *others = rejudge(signal.series, signal.detector, changes)
    kept = {
        period
        for change, alarms in zip(changes[1:], others, strict=True)
        if alarms == truth
        for period in change
    }
    lost = sorted(set(small) - kept)
    return f"it would tell the count of {lost[0]}" if lost else None


def hidden_rows(series: Iterable[Row], shown: Disclosure) -> Mapping[str, list[Row]]:
    """Give the hidden observations of each series that has any."""
    found: dict[str, list[Row]] = {}
    for row in series:
        if shown.hides(cell_of(row)):
            found.setdefault(row["series"], []).append(row)
    return found
