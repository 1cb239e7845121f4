"""Alerts: a signed signal as something others can act on, and what deserves to become one.

Enters: what a release says of a signal, a person's signed decision with the form they filled in,
and the signals of the tables. Leaves: ``Alert`` and ``Notice`` records, and clusters of signals
ranked for review. Nothing is written here. On failure: a record that lacks what rule R6 asks for,
or whose text holds what rules R3 to R5 keep out, is refused as a whole.
"""
