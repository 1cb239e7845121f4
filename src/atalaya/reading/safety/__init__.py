"""What may not be shown: how to make, hide or dose, and what a market offers (R5).

Enters: a page scanned with a lexicon that holds ``signs.entries()``. Leaves: the sentences that may
not be shown, each with what it holds, how sure that is and by which rule; harm-reduction advice,
news and policy pass. Nothing is written.

Its door is ``finding.unsafe``; ``finding.withhold`` gives a text without them.
"""
