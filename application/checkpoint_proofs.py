"""Proofs as files: that an event is under a checkpoint, and that a checkpoint continues an earlier one."""

from application.history.history import History
from application.history.tree import HistoryTree
from application.history.tree_store import StoredCheckpoint
from domain.checkpoints.proofs import consistency_file, inclusion_file
from domain.checkpoints.tree import ProofInvalid
from domain.shared import NotFound


def proof_of_event(history: History, checkpoint: StoredCheckpoint, position: int) -> str:
    """A `.tlog-proof` that holds the event's hash and nothing of the event: it may be given to anybody.

    A hash cannot be guessed back: every event holds random identities and a time in microseconds. Raises NotFound.
    """
    tree = HistoryTree(history.tree_store, checkpoint.algorithm)
    (proven,) = tree.inclusions([position], checkpoint.size)
    return inclusion_file(proven.index, proven.leaf_hash, proven.proof, checkpoint.note)


def proof_of_growth(history: History, old: StoredCheckpoint, checkpoint: StoredCheckpoint) -> str:
    """That nothing before the earlier checkpoint was changed since. Raises NotFound for one that is not earlier."""
    if old.algorithm != checkpoint.algorithm:
        raise NotFound(kind="checkpoint", id=str(old.size))
    try:
        hashes = HistoryTree(history.tree_store, checkpoint.algorithm).consistency(old.size, checkpoint.size)
    except ProofInvalid:
        raise NotFound(kind="checkpoint", id=str(old.size)) from None
    return consistency_file(old.size, hashes, checkpoint.note)
