"""Reports of meetings, read into facts that say where they stand.

Enters: a document's text. Leaves: ``MeetingReport``, each value with its place in the text and None
where the document does not say; faults found on the way. Writes nothing. There is no template of
any page: structure first (blocks, tables, sections), then the words by which reports in English,
Spanish, French and Portuguese say what stands where (``words.toml``).
"""

from atalaya.reading.reports.record import (
    READ,
    MeetingReport,
    is_report,
    read_report,
    unread_language,
)

__all__ = ["READ", "MeetingReport", "is_report", "read_report", "unread_language"]
