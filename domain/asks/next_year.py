"""What ask 4 taught, one matter each, for the file of the next year."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid5

from domain.asks.answers import SummaryAnswer
from domain.asks.ask import Ask, AskKind, AskStage
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_TITLE
from domain.shared import Invalid, NotFound, Refused


class MatterKind(StrEnum):
    """Which part of the summary a matter stands in."""

    LEFTOVER = "leftovers"
    PROPOSAL = "proposals"
    LESSON = "lessons"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextYearMatter:
    """One matter for next year; `place` counts the lines of its part from 1 and names it for good."""

    kind: MatterKind
    place: int
    title: str
    content: str

    @property
    def code(self) -> str:
        """Short and stable in its answer, e.g. leftovers-2."""
        return f"{self.kind.value}-{self.place}"


@dataclass(eq=False)
class OpenedAlready(Refused):
    """The next year's file holds what this summary taught."""


def matters_of(answer: SummaryAnswer, about: str) -> tuple[NextYearMatter, ...]:
    """Every line of left-overs, proposals and lessons as one matter; `about` is the project or year it comes from."""
    return tuple(
        NextYearMatter(kind=kind, place=place, title=_title(line), content=f"{line}\n{about}"[:LONGEST_CONTENT])
        for kind in MatterKind
        for place, line in enumerate(_lines(getattr(answer, kind.value)), 1)
    )


def require_matters(ask: Ask, chosen: tuple[NextYearMatter, ...]) -> tuple[NextYearMatter, ...]:
    """What may go into the next year's file with the approval, as it was worded by the approver.

    Raises NotFound unless there is a summary to approve, Invalid for a matter that its answer does not hold, or
    OpenedAlready.
    """
    if ask.carried:
        raise OpenedAlready
    if not chosen:
        return ()
    if ask.kind is not AskKind.SUMMARY or ask.stage is not AskStage.ANSWERED:
        raise NotFound(kind="ask", id="")
    known = {matter.code for matter in matters_of(_summary(ask), "")}
    codes = [matter.code for matter in chosen]
    if strange := set(codes) - known:
        raise Invalid(field="matters", reason="no_such_matter", value=min(strange))
    if len(set(codes)) != len(codes):
        raise Invalid(field="matters", reason="matter_repeated")
    return tuple(replace(one, title=" ".join(one.title.split())) for one in chosen)


def proposal_id(ask: UUID, matter: NextYearMatter) -> UUID:
    """The identity of the proposal a matter becomes: the same however often it is asked for."""
    return uuid5(ask, f"next year/{matter.code}")


def _summary(ask: Ask) -> SummaryAnswer:
    if not isinstance(ask.answer, SummaryAnswer):
        raise NotFound(kind="ask", id="")
    return ask.answer


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _title(line: str) -> str:
    """The first sentence, cut where it is too long for a title."""
    head = line
    for mark in "。；;":
        head = head.split(mark, maxsplit=1)[0]
    return head if len(head) <= LONGEST_TITLE else head[: LONGEST_TITLE - 1] + "…"
