"""Preparing, opening and closing a poll: the equations that must hold before a ballot is accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.polls.key_ceremony import key_obstacles
from domain.polls.poll import (
    SCRUTINEERS_NEEDED,
    LastBallotsCalled,
    Poll,
    PollClosed,
    PollInWrongStage,
    PollOpened,
    PollStage,
    ScrutineersApproved,
    in_stage,
    known,
)
from domain.polls.rules import LateArrivals
from domain.shared import Invalid, Refused

LAST_CALL_SECONDS = 60


@dataclass(eq=False)
class QuorumNotMet(Refused):
    """Too few delegates attend (rule 1)."""

    attending: int
    needed: int
    all_delegates: int


@dataclass(eq=False)
class CardsNotAccounted(Refused):
    """Cards printed, less those voided, are not the cards drawn: left-over cards must be voided first."""

    printed: int
    voided: int
    drawn: int


@dataclass(eq=False)
class MoreCardsThanAttending(Refused):
    """More cards and papers were handed out than delegates attend (rule 2)."""

    drawn: int
    attending: int
    papers: int = 0
    """Papers handed out beside the cards."""


@dataclass(eq=False)
class NothingIssued(Refused):
    """Nobody holds a card or a paper: there is nobody who could vote."""


@dataclass(eq=False)
class CardSetNeeded(Refused):
    """The poll has no card set that was released for it."""


@dataclass(eq=False)
class TooFewScrutineers(Refused):
    """A poll needs a chief and at least two scrutineers (rule 14)."""

    appointed: int
    needed: int


@dataclass(eq=False)
class MayNotBeScrutineer(Refused):
    """A delegate who works in a candidate's responsible unit may not be a scrutineer (rule 14)."""

    name: str
    unit: str


@dataclass(eq=False)
class PollNotOpen(Refused):
    """Voting has not begun; nothing was used up."""

    title: str


@dataclass(eq=False)
class PollIsClosed(Refused):
    """Voting is over, or the poll was cancelled."""

    title: str


@dataclass(eq=False)
class VotesByKeypad(Refused):
    """The hall's keypads count: there are no cards and no papers to hand out."""

    title: str


@dataclass(eq=False)
class TooLateForThisPoll(Refused):
    """Voting has begun, and the profile lets late arrivals take part in later polls only."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNumbers:
    """Cards of the poll's set: printed, voided, drawn at the check-in; and papers handed out there."""

    printed: int = 0
    voided: int = 0
    drawn: int = 0
    papers: int = 0
    late: int = 0
    """How many of the papers went to delegates who came after the opening."""
    spoiled: int = 0
    """How many of the voided were spoiled and replaced; each counts as issued once (rule 13)."""

    @property
    def live(self) -> int:
        """Cards that could still be cast."""
        return self.printed - self.voided

    @property
    def issued(self) -> int:
        """I: cards drawn and papers handed out."""
        return self.drawn + self.papers


def approve_scrutineers(poll: Poll | None, fact: ScrutineersApproved) -> ScrutineersApproved:
    """Raises TooFewScrutineers, Invalid for a person named twice, PollInWrongStage once voting began."""
    in_stage(poll, PollStage.PREPARED)
    if len(fact.scrutineers) < SCRUTINEERS_NEEDED:
        raise TooFewScrutineers(appointed=len(fact.scrutineers), needed=SCRUTINEERS_NEEDED)
    if len({fact.chief, *fact.scrutineers}) != 1 + len(fact.scrutineers):
        raise Invalid(field="scrutineers", reason="repeated")
    return fact


def obstacles(
    poll: Poll, *, all_delegates: int, attending: int, quorum: int, cards: CardNumbers
) -> tuple[Refused, ...]:
    """Everything that keeps the vote from opening now, so that a page can name all of it at once."""
    found: list[Refused] = []
    if attending < quorum:
        found.append(QuorumNotMet(attending=attending, needed=quorum, all_delegates=all_delegates))
    if poll.chief is None:
        found.append(TooFewScrutineers(appointed=0, needed=SCRUTINEERS_NEEDED))
    found.extend(key_obstacles(poll))
    if not poll.prepared.keypad:
        found.extend(_unaccounted(attending, cards))
    return tuple(found)


def _unaccounted(attending: int, cards: CardNumbers) -> Iterator[Refused]:
    if cards.issued > attending:
        yield MoreCardsThanAttending(drawn=cards.drawn, attending=attending, papers=cards.papers)
    if cards.live != cards.drawn:
        yield CardsNotAccounted(printed=cards.printed, voided=cards.voided, drawn=cards.drawn)
    if cards.issued == 0:
        yield NothingIssued()


def open_poll(
    poll: Poll | None, *, all_delegates: int, attending: int, quorum: int, cards: CardNumbers, form: str
) -> PollOpened:
    """Opens the vote when every equation holds (ballot.md, step 3).

    `quorum` is the least attendance that suffices. Where keypads count, everybody who attends holds one. Raises
    QuorumNotMet, TooFewScrutineers, NothingIssued, CardsNotAccounted, MoreCardsThanAttending or PollInWrongStage.
    """
    poll = in_stage(poll, PollStage.PREPARED)
    blocking = obstacles(poll, all_delegates=all_delegates, attending=attending, quorum=quorum, cards=cards)
    if blocking:
        raise blocking[0]
    return PollOpened(
        all_delegates=all_delegates,
        attending=attending,
        issued=attending if poll.prepared.keypad else cards.issued,
        form=form,
        papers=cards.papers,
        cards_spoiled=cards.spoiled,
    )


def require_cards(poll: Poll | None) -> UUID:
    """The poll's set, for who draws a card before voting begins.

    Raises PollInWrongStage, VotesByKeypad, or CardSetNeeded for a poll on paper alone.
    """
    poll = in_stage(poll, PollStage.PREPARED)
    if poll.prepared.keypad:
        raise VotesByKeypad(title=poll.prepared.title)
    if poll.prepared.card_set is None:
        raise CardSetNeeded
    return poll.prepared.card_set


def require_papers(poll: Poll | None) -> Poll:
    """Papers are handed out before voting begins and, where the profile says so, to late arrivals while it goes on.

    Raises PollInWrongStage, VotesByKeypad or TooLateForThisPoll.
    """
    poll = known(poll)
    if poll.prepared.keypad:
        raise VotesByKeypad(title=poll.prepared.title)
    if poll.stage is PollStage.OPEN and poll.prepared.profile.late_arrivals is not LateArrivals.PAPER:
        raise TooLateForThisPoll(title=poll.prepared.title)
    if poll.stage not in (PollStage.PREPARED, PollStage.OPEN):
        raise PollInWrongStage(stage=poll.stage.value)
    return poll


def call_last_ballots(poll: Poll | None, seconds: int = LAST_CALL_SECONDS) -> LastBallotsCalled:
    """The first step of closing. Raises PollInWrongStage."""
    poll = in_stage(poll, PollStage.OPEN)
    if poll.last_call:
        raise PollInWrongStage(stage="last_call")
    return LastBallotsCalled(seconds=seconds)


def require_closable(poll: Poll | None) -> Poll:
    """Closing takes two steps: last ballots are called first. Raises PollInWrongStage."""
    poll = in_stage(poll, PollStage.OPEN)
    if not poll.last_call:
        raise PollInWrongStage(stage="open")
    return poll


def close_poll(poll: Poll | None, fact: PollClosed) -> PollClosed:
    """Records what the closed gate holds, and every card and paper once more. Raises PollInWrongStage."""
    require_closable(poll)
    return fact
