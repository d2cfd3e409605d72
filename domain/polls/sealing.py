"""The sealing key of a poll: made and split in the scrutineers' browser; only its public half is ever known here."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKeyMade:
    """The scrutineers made a key pair and split its secret half; a later key replaces an earlier one."""

    public_key: str
    """X25519, 32 bytes in hex."""
    threshold: int
    """So many shares open the box."""
    holders: tuple[UUID, ...]
    """Scrutineers, one share each."""
    shares: tuple[str, ...]
    """SHA-256 in hex over each holder's share, in the order of the holders: tells nothing about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBallotOpened:
    """Every holder brought the share back and a test ballot was opened with every combination of `threshold`."""

    key: str
    """Fingerprint of the key that was tried."""
    combinations: int


SealingFact = SealingKeyMade | TrialBallotOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """The key of a poll as far as it is known outside the scrutineers' hands."""

    public_key: str
    threshold: int
    holders: tuple[UUID, ...]
    shares: tuple[str, ...]
    tried: bool = False
    """Whether the trial opening succeeded; before, the poll does not open."""

    @property
    def fingerprint(self) -> str:
        """What every sealed ballot names."""
        return key_fingerprint(self.public_key)


def key_fingerprint(public_key: str) -> str:
    """SHA-256 in hex over the 32 bytes of a public key."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()


def evolve(key: SealingKey | None, fact: SealingFact) -> SealingKey:
    """The key after one more fact."""
    match fact:
        case SealingKeyMade():
            return SealingKey(
                public_key=fact.public_key, threshold=fact.threshold, holders=fact.holders, shares=fact.shares
            )
        case TrialBallotOpened():
            if key is None:
                raise ValueError("a trial opening follows a key")
            return replace(key, tried=True)
