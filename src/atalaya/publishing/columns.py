"""The published tables: the columns of each, and what each is."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from atalaya.model.records import Checked, SignalState
from atalaya.publishing.column import HIDDEN, Column, Kind
from atalaya.publishing.expected_columns import FORECAST_SCORES, FORECASTS, NOWCASTS
from atalaya.publishing.marking import _

_ID = Column("id", "Identifier, named by what is published", required=True, unique=True)
_SOURCE = Column("source", "Slug of the source; see sources.csv", required=True)
_HIDDEN = Column("hidden", "Why a figure is withheld; see docs/disclosure.md", allowed=HIDDEN)
_MADE_FROM = Column("made_from", "Rows it is made from, such as claims.csv:3-5 claims.csv:9")
CHANGE_KINDS = ("added", "removed", "changed", "moved", "aside", "more", "withheld", "unread")
HEALTH = ("fine", "late", "failing", "silent", "shipped")
VOLUME = ("usual", "few", "many", "unknown")
_STATES = tuple(state.value for state in SignalState)
_VERDICT_NUMBERS = (
    Column("expected", "What the detector expected", "number", unit="unit of the series"),
    Column("threshold", "Level that triggers a review", "number", unit="the detector's own"),
    Column("statistic", "The detector's statistic", "number", unit="the detector's own"),
)

SIGNALS = (
    _ID,
    Column("what", "Register identifier of the substance", required=True),
    Column("territory", "Register identifier of the place", required=True),
    Column("period", "Latest period with an alarm", required=True),
    Column("since", "First period of the episode", required=True),
    Column("observed", "Count in the period: a number or 1-9", "count", unit="see series.csv"),
    *_VERDICT_NUMBERS,
    Column("confidence", "How sure", required=True, allowed=("low", "moderate", "high")),
    Column("sources", "Number of independent sources", "whole", required=True, unit="sources"),
    Column("unknown", "What is not known", required=True),
    Column("state", "Where it stands with its reviewers", required=True, allowed=_STATES),
    Column("mode", "Live or replayed history", required=True, allowed=("live", "replay")),
    Column("signed_by", "Who signed the alert"),
    Column("expires", "Day the alert stops holding", "date"),
    Column("series", "Key of the series in series.csv", required=True),
    _SOURCE,
    Column("detector", "Name of the detector", required=True),
    Column("p_value", "Probability under no change", "number", unit="1"),
    Column("reason", "The detector's reason"),
    Column("advice", "What to do, by the person who signed"),
    Column("verdict", "Its verdict in verdicts.csv", required=True),
    _HIDDEN,
    Column("cited", "Where the publisher itself publishes this small cell"),
)
SERIES = (
    _ID,
    Column("series", "Key of the series", required=True),
    _SOURCE,
    Column("subject", "What is counted", required=True),
    Column("territory", "Place", required=True),
    Column("predicate", "What is said of it", required=True),
    Column("unit", "Unit of count and population", required=True),
    Column("period", "Day, ISO week, month, quarter or year", required=True),
    Column("count", "Count: a number or 1-9; empty is not zero", "count", unit="column unit"),
    Column("population", "Denominator: a number or 1-9", "count", unit="column unit"),
    Column(
        "status",
        "Observed, not examined, or still arriving",
        required=True,
        allowed=("observed", "gap", "incomplete"),
    ),
    Column("people", "Whether people are counted", "yes-no", required=True),
    _HIDDEN,
    Column("cited", "Where the publisher itself publishes this small cell"),
    _MADE_FROM,
)
VERDICTS = (
    _ID,
    Column("series", "Key of the series", required=True),
    Column("period", "Period judged", required=True),
    Column("detector", "Name of the detector", required=True),
    Column("observed", "Count judged: a number or 1-9", "count", unit="see series.csv"),
    *_VERDICT_NUMBERS,
    Column("p_value", "Probability under no change", "number", unit="1"),
    Column("alarm", "True, false, or empty: not assessed or withheld", "yes-no"),
    Column("reason", "Why, in words", required=True),
    _HIDDEN,
    _MADE_FROM,
)
CLAIMS = (
    _ID,
    Column("document", "Document that says it", required=True),
    _SOURCE,
    Column("subject", "What it is about", required=True),
    Column("predicate", "What is said of it", required=True),
    Column("value", "The number said, or 1-9", "count", unit="column unit"),
    Column("text", "The words said"),
    Column("unit", "Unit of value"),
    Column("territory", "Place"),
    Column("period", "Period"),
    Column("population", "Denominator said, or 1-9", "count", unit="column unit"),
    Column("quote", "The exact words; a small count reads 1-9, a withheld part …"),
    Column("start", "Where the quote starts in the document", "whole", unit="bytes"),
    Column("end", "Where it ends", "whole", unit="bytes"),
    Column("line", "Line of the quote, from 1", "whole", unit="lines"),
    Column(
        "checked",
        "Whether it was checked",
        required=True,
        allowed=tuple(checked.value for checked in Checked),
    ),
    Column("how_checked", "How it was checked"),
    Column("cites", "The page the row itself names as its source"),
    _HIDDEN,
)
DOCUMENTS = (
    _ID,
    _SOURCE,
    Column("address", "Address asked for", required=True),
    Column("sha256", "SHA-256 of the original; empty where it would let counts be guessed"),
    Column("capture", "Capture it was read from", required=True),
    Column("media_type", "Media type", required=True),
    Column("language", "Language", required=True),
    Column("title", "Title", required=True),
    Column("rows", "Rows read; empty where it would tell a count", "whole", unit="rows"),
    _HIDDEN,
)
CAPTURES = (
    _ID,
    _SOURCE,
    Column("address", "Address asked for", required=True),
    Column("url", "Address that answered", required=True),
    Column("fetched_at", "When the answer was complete, UTC", "time", required=True),
    Column("media_type", "Media type as answered", required=True),
    Column("sha256", "SHA-256 of the payload; empty where it would let counts be guessed"),
    Column("length", "Length of the payload", "whole", unit="bytes"),
    Column("tool", "Software that fetched it", required=True),
    Column("warc", "Archive file it is kept in, which is named after its content"),
    Column("offset", "Where the record starts in that file", "whole", unit="bytes"),
    Column("log_index", "Index of its leaf in the log", "whole", unit="leaves"),
    _HIDDEN,
)
SOURCES = (
    Column("source", "Slug", required=True, unique=True),
    Column("title", "Title", required=True),
    Column("title_es", "Title in Spanish", required=True),
    Column("publisher", "Who publishes it", required=True),
    Column("homepage", "Its page", required=True),
    Column("licence", "Name of the licence", required=True),
    Column("licence_address", "Text of the licence"),
    Column("redistribute", "Whether rows may be bundled", "yes-no", required=True),
    Column("attribution", "How it asks to be named", required=True),
    Column("addresses", "Addresses fetched", required=True),
    Column("about_people", "Whether it counts people", "yes-no", required=True),
    Column("published_cells", "Where the publisher itself publishes small cells"),
    Column("published_records", "Where the publisher itself publishes the record of every case"),
    Column("as_of", "Up to when it is complete", "date", required=True),
    Column("compiled", "How figures were compiled"),
    Column("copies", "Source it copies"),
)
ISSUES = (
    _ID,
    Column("kind", "Kind of issue", required=True),
    Column("says", "What is wrong", required=True),
    Column("step", "Step that found it", required=True),
    Column("source", "Slug of the source"),
    Column("file", "File or address"),
    Column("line", "Line", "whole", unit="lines"),
    Column("column", "Column"),
    Column("do", "The remedy"),
    Column("parameters", "What the sentences are made of, as JSON, to say them in other languages"),
)
PAGE_CHANGES = (
    _ID,
    _SOURCE,
    Column("address", "Address of the page", required=True),
    Column("from_capture", "Capture of the older version; empty where it may not be named"),
    Column("to_capture", "Capture of the newer version; empty where it may not be named"),
    Column("from_at", "When the older version was captured, UTC", "time", required=True),
    Column("to_at", "When the newer version was captured, UTC", "time", required=True),
    Column("kind", "What happened", required=True, allowed=CHANGE_KINDS),
    Column("unit", "To what", allowed=("heading", "sentence", "item", "row", "cell")),
    Column("before", "The words before"),
    Column("after", "The words after"),
    Column("numbers", "Numbers and dates that became others, such as 40 -> 44"),
    Column("where", "The heading it stands under, or the page of a PDF"),
    Column("where_before", "The same in the older version, where it was another"),
    Column("row_name", "For a cell or row, what its row is called"),
    Column("column_name", "For a cell, the heading of its column"),
    Column("words", "For a change, its words as JSON: kept, taken out (del), put in (ins)"),
    Column("count", "How many differences the row stands for", "whole", True, unit="differences"),
    Column("because", "Why it is no content, not listed, withheld or not read"),
)
MONITORS = (
    Column("monitor", "Slug", required=True, unique=True),
    Column("title", "Title", required=True),
    Column("title_es", "Title in Spanish", required=True),
    Column("detector", "Name of the detector", required=True),
    Column("parameters", "Its parameters, where they are not the defaults"),
    Column("watches", "Sources, subjects and territories it judges, none for all; what it adds up"),
    Column("since", "First period judged"),
    Column("dated", "When the choice was made", "date", required=True),
    Column("because", "Why this detector with these parameters", required=True),
    Column("cites", "What the choice rests on", required=True),
)

SOURCE_HEALTH = (
    Column("source", "Slug of the source; see sources.csv", required=True, unique=True),
    Column("state", "How it stands", required=True, allowed=HEALTH),
    Column("cadence", "How often its publisher adds to it", required=True),
    Column("asked_on", "Last day on which it was asked, UTC", "date"),
    Column("answered_on", "Last day on which it answered, UTC", "date"),
    Column("newest_on", "Day on which its newest document was put out, or captured", "date"),
    Column("days_since", "From then to the last day on which it was asked", "whole", unit="days"),
    Column("days_allowed", "After which it is late; empty if none", "whole", unit="days"),
    Column("documents", "Documents kept, each version counted", "whole", True, unit="documents"),
    Column("failing", "Addresses that give nothing now", "whole", True, unit="addresses"),
    Column("volume", "The last whole week by its own history", required=True, allowed=VOLUME),
    Column("last_week", "Documents of that week; empty if unknown", "whole", unit="documents"),
    Column("usual", "Median of the weeks before it", "number", unit="documents a week"),
    Column("usual_low", "Low end of what is usual", "whole", unit="documents a week"),
    Column("usual_high", "High end of what is usual", "whole", unit="documents a week"),
    Column("weeks", "Documents of the last weeks, oldest first; - where nobody asked"),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "signals": SIGNALS,
    "series": SERIES,
    "verdicts": VERDICTS,
    "sources": SOURCES,
    "issues": ISSUES,
    "claims": CLAIMS,
    "documents": DOCUMENTS,
    "captures": CAPTURES,
    "monitors": MONITORS,
    "page_changes": PAGE_CHANGES,
    "source_health": SOURCE_HEALTH,
    "forecasts": FORECASTS,
    "forecast_scores": FORECAST_SCORES,
    "nowcasts": NOWCASTS,
}
TITLES: Mapping[str, str] = {
    "signals": _("Signals: what a person then looks at"),
    "series": _("Observations: counts with their denominators"),
    "verdicts": _("Verdicts: a detector's answer for one period"),
    "promises": _("Promises of States and what followed"),
    "follow_up": _("What became of each ask, resolution and session, by dated evidence"),
    "advocacy": _("Which States were met, and how each voted on the texts of that session"),
    "voting_agreement": _("How often each two States voted alike, and out of how many votes"),
    "sponsorship": _("Which two States sponsored drafts together, and out of how many"),
    "organisations": _("States and bodies that hold events, sponsor drafts or are met"),
    "organisation_names": _("Under which names each body is printed, and why they are one body's"),
    "cohosting": _("Which two bodies hold events together, and out of how many"),
    "blind_spots": _("Where there is no figure, or only an old one"),
    "source_health": _("How each source fares: last answer, delay, volume, failures"),
    "sources": _("Sources, licences and how to name them"),
    "issues": _("What was found wrong or not understood"),
    "claims": _("Claims: what one document says, with its quotation"),
    "documents": _("Documents read"),
    "captures": _("Captures: bytes as received"),
    "monitors": _("Monitors: which detector judges which series, and why"),
    "page_changes": _("Changes: what followed pages say otherwise, and since when"),
    "stories": _("Stories: what reports of one happening say together, read by machine"),
    "texts": _("Texts of open sources that were read, without private persons"),
    "candidates": _("Names that look like new substances and wait for a person"),
    "forecasts": _("Forecasts: what is expected of the next periods"),
    "forecast_scores": _("How forecasts fared when history was replayed"),
    "nowcasts": _("Nowcasts: what incomplete periods will come to"),
}


def columns_of(schema: pa.Schema) -> tuple[Column, ...]:
    """Give the columns of a table whose maker owns its shape (promises, blind spots).

    Args:
        schema: The Arrow schema of that table; lists of text become text with spaces.

    >>> [column.kind for column in columns_of(pa.schema([("id", pa.string()), ("n", pa.int64())]))]
    ['text', 'whole']
    """
    return tuple(
        Column(field.name, field.name.replace("_", " ").capitalize(), _kind(field.type))
        for field in schema
    )


def _kind(arrow: pa.DataType) -> Kind:
    if pa.types.is_boolean(arrow):
        return "yes-no"
    if pa.types.is_integer(arrow):
        return "whole"
    if pa.types.is_floating(arrow):
        return "number"
    if pa.types.is_date(arrow):
        return "date"
    return "time" if pa.types.is_timestamp(arrow) else "text"
