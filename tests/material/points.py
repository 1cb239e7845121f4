"""Points of a series in each of the states that a chart tells apart."""

from atalaya.publishing.site.cells import Cell
from atalaya.publishing.site.points import Point

UNKNOWN = Cell()


def point(period: str, **more: object) -> Point:
    said = {
        "status": "observed",
        "count": Cell(12, 12),
        "population": UNKNOWN,
        "expected": UNKNOWN,
        "threshold": UNKNOWN,
        "alarm": None,
        "withheld": False,
        "levels_withheld": False,
        "masked": False,
        "reason": "",
        "reference": "series.csv:1:count",
    }
    return Point(period=period, **(said | more))


POINTS = (
    point("2019-01"),
    point("2019-02", count=Cell(1, 9)),
    point("2019-03", count=Cell(0, 0), expected=Cell(1, 1), threshold=Cell(3, 3), alarm=False),
    point("2019-04", count=UNKNOWN, status="gap", reason="not assessed"),
    point("2019-05", status="incomplete", reason="not assessed"),
    point("2019-06", threshold=Cell(3, 3), alarm=True),
    point("2019-07", count=Cell(1, 9), withheld=True, reason="withheld"),
    point("2019-08", count=UNKNOWN, masked=True, withheld=True, reason="withheld"),
)
