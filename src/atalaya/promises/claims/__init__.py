"""What a text claims, held against the record: agrees, differs, or cannot be told.

Enters: a text, and a ``Record``: sessions, and the published figures of a release. Leaves:
``Answer``, one for each claim that the record can speak to, with the place in the text, what
sources say, the rows that say it and what would be safe to print. Writes nothing and looks nothing
up: what the record does not hold cannot be told. Only published figures enter, in which small
counts of people are hidden, so no question can bring one out.
"""

from atalaya.promises.claims.answers import Answer, Verdict
from atalaya.promises.claims.checking import check
from atalaya.promises.claims.published import Record, held

__all__ = ["Answer", "Record", "Verdict", "check", "held"]
