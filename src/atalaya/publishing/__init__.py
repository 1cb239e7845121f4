"""Releases: what the observatory publishes, and how anybody checks it.

Enters: signals, tables, declarations and evidence, all as frozen records. Leaves: a folder
``releases/<date>-<n>/`` with its proof beside it, and answers to "why?" and "is it whole?".
Written: only below ``releases/``, in a hidden folder that is renamed when everything holds.
On failure nothing is published and the previous release stays the latest.
Doors: ``releases.build``, ``releases.Release``, ``why.explain``, ``verifying.verify_release``.
"""
