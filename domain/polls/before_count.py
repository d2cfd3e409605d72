"""What must be settled before a closed poll is counted: each thing by its name, all of them at once (rule 11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.polls.after_closing import require_cleared
from domain.polls.count import returned_in
from domain.polls.declaring import require_accounted
from domain.polls.opening_the_box import require_agreeing
from domain.polls.paper_count import TEAMS, Differences
from domain.polls.poll import Poll, PollInWrongStage
from domain.shared import Refused


@dataclass(eq=False)
class PapersNotTakenOut(Refused):
    """Papers were handed out and nobody has recorded what the paper boxes held."""

    issued: int


@dataclass(eq=False)
class BatchesNotEntered(Refused):
    """A team has not entered these batches."""

    team: int
    batches: tuple[int, ...]


@dataclass(eq=False)
class EntriesDiffer(Refused):
    """The teams' figures of a batch are not the same: these items stop (rule 15)."""

    batch: int
    items: tuple[str, ...]


@dataclass(eq=False)
class DoubtfulUndecided(Refused):
    """Doubtful marks wait for the chief's decision."""

    marks: int


@dataclass(eq=False)
class KeypadNotEntered(Refused):
    """These of the two people have not entered the totals of the keypads."""

    teams: tuple[int, ...]


@dataclass(eq=False)
class KeypadDiffers(Refused):
    """The two entries of the keypads' totals are not the same."""

    items: tuple[str, ...]


Differing = Mapping[int, Differences]
"""Where the entries of a batch differ, by batch; 0 stands for the keypads."""


def obstacles_to_count(poll: Poll, differing: Differing) -> tuple[Refused, ...]:
    """Everything that keeps a closed poll from being counted.

    Where more ballots came back than were issued the poll is void whatever the figures are, and none is asked for.
    Raises PollInWrongStage before the closing.
    """
    if poll.closed is None:
        raise PollInWrongStage(stage=poll.stage.value)
    first = (*_incidents(poll), *_returns(poll))
    if returned_in(poll) > poll.issued:
        return first
    return (*first, *_batches(poll, differing), *_keypads(poll, differing), *_openings(poll))


def require_countable(poll: Poll, differing: Differing) -> None:
    """Raises the first of the obstacles."""
    for refused in obstacles_to_count(poll, differing):
        raise refused


def _incidents(poll: Poll) -> Iterator[Refused]:
    for require in (require_accounted, require_cleared):
        try:
            require(poll)
        except Refused as refused:
            yield refused


def _returns(poll: Poll) -> Iterator[Refused]:
    if poll.papers_issued and not poll.papers.taken_out:
        yield PapersNotTakenOut(issued=poll.papers_issued)


def _openings(poll: Poll) -> Iterator[Refused]:
    if poll.is_sealed and poll.closed and poll.closed.ballots:
        try:
            require_agreeing(poll)
        except Refused as refused:
            yield refused


def _batches(poll: Poll, differing: Differing) -> Iterator[Refused]:
    papers = poll.papers
    numbers = range(1, len(papers.batches) + 1)
    for team in TEAMS:
        missing = tuple(batch for batch in numbers if (batch, team) not in papers.entries)
        if missing:
            yield BatchesNotEntered(team=team, batches=missing)
    waiting = 0
    for batch in numbers:
        entered = [papers.entries.get((batch, team)) for team in TEAMS]
        first, second = entered
        if first is None or second is None:
            continue
        if first.digest != second.digest:
            yield EntriesDiffer(batch=batch, items=_items(poll, differing.get(batch)))
        else:
            waiting += first.doubtful - sum(one.batch == batch for one in papers.decided)
    if waiting:
        yield DoubtfulUndecided(marks=waiting)


def _keypads(poll: Poll, differing: Differing) -> Iterator[Refused]:
    if not poll.prepared.keypad:
        return
    missing = tuple(team for team in TEAMS if team not in poll.papers.keypad)
    if missing:
        yield KeypadNotEntered(teams=missing)
    elif len({one.digest for one in poll.papers.keypad.values()}) > 1:
        yield KeypadDiffers(items=_items(poll, differing.get(0)))


def _items(poll: Poll, differing: Differences | None) -> tuple[str, ...]:
    """The items that stop; where the numbers of papers differ, or nothing more is known, all of them."""
    if differing is None or differing.papers or not differing.items:
        return tuple(item.id for item in poll.prepared.items)
    return differing.items
