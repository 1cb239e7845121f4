"""Changes of followed pages as a release publishes them: one of each sort, one of them hostile."""

from atalaya.model.tables import PAGE_CHANGES

HOSTILE = '<script>alert("2")</script>'
ROW = dict.fromkeys(PAGE_CHANGES.names) | {
    "source": "cnd68",
    "address": "https://body.example/status",
    "from_at": "2026-03-01T08:00:00Z",
    "to_at": "2026-03-02T09:30:00Z",
    "count": 1,
}
CHANGED = {
    "id": "change:1",
    "kind": "changed",
    "unit": "sentence",
    "before": "It has 40 members.",
    "after": "It has 44 members.",
    "numbers": "40 -> 44",
    "where": HOSTILE,
    "words": '[["keep","It has "],["del","40"],["ins","44"],["keep"," members."]]',
}
ADDED = {"id": "change:2", "kind": "added", "unit": "row", "after": HOSTILE, "row_name": "Peru"}
ASIDE = {"id": "change:3", "kind": "aside", "because": "navigation", "count": 3}
WITHHELD = {
    "id": "change:4",
    "source": "ct-deaths",
    "to_at": "2026-03-05T09:30:00Z",
    "kind": "withheld",
    "because": "about-people",
}
ALL = tuple(ROW | row for row in (CHANGED, ADDED, ASIDE, WITHHELD))
