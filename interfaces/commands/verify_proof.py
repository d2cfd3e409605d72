"""核对检查点和证明 / verifies checkpoints and proofs from files alone, without a database."""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from application.checkpoint_key import verify
from domain.checkpoints.checkpoint import Checkpoint, CheckpointUnreadable
from domain.checkpoints.note import NoteUnreadable, VerifierKey, read_key, read_note
from domain.checkpoints.proofs import (
    INCLUSION,
    InclusionProof,
    ProofUnreadable,
    check_checkpoint,
    check_consistency,
    check_inclusion,
    read_proof,
)
from domain.shared import CHINA, Refused
from interfaces.tally.command import LANGUAGE_VARIABLE
from interfaces.web._base.language import CHINESE, ENGLISH, lazy, speaking
from interfaces.web._base.sentences import sentence

HOLDS, DOES_NOT_HOLD, UNREADABLE = 0, 1, 2

_CHECKPOINT: Final = lazy("✓ 检查点的签名正确：前 %(size)s 条记录，%(at)s。")
_INCLUSION: Final = lazy("✓ 第 %(index)s 片叶子（从 0 数起）在检查点的树里：前 %(size)s 条记录，%(at)s。")
_CONSISTENCY: Final = lazy("✓ 前 %(size)s 条记录的树接着前 %(old)s 条的树生长，从前的记录没有变。")


@dataclass(eq=False)
class OldCheckpointNeeded(Refused):
    """A consistency proof shows something only together with the checkpoint it starts from."""


_UNREADABLE: Final = (NoteUnreadable, ProofUnreadable, CheckpointUnreadable, OldCheckpointNeeded, OSError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What a file is shows by its first line."""
    parser.add_argument("file", type=Path, nargs="+", help="a checkpoint, an inclusion proof or a consistency proof")
    parser.add_argument("--key", required=True, help="the verification key: text, or a file that holds it")
    parser.add_argument("--old", type=Path, help="the earlier checkpoint that a consistency proof starts from")
    parser.add_argument("--event", type=Path, help="the event an inclusion proof is about: its line in an export")
    english = os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith(ENGLISH)
    parser.add_argument("--lang", choices=(CHINESE, ENGLISH), default=ENGLISH if english else CHINESE)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything holds, 1 when something does not, 2 when a file cannot be read as what it should be."""
    with speaking(arguments.lang):
        try:
            words = arguments.key
            key = read_key(Path(words).read_text(encoding="utf-8") if "+" not in words else words)
        except (Refused, OSError, UnicodeDecodeError) as problem:
            return _cannot_read("--key", problem)
        return max(_file(file, key, arguments) for file in arguments.file)


def _file(file: Path, key: VerifierKey, arguments: argparse.Namespace) -> int:
    try:
        print(f"{file}: {_checked(file.read_bytes(), key, arguments)}")
    except _UNREADABLE as problem:
        return _cannot_read(str(file), problem)
    except Refused as problem:
        print(f"{file}: ✗ {sentence(problem)}")
        return DOES_NOT_HOLD
    return HOLDS


def _checked(content: bytes, key: VerifierKey, arguments: argparse.Namespace) -> str:
    """What the file shows. Raises Refused where it does not, and OSError for another file that is not there."""
    if not content.startswith((INCLUSION.encode(), b"old ")):
        return _CHECKPOINT.filled(**_told(check_checkpoint(read_note(content), [key], verify)))
    proof = read_proof(content)
    if isinstance(proof, InclusionProof):
        event = arguments.event.read_bytes().removesuffix(b"\n") if arguments.event else None
        checkpoint = check_inclusion(proof, [key], verify, event=event)
        return _INCLUSION.filled(index=proof.index, **_told(checkpoint))
    if arguments.old is None:
        raise OldCheckpointNeeded
    earlier, later = check_consistency(proof, read_note(arguments.old.read_bytes()), [key], verify)
    return _CONSISTENCY.filled(size=later.size, old=earlier.size)


def _told(checkpoint: Checkpoint) -> dict[str, object]:
    at = checkpoint.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if checkpoint.at else "?"
    return {"size": checkpoint.size, "at": at}


def _cannot_read(name: str, problem: Exception) -> int:
    words = sentence(problem) if isinstance(problem, Refused) else getattr(problem, "strerror", None) or str(problem)
    print(f"{name}: {words}", file=sys.stderr)
    return UNREADABLE
