"""After closing: unused cards come back, incidents are reported and decided by the chief (ballot.md, step 3)."""

from dataclasses import dataclass

from domain.polls.accounting import (
    Incident,
    IncidentDecided,
    IncidentDecision,
    IncidentKind,
    IncidentReported,
    UnusedCardHandedIn,
)
from domain.polls.poll import Poll, PollInWrongStage, PollStage, in_stage, known
from domain.shared import Missing, NotFound, Refused

_WHILE_IT_MATTERS = (PollStage.OPEN, PollStage.CLOSED, PollStage.COUNTED)


@dataclass(eq=False)
class CardCountedAlready(Refused):
    """The card was handed in before and is counted once."""


@dataclass(eq=False)
class IncidentsUndecided(Refused):
    """The box is not opened and nothing is counted before the chief has decided on every incident."""

    numbers: tuple[int, ...]


@dataclass(eq=False)
class IncidentAlreadyDecided(Refused):
    """A decision stands."""

    number: int


@dataclass(eq=False)
class PollToBeRepeated(Refused):
    """The chief decided that the poll is repeated: its box stays closed and it can only be cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where everything is that was handed out: I = in the box + handed in unused + not handed in (+ papers)."""

    cards: int
    """Cards drawn."""
    in_the_box: int
    handed_in: int
    papers: int
    """Papers handed out, net."""
    papers_returned: int

    @property
    def issued(self) -> int:
        """I."""
        return self.cards + self.papers

    @property
    def returned(self) -> int:
        """R."""
        return self.in_the_box + self.papers_returned

    @property
    def cards_missing(self) -> int:
        """Cards neither cast nor handed in; negative when there are more ballots than cards."""
        return self.cards - self.in_the_box - self.handed_in

    @property
    def papers_missing(self) -> int:
        """Papers not returned; negative when more came back than were handed out."""
        return self.papers - self.papers_returned


def account_of(poll: Poll) -> Account:
    """The account of a closed poll. Raises PollInWrongStage before."""
    if poll.closed is None:
        raise PollInWrongStage(stage=poll.stage.value)
    return Account(
        cards=poll.cards_drawn,
        in_the_box=poll.closed.ballots,
        handed_in=poll.cards.handed_in,
        papers=poll.papers_issued,
        papers_returned=poll.papers.returned,
    )


def hand_in(poll: Poll | None, counted: int) -> tuple[UnusedCardHandedIn, ...]:
    """Brings the record up to `counted`, the cards that were counted at the desk; nothing when it is there already.

    Raises PollInWrongStage: cards are handed in after closing and before the count.
    """
    handed_in = in_stage(poll, PollStage.CLOSED).cards.handed_in
    return (UnusedCardHandedIn(),) * max(0, counted - handed_in)


def report_incident(poll: Poll | None, kind: IncidentKind, note: str = "") -> IncidentReported:
    """Raises PollInWrongStage before the opening and after the declaration; Missing (note) for what a person tells."""
    poll = _mattering(poll)
    if kind is not IncidentKind.UNUSED_CARD_HAS_BALLOT and not note.strip():
        raise Missing(fields=("note",))
    return IncidentReported(number=len(poll.cards.incidents) + 1, kind=kind, note=note.strip())


def decide_incident(poll: Poll | None, number: int, decision: IncidentDecision, reason: str) -> IncidentDecided:
    """The chief's decision; single ballots are never removed.

    Raises PollInWrongStage, NotFound, IncidentAlreadyDecided or Missing (reason).
    """
    incident = _incident(_mattering(poll), number)
    if incident.decision is not None:
        raise IncidentAlreadyDecided(number=number)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return IncidentDecided(number=number, decision=decision, reason=reason.strip())


def require_cleared(poll: Poll) -> None:
    """Before the box is opened, counted, signed or declared. Raises PollToBeRepeated or IncidentsUndecided."""
    if poll.cards.must_repeat:
        raise PollToBeRepeated
    if poll.cards.undecided:
        raise IncidentsUndecided(numbers=tuple(one.number for one in poll.cards.undecided))


def _mattering(poll: Poll | None) -> Poll:
    found = known(poll)
    if found.stage not in _WHILE_IT_MATTERS:
        raise PollInWrongStage(stage=found.stage.value)
    return found


def _incident(poll: Poll, number: int) -> Incident:
    found = poll.cards.incidents.get(number)
    if found is None:
        raise NotFound(kind="incident", id=str(number))
    return found
