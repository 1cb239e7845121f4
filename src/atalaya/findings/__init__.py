"""Findings: what the observatory asserts, and who agreed.

Enters: verdicts on series, and the decisions of named reviewers. Leaves: signals with their
standing. Written here: ``decisions.db`` only, through ``decisions.DecisionStore``, by appending. A
decision that is not signed by its reviewer, or that the signal's state does not allow, is refused
and nothing is stored.
"""
