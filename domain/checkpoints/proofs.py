"""Proofs as files that are checked with nothing else at hand, and the check.

That an event is in the tree: c2sp.org/tlog-proof, whose "extra" is the leaf's hash, or the leaf itself where the event
may be shown. That a tree continues an earlier one: the form in which c2sp.org/tlog-witness takes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.checkpoints.checkpoint import PURE, Checkpoint, read_text
from domain.checkpoints.note import SignedNote, VerifierKey, Verify, read_note, require_signed
from domain.checkpoints.spelling import base64_of, bytes_of
from domain.checkpoints.tree import leaf_hash, verify_consistency, verify_inclusion
from domain.shared import Refused

INCLUSION: Final = "c2sp.org/tlog-proof@v1"
_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)
_EXTRA: Final = "extra "
_HASH_BYTES: Final = 32
_MOST_HASHES: Final = 64


@dataclass(eq=False)
class ProofUnreadable(Refused):
    """Not a proof in one of the two forms: "utf8", "first_line", "extra", "index", "hash" or "checkpoint"."""

    reason: str


@dataclass(eq=False)
class OtherEvent(Refused):
    """The event at hand is not the one the proof is about."""


@dataclass(eq=False)
class OtherLog(Refused):
    """Two checkpoints are not of the same log, so that nothing ties one to the other."""

    first: str
    second: str


@dataclass(eq=False)
class OtherSize(Refused):
    """The proof starts from another size than the earlier checkpoint has."""

    proof: int
    checkpoint: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That a leaf lies at an index in the tree of a checkpoint."""

    index: int
    extra: bytes
    """The leaf's hash (32 bytes), or the leaf."""
    hashes: tuple[bytes, ...]
    checkpoint: SignedNote

    @property
    def leaf_hash(self) -> bytes | None:
        """None where the leaf is shown: then it is hashed as the checkpoint says."""
        return self.extra if len(self.extra) == _HASH_BYTES else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyProof:
    """That the tree of a checkpoint began as the one of an earlier size."""

    old_size: int
    hashes: tuple[bytes, ...]
    checkpoint: SignedNote


def inclusion_file(index: int, extra: bytes, hashes: Sequence[bytes], note: str) -> str:
    """The proof as a file."""
    return "\n".join([INCLUSION, _EXTRA + base64_of(extra), f"index {index}", *map(base64_of, hashes), "", note])


def consistency_file(old_size: int, hashes: Sequence[bytes], note: str) -> str:
    """The proof as a file."""
    return "\n".join([f"old {old_size}", *map(base64_of, hashes), "", note])


def read_proof(content: bytes) -> InclusionProof | ConsistencyProof:
    """Raises ProofUnreadable, or NoteUnreadable for the checkpoint at its end."""
    try:
        above, blank, note = content.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        raise ProofUnreadable(reason="utf8") from None
    if not blank:
        raise ProofUnreadable(reason="checkpoint")
    first, *lines = above.split("\n")
    checkpoint = read_note(note.encode())
    if first == INCLUSION:
        return _inclusion(lines, checkpoint)
    old = _OLD.fullmatch(first)
    if old is None:
        raise ProofUnreadable(reason="first_line")
    return ConsistencyProof(old_size=int(old[1]), hashes=_hashes(lines), checkpoint=checkpoint)


def check_checkpoint(note: SignedNote, keys: Sequence[VerifierKey], verify: Verify) -> Checkpoint:
    """What a signed checkpoint says. Raises NotSigned or CheckpointUnreadable."""
    require_signed(note, keys, verify)
    return read_text(note.text)


def check_inclusion(
    proof: InclusionProof, keys: Sequence[VerifierKey], verify: Verify, *, event: bytes | None = None
) -> Checkpoint:
    """The checkpoint that holds the leaf; with `event` (its line in an export) also that it is this one.

    Raises NotSigned, CheckpointUnreadable, OtherEvent or ProofInvalid.
    """
    checkpoint = check_checkpoint(proof.checkpoint, keys, verify)
    hashed = PURE[checkpoint.algorithm]
    leaf = proof.leaf_hash or leaf_hash(proof.extra, hashed)
    if event is not None and leaf_hash(event, hashed) != leaf:
        raise OtherEvent
    verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root, hashed)
    return checkpoint


def check_consistency(
    proof: ConsistencyProof, old: SignedNote, keys: Sequence[VerifierKey], verify: Verify
) -> tuple[Checkpoint, Checkpoint]:
    """The earlier and the later checkpoint. Raises NotSigned, CheckpointUnreadable, OtherLog or ProofInvalid."""
    earlier = check_checkpoint(old, keys, verify)
    later = check_checkpoint(proof.checkpoint, keys, verify)
    if earlier.origin != later.origin or earlier.algorithm is not later.algorithm:
        raise OtherLog(first=earlier.origin, second=later.origin)
    if earlier.size != proof.old_size:
        raise OtherSize(proof=proof.old_size, checkpoint=earlier.size)
    hashed = PURE[later.algorithm]
    verify_consistency(earlier.size, later.size, proof.hashes, earlier.root, later.root, hashed)
    return earlier, later


def _inclusion(lines: list[str], checkpoint: SignedNote) -> InclusionProof:
    if not lines or not lines[0].startswith(_EXTRA):
        raise ProofUnreadable(reason="extra")
    extra = _decoded(lines[0].removeprefix(_EXTRA), "extra")
    index = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
    if index is None:
        raise ProofUnreadable(reason="index")
    return InclusionProof(index=int(index[1]), extra=extra, hashes=_hashes(lines[2:]), checkpoint=checkpoint)


def _hashes(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > _MOST_HASHES:
        raise ProofUnreadable(reason="hash")
    found = tuple(_decoded(line, "hash") for line in lines)
    if any(len(one) != _HASH_BYTES for one in found):
        raise ProofUnreadable(reason="hash")
    return found


def _decoded(text: str, what: str) -> bytes:
    try:
        return bytes_of(text)
    except ValueError:
        raise ProofUnreadable(reason=what) from None
