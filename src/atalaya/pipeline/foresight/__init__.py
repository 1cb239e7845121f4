"""Seals what is being said now, scores it later, and compares what two systems saw.

Enters: an observatory's folder, or the private folder of ``atalaya watch --into``. Leaves: salted
commitments in its log, what opens them in ``sealed/`` (for its owner only; in the backup, in no
release), and later the file of a score. An opening is durable before its commitment is logged, so a
process killed at any moment leaves no commitment that nobody can open.
"""
