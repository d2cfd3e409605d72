"""Support 附议 and the support index 民意指数: how many voices stand behind a proposal or a project."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, Year


class SupportSource(StrEnum):
    """How the voices were given."""

    ONLINE = "online"
    PAPER = "paper"
    """Signatures on paper, counted by the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportGiven:
    """Residents supported a proposal; who they are is nowhere in the history."""

    congress: UUID
    year: Year
    proposal: UUID
    voices: int = 1
    source: SupportSource = SupportSource.ONLINE
    words: str = ""
    """Where the paper came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The voices given for one proposal, its own authors not counted."""

    voices: int = 0


STARS = ((1000, 5), (200, 4), (50, 3), (10, 2), (1, 1))
"""Voices from which on an index has so many stars. Shown with the numbers, never alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportIndex:
    """Proposals behind a project and residents who support them; a proposal counts as one voice of its own."""

    proposals: int
    supporters: int

    @property
    def voices(self) -> int:
        """Everybody who spoke."""
        return self.proposals + self.supporters

    @property
    def stars(self) -> int:
        """0 to 5."""
        return next((stars for least, stars in STARS if self.voices >= least), 0)


def support_stream(proposal: UUID) -> UUID:
    """Support lies beside the proposal, so that a thousand voices do not slow its decisions."""
    return uuid5(proposal, "support")


def give_support(fact: SupportGiven) -> SupportGiven:
    """Raises Invalid (voices), or Missing (words) for signatures on paper."""
    if not 1 <= fact.voices <= 100_000:
        raise Invalid(field="voices", reason="out_of_range", value=str(fact.voices))
    if fact.source is SupportSource.PAPER and not fact.words.strip():
        raise Missing(fields=("words",))
    return fact


def evolve_support(support: Support | None, fact: SupportGiven) -> Support:
    """The support after one more fact."""
    return Support(voices=(support.voices if support else 0) + fact.voices)
