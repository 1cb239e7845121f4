"""Private persons: found in a document, removed, and counted by reason; officials stay (R2).

Enters: the pages of one document (its title, its text), scanned with a lexicon that holds the
entries of ``cues`` and ``particulars``. Leaves: what must be removed, as offsets with reason,
confidence and rule; a text without it; mentions that hold offsets and no name. Nothing is written.
A text in a script these rules do not read is told by ``finding.is_unread``: it must not leave the
sealed original.

Its door is ``finding.removals``, beside ``redacting.redact``; who is private is said in
``docs/labelling.md``.
"""

from collections.abc import Iterator

from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.persons import cues, particulars


def entries() -> Iterator[Entry]:
    """Give everything that must be in the lexicon for persons to be found."""
    yield from cues.entries()
    yield from particulars.entries()
