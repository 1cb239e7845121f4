"""Votes by roll call, read from text: who voted how, checked against the totals declared.

Enters: a document's text. Leaves: ``Ballot``s with every name's place, and the doubts about them.
Writes nothing. What does not fit - a name listed twice, a total that no list reaches - is shown and
never repaired. The words are those of ``words.toml``.
"""

from atalaya.promises.votes.ballot import Ballot
from atalaya.promises.votes.ballots import ballots
from atalaya.promises.votes.checking import Doubt, distinct, doubts

__all__ = ["Ballot", "Doubt", "ballots", "distinct", "doubts"]
