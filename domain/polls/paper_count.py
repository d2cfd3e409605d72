"""Counting papers by two teams (rule 15): batches, what a team enters, what differs, doubtful marks.

Decision, documented in docs/paper.md: an item that differs is counted again by each team for itself; a team that finds
its own figure right enters nothing. The other items of the batch stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from domain.polls.ballot_form import BallotForm
from domain.polls.columns import Columns, Mark, columns_of, same_items
from domain.polls.declaring import require_being_counted
from domain.polls.paper import BatchEntered, DoubtfulMarkDecided, KeypadTotalsEntered, PapersReturned
from domain.polls.poll import Poll
from domain.polls.rules import RuleProfile
from domain.shared import Invalid, Missing, NotFound, Refused

TEAMS: Final = (1, 2)
COMFORTABLE: Final = 50
"""Papers that two people count in a few minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCount:
    """How often one item was marked in a batch; the place of a number is the mark's place in the form, 0 blank."""

    id: str
    marks: tuple[int, ...]
    unreadable: int = 0
    doubtful: int = 0

    @property
    def total(self) -> int:
        """All papers this item accounts for."""
        return sum(self.marks) + self.unreadable + self.doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a team counted in one batch, or on the keypads; `void` papers are void as a whole and have no marks."""

    papers: int
    void: int = 0
    items: tuple[ItemCount, ...]

    @property
    def doubtful(self) -> int:
        """Marks that wait for the chief."""
        return sum(item.doubtful for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Where two entries of one batch are not the same."""

    papers: bool = False
    """The number of papers, or of void ones: then every item is looked at again."""
    items: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.papers or bool(self.items)


@dataclass(eq=False)
class BatchTooSmall(Refused):
    """A batch of few papers would tell how they were marked (rule 12)."""

    batch: int
    papers: int
    least: int


@dataclass(eq=False)
class PapersFixed(Refused):
    """After the first count the number of papers stands: the difference of two counts would tell a single paper."""


@dataclass(eq=False)
class FiguresFixed(Refused):
    """A part smaller than the group size was counted: the difference of two counts would tell its marks (rule 12)."""

    least: int


@dataclass(eq=False)
class EnteredForOtherTeam(Refused):
    """Nobody enters for both teams (rule 15)."""

    team: int


@dataclass(eq=False)
class BothScanned(Refused):
    """Nothing is counted by machine alone: the other entry is made by people."""

    batch: int


@dataclass(eq=False)
class EntryDoesNotAddUp(Refused):
    """Items whose marks are not as many as the papers (rule 11), with how many are missing; negative: too many."""

    short: dict[str, int] = field(default_factory=dict)


@dataclass(eq=False)
class EntriesNotEqual(Refused):
    """A doubtful mark is decided once both teams agree on the batch."""

    batch: int


@dataclass(eq=False)
class CountedByKeypad(Refused):
    """A poll on keypads has no papers; one on papers has no keypads."""

    keypad: bool


def proposed_batches(papers: int, least: int) -> tuple[int, ...]:
    """Batches of about fifty, as even as they can be and none below `least`; one batch when there are fewer."""
    if papers <= 0:
        return ()
    number = max(1, min(round(papers / COMFORTABLE), papers // max(least, 1)))
    size, over = divmod(papers, number)
    return tuple(size + (place < over) for place in range(number))


def return_papers(poll: Poll | None, batches: Sequence[int]) -> PapersReturned:
    """Records what the paper boxes held, mixed and cut into batches; entries made before are forgotten.

    Raises PollInWrongStage, CountedByKeypad, PapersFixed, Invalid or BatchTooSmall (rule 12).
    """
    poll = require_being_counted(poll)
    _require_keypad(poll, keypad=False)
    if poll.counted is not None:
        raise PapersFixed
    least = poll.prepared.profile.min_group_size
    for number, papers in enumerate(batches, start=1):
        if papers < 1:
            raise Invalid(field="batches", reason="papers", value=str(papers))
        if papers < least and len(batches) > 1:
            raise BatchTooSmall(batch=number, papers=papers, least=least)
    return PapersReturned(batches=tuple(batches))


def enter_batch(poll: Poll | None, entry: Entry, form: BallotForm, fact: BatchEntered) -> BatchEntered:
    """A team's figures of one batch, the first or after a recount.

    Raises PollInWrongStage, CountedByKeypad, Invalid (team), NotFound (batch), EnteredForOtherTeam, BothScanned,
    FiguresFixed, ItemsDiffer or EntryDoesNotAddUp (rule 11).
    """
    poll = require_being_counted(poll)
    _require_keypad(poll, keypad=False)
    _require_changeable(poll)
    _require_team(poll, fact.entrant, fact.team)
    papers = papers_of(poll, fact.batch)
    if fact.scanned:
        require_by_people(poll, fact.batch, 3 - fact.team)
    check_entry(replace(entry, papers=papers), form)
    return replace(fact, doubtful=entry.doubtful)


def require_by_people(poll: Poll, batch: int, team: int) -> None:
    """Raises BothScanned when the team's entry of the batch is one of the machine."""
    entry = poll.papers.entries.get((batch, team))
    if entry is not None and entry.scanned:
        raise BothScanned(batch=batch)


def papers_of(poll: Poll, batch: int) -> int:
    """How many papers a batch holds. Raises NotFound."""
    if not 1 <= batch <= len(poll.papers.batches):
        raise NotFound(kind="batch", id=str(batch))
    return poll.papers.batches[batch - 1]


def enter_keypad(poll: Poll | None, entry: Entry, form: BallotForm, fact: KeypadTotalsEntered) -> KeypadTotalsEntered:
    """A person's totals of the keypads, "not pressed" among them (rule 5: 2639/160/57 + 16 = 2872).

    Raises PollInWrongStage, CountedByKeypad, Invalid (team), EnteredForOtherTeam, ItemsDiffer or EntryDoesNotAddUp.
    """
    poll = require_being_counted(poll)
    _require_keypad(poll, keypad=True)
    _require_team(poll, fact.entrant, fact.team)
    check_entry(entry, form)
    return replace(fact, returned=entry.papers)


def check_entry(entry: Entry, form: BallotForm) -> None:
    """Every item accounts for every paper that is not void (rule 11).

    Raises Invalid for a number that cannot be, ItemsDiffer, or EntryDoesNotAddUp, which names all items at once.
    """
    same_items([item.id for item in form.items], [item.id for item in entry.items])
    if not 0 <= entry.void <= entry.papers:
        raise Invalid(field="void", reason="papers", value=str(entry.void))
    for item in entry.items:
        if len(item.marks) != len(form.marks) or min(*item.marks, item.unreadable, item.doubtful) < 0:
            raise Invalid(field="marks", reason="papers", value=item.id)
    short = {item.id: entry.papers - entry.void - item.total for item in entry.items}
    if any(short.values()):
        raise EntryDoesNotAddUp(short={id: number for id, number in short.items() if number})


def differences(one: Entry, other: Entry) -> Differences:
    """What two teams counted differently (team 1 Y=201, team 2 Y=202: that item stops)."""
    counts = {item.id: item for item in other.items}
    return Differences(
        papers=(one.papers, one.void) != (other.papers, other.void),
        items=tuple(item.id for item in one.items if counts.get(item.id) != item),
    )


def decide_doubtful(poll: Poll | None, agreed: Entry | None, fact: DoubtfulMarkDecided) -> DoubtfulMarkDecided:
    """The chief decides how the n-th doubtful mark of an item counts, with a reason (rule 4); again: the later holds.

    `agreed` is the entry on which both teams agree. Raises PollInWrongStage, NotFound (batch, doubtful mark),
    EntriesNotEqual, FiguresFixed or Missing (reason).
    """
    poll = require_being_counted(poll)
    _require_changeable(poll)
    papers_of(poll, fact.batch)
    if agreed is None:
        raise EntriesNotEqual(batch=fact.batch)
    waiting = {item.id: item.doubtful for item in agreed.items}
    if not 1 <= fact.number <= waiting.get(fact.item, 0):
        raise NotFound(kind="doubtful_mark", id=f"{fact.batch}/{fact.item}/{fact.number}")
    if not fact.reason.strip():
        raise Missing(fields=("reason",))
    return replace(fact, reason=fact.reason.strip())


def decidable_marks(form: BallotForm) -> tuple[str, ...]:
    """What a doubtful mark may be decided to be: any mark of the form, none, or one that cannot be accepted."""
    return (*form.marks[1:], Mark.BLANK.value, Mark.UNREADABLE.value)


def columns_of_entry(
    entry: Entry, profile: RuleProfile, form: BallotForm, decided: Mapping[tuple[str, int], str] | None = None
) -> Columns:
    """The columns of an entry; `decided` says by item and number what each doubtful mark counts as."""
    often: dict[str, dict[str, int]] = {}
    counts = {item.id: item for item in entry.items}
    for listed in form.items:
        item = counts[listed.id]
        marks = dict(zip(form.marks, item.marks, strict=True)) | {Mark.UNREADABLE.value: item.unreadable}
        for number in range(1, item.doubtful + 1):
            marks[(decided or {})[item.id, number]] += 1
        often[item.id] = marks
    return columns_of(profile, often, returned=entry.papers, void=entry.void)


def written_entry(entry: Entry) -> dict[str, Any]:
    """As plain values, for the workings."""
    items = [
        {"id": item.id, "marks": list(item.marks), "unreadable": item.unreadable, "doubtful": item.doubtful}
        for item in entry.items
    ]
    return {"papers": entry.papers, "void_ballots": entry.void, "items": items}


def read_entry(said: Mapping[str, Any]) -> Entry:
    """An entry from the workings."""
    items = tuple(
        ItemCount(id=item["id"], marks=tuple(item["marks"]), unreadable=item["unreadable"], doubtful=item["doubtful"])
        for item in said["items"]
    )
    return Entry(papers=said["papers"], void=said["void_ballots"], items=items)


def parts_are_small(poll: Poll) -> bool:
    """Whether electronic and paper ballots stand beside each other, one of them fewer than the group size."""
    both = (poll.closed.ballots if poll.closed else 0, poll.papers.returned)
    return all(both) and min(both) < poll.prepared.profile.min_group_size


def _require_keypad(poll: Poll, *, keypad: bool) -> None:
    if poll.prepared.keypad is not keypad:
        raise CountedByKeypad(keypad=poll.prepared.keypad)


def _require_changeable(poll: Poll) -> None:
    if poll.counted is not None and parts_are_small(poll):
        raise FiguresFixed(least=poll.prepared.profile.min_group_size)


def _require_team(poll: Poll, entrant: UUID, team: int) -> None:
    if team not in TEAMS:
        raise Invalid(field="team", reason="team", value=str(team))
    earlier = poll.papers.teams.get(entrant)
    if earlier is not None and earlier != team:
        raise EnteredForOtherTeam(team=earlier)
