"""Opening a sealed box: twice and independently, columns only. The columns lie in the workings until declaration."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class OpenedOn(StrEnum):
    """Where the sealed ballots were opened."""

    BROWSER = "browser"
    """The scrutineers' guarded browser."""
    OFFLINE = "offline"
    """`piaojue open` on another computer without a network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxOpened:
    """The sealed ballots were opened and added up; no single ballot came back."""

    opened_on: OpenedOn
    root: str
    """Root over the receipts of the ballots that were opened."""
    ballots: int
    holders: tuple[UUID, ...]
    """Whose shares were brought."""
    digest: str
    """SHA-256 in hex over salt and columns: equal columns of two openings have equal digests (one salt a poll)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBallotsDeleted:
    """After the time for objections: the sealed bytes are deleted, the shares destroyed; the receipts stay."""

    ballots: int
    destroyed: tuple[UUID, ...] = ()
    """Holders whose shares were destroyed in the chief's sight."""


BoxFact = BoxOpened | SealedBallotsDeleted


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBox:
    """What is known of the openings."""

    openings: dict[OpenedOn, BoxOpened] = field(default_factory=dict)
    deleted: bool = False

    @property
    def agrees(self) -> bool:
        """Both openings gave the same columns."""
        return set(self.openings) == set(OpenedOn) and len({one.digest for one in self.openings.values()}) == 1

    @property
    def differs(self) -> bool:
        """Both openings were made and their columns differ: signing is blocked."""
        return len(self.openings) > 1 and not self.agrees


def evolve(box: OpenedBox, fact: BoxFact) -> OpenedBox:
    """The box after one more fact."""
    match fact:
        case BoxOpened():
            return replace(box, openings=box.openings | {fact.opened_on: fact})
        case SealedBallotsDeleted():
            return replace(box, deleted=True)
