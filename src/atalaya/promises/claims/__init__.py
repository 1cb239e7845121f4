"""What a text claims, held against the record: agrees, differs, or cannot be told.

Enters: a text, and the record of sessions. Leaves: ``Answer``, one for each claim that the record
can speak to, with the place in the text, what sources say and what would be safe to print. Writes
nothing and looks nothing up: what the record does not hold cannot be told.
"""

from atalaya.promises.claims.answers import Answer, Verdict
from atalaya.promises.claims.checking import check

__all__ = ["Answer", "Verdict", "check"]
