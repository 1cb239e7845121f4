"""Observations of a laboratory's series, to add up."""

import pyarrow as pa

from atalaya.model.tables import SERIES
from atalaya.series.keys import series_key

FAMILY = "lab/family.nitazenes/US-CT/cases"


def rows(subject, counts, territory="territory:US-CT", examined=None, **changes):
    """Observations of one series from 2020-01 on; None is a gap."""
    key = series_key("lab", subject, territory, "cases")
    return [
        {
            "id": f"observation:{key}-{place}",
            "series": key,
            "source": "lab",
            "subject": subject,
            "territory": territory,
            "predicate": "cases",
            "unit": "samples",
            "period": f"2020-{place + 1:02d}",
            "count": count,
            "population": None if count is None else examined,
            "status": "gap" if count is None else "observed",
            "people": False,
            "made_from": ["claim:1"],
        }
        | changes
        for place, count in enumerate(counts)
    ]


def table(*several):
    return pa.Table.from_pylist([row for one in several for row in one], SERIES)
