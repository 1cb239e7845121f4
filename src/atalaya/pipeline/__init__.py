"""The pipeline wires the floors: fetch, read, count, judge, review, release, one way.

Enters: an observatory's folder, its settings, a clock. Leaves: captures in ``evidence/`` and the
log, rebuildable tables in ``tables/``, a release in ``releases/``. A step whose inputs have not
changed is skipped. A source that fails becomes a published issue and never stops the others; a step
that fails leaves the tables and the release before it as they were.
"""
