"""The count of a poll: a pure function of profile, items, N, A, I and the columns. Order never decides anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import ceil

from domain.polls.columns import Columns, GradeColumns, VoteColumns, reconcile, same_items
from domain.polls.evaluation import grade_items
from domain.polls.outcome import (
    Decider,
    Decision,
    Item,
    NoOutcome,
    Outcome,
    SecondBallot,
    SecondBallotReason,
    Turnout,
    VoidBecause,
    VotedItem,
    VoteOutcome,
    Warned,
)
from domain.polls.reckoning import dense_ranks
from domain.polls.rules import (
    EvaluationRules,
    RuleProfile,
    Shortfall,
    TieAtCut,
    base_of,
    needed,
    quorum_number,
    surplus_rate,
)
from domain.shared import Refused


@dataclass(eq=False)
class MoreAttendingThanDelegates(Refused):
    """A is above N."""

    attending: int
    all_delegates: int


@dataclass(eq=False)
class MoreIssuedThanAttending(Refused):
    """I is above A (rule 2)."""

    issued: int
    attending: int


@dataclass(eq=False)
class EqualElectionNotWaived(Refused):
    """Not more candidates than places, and the profile does not allow that (rule 10)."""

    candidates: int
    quota: int


@dataclass(eq=False)
class ColumnsOfAnotherForm(Refused):
    """The columns of a vote for an evaluation, or the other way round."""

    form: str


def tally(profile: RuleProfile, items: Sequence[Item], turnout: Turnout, columns: Columns) -> Outcome:
    """The outcome, exactly as `tally-format` in the documentation says.

    Raises MoreAttendingThanDelegates, MoreIssuedThanAttending, EqualElectionNotWaived, ColumnsOfAnotherForm,
    ItemsDiffer, DoesNotAddUp, FewerVoidThanBallots, NotOfThisForm for what cannot be counted.
    """
    count: Callable[[], Outcome]
    match profile.evaluation, columns:
        case None, VoteColumns():
            count = partial(_count_vote, profile, items, turnout, columns)
        case EvaluationRules() as rules, GradeColumns():
            count = partial(grade_items, rules, items, turnout, columns)
        case _:
            raise ColumnsOfAnotherForm(form=profile.form.value)
    check_turnout(turnout)
    check_surplus(profile, len(items))
    same_items([item.id for item in items], [column.id for column in columns.items])
    reconcile(profile, columns)
    if columns.returned > turnout.issued:
        return NoOutcome(reason=VoidBecause.RETURNED_EXCEEDS_ISSUED)
    if turnout.attending < quorum_number(profile, turnout.all_delegates):
        return NoOutcome(reason=VoidBecause.QUORUM)
    return count()


def check_turnout(turnout: Turnout) -> None:
    """I ≤ A ≤ N. Raises MoreAttendingThanDelegates, MoreIssuedThanAttending."""
    if turnout.attending > turnout.all_delegates:
        raise MoreAttendingThanDelegates(attending=turnout.attending, all_delegates=turnout.all_delegates)
    if turnout.issued > turnout.attending:
        raise MoreIssuedThanAttending(issued=turnout.issued, attending=turnout.attending)


def check_surplus(profile: RuleProfile, candidates: int) -> None:
    """Raises EqualElectionNotWaived when there is nothing to choose between and that is not allowed."""
    if profile.quota is not None and candidates <= profile.quota and not profile.allow_equal:
        raise EqualElectionNotWaived(candidates=candidates, quota=profile.quota)


def surplus_warnings(profile: RuleProfile, candidates: int) -> tuple[Warned, ...]:
    """What is to be said about the surplus: an equal election, or less than the profile's least rate (rule 10)."""
    rate = surplus_rate(profile, candidates)
    if rate is None:
        return ()
    if rate <= 0:
        return (Warned.EQUAL_ELECTION,)
    return (Warned.SURPLUS_BELOW_MINIMUM,) if rate < Fraction(profile.min_surplus_rate) else ()


def _count_vote(profile: RuleProfile, items: Sequence[Item], turnout: Turnout, columns: VoteColumns) -> VoteOutcome:
    voted = _voted_items(profile, items, turnout, columns)
    cut = _cut(profile, sorted(voted, key=lambda item: -item.column.votes_for))
    return VoteOutcome(
        turnout=turnout,
        returned=columns.returned,
        void_ballots=columns.void_ballots,
        surplus_rate=surplus_rate(profile, len(items)),
        items=tuple(replace(item, adopted=item.column.id in cut.adopted) for item in voted),
        adopted=cut.adopted,
        open_places=cut.open_places,
        second_ballot=cut.second_ballot,
        decision=cut.decision,
        warnings=surplus_warnings(profile, len(items)),
    )


def _voted_items(
    profile: RuleProfile, items: Sequence[Item], turnout: Turnout, columns: VoteColumns
) -> list[VotedItem]:
    by_id = {column.id: column for column in columns.items}
    ranks = dense_ranks(column.votes_for for column in columns.items)
    voted = []
    for item in items:
        column = by_id[item.id]
        base = base_of(
            profile,
            all_delegates=turnout.all_delegates,
            attending=turnout.attending,
            returned=columns.returned,
            valid_marks=columns.returned - column.void - column.not_pressed,
        )
        rank = ranks[column.votes_for]
        voted.append(VotedItem(name=item.name, column=column, base=base, needed=needed(profile, base), rank=rank))
    return voted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Where the list is cut: who is in, and what is left open and to whom it falls."""

    adopted: tuple[str, ...]
    open_places: int = 0
    second_ballot: SecondBallot | None = None
    decision: Decision | None = None


def _ids(items: Sequence[VotedItem]) -> tuple[str, ...]:
    return tuple(item.column.id for item in items)


def _cut(profile: RuleProfile, by_votes: Sequence[VotedItem]) -> _Cut:
    """The top Q of the passing items, nothing that failed, no tie broken (rules 7 to 9)."""
    passing = [item for item in by_votes if item.passed]
    failing = [item for item in by_votes if not item.passed]
    quota = profile.quota
    if quota is None:
        return _Cut(adopted=_ids(passing))
    if len(passing) < quota:
        return _after_shortfall(profile, passing, failing, quota - len(passing))
    last = passing[quota - 1].column.votes_for
    if len(passing) == quota or passing[quota].column.votes_for < last:
        return _Cut(adopted=_ids(passing[:quota]))
    above = [item for item in passing if item.column.votes_for > last]
    tied = [item for item in passing if item.column.votes_for == last]
    return _after_tie(profile, above, tied, quota - len(above))


def _after_tie(profile: RuleProfile, above: list[VotedItem], tied: list[VotedItem], places: int) -> _Cut:
    match profile.tie_at_cut:
        case TieAtCut.SECOND_BALLOT:
            again = SecondBallot(reason=SecondBallotReason.TIE, items=_ids(tied), places=places)
            return _Cut(adopted=_ids(above), second_ballot=again)
        case TieAtCut.PRESIDIUM_DECIDES:
            decision = Decision(by=Decider.PRESIDIUM, items=_ids(tied), places=places)
            return _Cut(adopted=_ids(above), decision=decision)
        case TieAtCut.ADMIT_ALL:
            return _Cut(adopted=_ids([*above, *tied]))


def _after_shortfall(profile: RuleProfile, passing: list[VotedItem], failing: list[VotedItem], places: int) -> _Cut:
    closed = _Cut(adopted=_ids(passing), open_places=places)
    if not failing:
        return closed
    match profile.shortfall:
        case Shortfall.CLOSE:
            return closed
        case Shortfall.STANDING_COMMITTEE:
            decision = Decision(by=Decider.STANDING_COMMITTEE, items=_ids(failing), places=places)
            return replace(closed, decision=decision)
        case Shortfall.SECOND_BALLOT:
            again = _with_surplus(failing, places, Fraction(profile.min_surplus_rate))
            ballot = SecondBallot(reason=SecondBallotReason.SHORTFALL, items=_ids(again), places=places)
            return replace(closed, second_ballot=ballot)


def _with_surplus(failing: list[VotedItem], places: int, rate: Fraction) -> list[VotedItem]:
    """The best of the failed items, more than there are places; whoever ties with the last one comes too."""
    wanted = places + max(1, ceil(places * rate))
    if len(failing) <= wanted:
        return failing
    last = failing[wanted - 1].column.votes_for
    return [item for item in failing if item.column.votes_for >= last]
