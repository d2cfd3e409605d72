"""Made-up ballots for a rehearsal: a result that looks like one, with a clear cut or with a tie at the last place."""

from collections.abc import MutableSequence, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from domain.polls.ballot_form import BallotForm, Row
from domain.polls.rules import Form

MOST_LIKED, LEAST_LIKED = 0.96, 0.54
"""Shares of the voters for the most and the least liked item; those between lie evenly, so that no two are equal."""


_T = TypeVar("_T")


class Chance(Protocol):
    """Where chance comes from: the standard library's Random is one."""

    def choice(self, of: Sequence[_T], /) -> _T: ...

    def choices(self, of: Sequence[_T], weights: Sequence[float]) -> list[_T]: ...

    def sample(self, of: Sequence[_T], k: int, /) -> list[_T]: ...

    def shuffle(self, them: MutableSequence[_T], /) -> None: ...


class MadeUp(StrEnum):
    """What the made-up ballots come to."""

    CLEAR = "clear"
    """Every place is filled."""
    TIE = "tie"
    """Two items are equal at the last place, so that a second ballot can be practised."""


def made_up_rows(form: BallotForm, voters: int, outcome: MadeUp, places: int | None, chance: Chance) -> list[Row]:
    """So many ballots, in no order. `places` is the quota; without one there is no last place to tie at."""
    if form.form is Form.GRADE:
        return [_grades(form, chance) for _ in range(voters)]
    wanted = _wanted(len(form.items), voters, outcome, places, form.most_for)
    if form.most_for is None:
        chosen = [frozenset(chance.sample(range(voters), votes)) for votes in wanted]
        liked = [{item for item in range(len(wanted)) if voter in chosen[item]} for voter in range(voters)]
    else:
        liked = _within_limit(wanted, voters, form.most_for)
    rest = [mark for mark in form.marks if mark != form.marks[1]]
    rows = [
        tuple(form.marks[1] if item in its else chance.choice(rest) for item in range(len(wanted))) for its in liked
    ]
    chance.shuffle(rows)
    return rows


def _wanted(items: int, voters: int, outcome: MadeUp, places: int | None, most_for: int | None) -> list[int]:
    """Votes for each item; with a limit their sum is what the voters can give."""
    step = (MOST_LIKED - LEAST_LIKED) / max(1, items - 1)
    votes = [round((MOST_LIKED - step * rank) * voters) for rank in range(items)]
    if most_for is not None:
        given = min(most_for * voters, sum(votes))
        votes = [min(voters, share * given // max(1, sum(votes))) for share in votes]
    if outcome is MadeUp.TIE and places is not None and 0 < places < items:
        votes[places] = votes[places - 1]
    return votes


def _within_limit(wanted: Sequence[int], voters: int, limit: int) -> list[set[int]]:
    """Every voter gives votes to the items that still need most; so no ballot carries more than the limit."""
    left = list(wanted)
    liked = []
    for _voter in range(voters):
        needing = sorted((item for item in range(len(left)) if left[item]), key=lambda item: (-left[item], item))
        its = set(needing[:limit])
        for item in its:
            left[item] -= 1
        liked.append(its)
    return liked


def _grades(form: BallotForm, chance: Chance) -> Row:
    options = form.marks[1:]
    weights = [len(options) - place for place in range(len(options))]
    return tuple(chance.choices(options, weights)[0] for _ in form.items)
