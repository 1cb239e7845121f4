"""Sealed foresight: what was said before the outcome, and how right it was; pure.

Enters: statements (a signal, "not assessed", a forecast, the deadline of a promise) and, later,
dated events. Leaves: leaves for the log that commit to each statement without telling it, a score
that opens them, and a check of such a score that needs nothing but the log's verifier key. Nothing
is written here. ``docs/foresight.md`` says what a score shows and what it does not.
"""
