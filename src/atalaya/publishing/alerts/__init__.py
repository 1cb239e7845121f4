"""Alerts out: one notice, in every form it leaves the house in; pure writers, record to bytes.

Enters: ``findings.alerts.record.Notice``, which holds published figures only, and a ``Sender``.
Leaves: bytes of CAP 1.2, Atom, JSON, CSV, STIX 2.1, a one-page PDF, an e-mail, a webhook's body and
plain text. Nothing is written or sent here: ``pipeline.alerting`` writes, ``evidence.sending``
sends. On failure the notice as a whole is refused.
"""
