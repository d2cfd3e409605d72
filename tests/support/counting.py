"""Short words for tests that count: profiles, columns and the outcome they come to."""

from dataclasses import asdict, replace

from domain.polls.columns import VoteColumn, VoteColumns
from domain.polls.outcome import NoOutcome, Turnout, VotedItem, VoteOutcome
from domain.polls.rules import RuleProfile
from domain.polls.tally import tally
from interfaces.tally.poll_file import ListedItem

PER_ITEM = RuleProfile(title="逐项表决", quota=10)


def listed(number: int) -> list[ListedItem]:
    """So many items, called by their numbers."""
    return [ListedItem(id=str(id), name=f"项目{id}") for id in range(1, number + 1)]


def hall(all_delegates: int = 327, attending: int = 314, issued: int | None = None) -> Turnout:
    """A full house of the published example: N=327, A=314, all cards issued."""
    return Turnout(all_delegates=all_delegates, attending=attending, issued=attending if issued is None else issued)


def votes(*numbers: int, returned: int = 314) -> VoteColumns:
    """Columns in which item 1, 2, … got so many votes; everybody else was against."""
    columns = tuple(
        VoteColumn(
            id=str(id),
            votes_for=number,
            against=returned - number,
            abstain=0,
            not_ticked=0,
            not_pressed=0,
            void=0,
        )
        for id, number in enumerate(numbers, start=1)
    )
    return VoteColumns(returned=returned, void_ballots=0, items=columns)


def counted(profile: RuleProfile, columns: VoteColumns, turnout: Turnout | None = None) -> VoteOutcome:
    """The outcome of a valid vote."""
    outcome = tally(profile, listed(len(columns.items)), turnout or hall(), columns)
    assert isinstance(outcome, VoteOutcome)
    return outcome


def void(profile: RuleProfile, columns: VoteColumns, turnout: Turnout) -> str:
    """Why the poll is void."""
    outcome = tally(profile, listed(len(columns.items)), turnout, columns)
    assert isinstance(outcome, NoOutcome)
    return outcome.reason.value


def item(outcome: VoteOutcome, id: str) -> VotedItem:
    return next(item for item in outcome.items if item.column.id == id)


def marked(columns: VoteColumns, id: str, marks: dict[str, int]) -> VoteColumns:
    """The same columns with other numbers for one item."""
    changed = tuple(
        VoteColumn(**{**asdict(column), **marks}) if column.id == id else column for column in columns.items
    )
    return replace(columns, items=changed)
