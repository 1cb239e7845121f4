"""The transparency log: what was said when, signed so that nobody can change it unseen.

Enters: entries (bytes, at most 65,535 each; by custom canonical JSON) and an Ed25519 signing key.
Leaves: the range of their indices, a signed checkpoint, inclusion and consistency proofs.
Written: the log's folder only (C2SP tlog-tiles), in an order that a crash cannot turn into a fork
or a loss; the signed checkpoint comes last. Private keys are written only where the caller says.
On failure: ``TryLater`` (locked, disk full) leaves the log as it was; ``StopEverything`` means
that signed checkpoint and stored files disagree. ``docs/log.md`` has the formats and what a proof
does and does not prove.
"""

from atalaya.evidence.log.checkpoints import Checkpoint
from atalaya.evidence.log.keys import SigningKey, VerifierKey
from atalaya.evidence.log.leaves import new_salt
from atalaya.evidence.log.proofs import (
    ConsistencyProof,
    InclusionProof,
    verify_consistency,
    verify_inclusion,
)
from atalaya.evidence.log.reader import FolderReader, LogReader
from atalaya.evidence.log.writer import Log
from atalaya.model.commitments import opens_commitment, salted_commitment

__all__ = [
    "Checkpoint",
    "ConsistencyProof",
    "FolderReader",
    "InclusionProof",
    "Log",
    "LogReader",
    "SigningKey",
    "VerifierKey",
    "new_salt",
    "opens_commitment",
    "salted_commitment",
    "verify_consistency",
    "verify_inclusion",
]
