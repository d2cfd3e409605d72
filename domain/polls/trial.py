"""A trial count: what a profile would make of ballots that are made up, the same ones for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, islice
from struct import unpack

from domain.polls.columns import Columns, Mark, add_up
from domain.polls.outcome import Outcome, Turnout
from domain.polls.rules import Form, RuleProfile
from domain.polls.tally import tally

_ALL = 1 << 16  # a draw is a number below this
_FAVOURITE, _OUTSIDER = 95, 45  # per cent in favour of the first and of the last item
_KEPT_BACK = 150  # one ballot in so many is not returned


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialItem:
    """A made-up candidate, known by its number."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The made-up columns and what they come to."""

    columns: Columns
    outcome: Outcome


def try_out(profile: RuleProfile, *, candidates: int, all_delegates: int, attending: int, seed: int = 1) -> Trial:
    """Counts made-up ballots of `attending` voters by the profile. Raises what `tally` raises."""
    items = [TrialItem(id=str(number), name=str(number)) for number in range(1, candidates + 1)]
    turnout = Turnout(all_delegates=all_delegates, attending=attending, issued=attending)
    ballots = islice(made_up_ballots(profile, candidates, seed), attending - attending // _KEPT_BACK)
    columns = add_up(profile, [item.id for item in items], ballots)
    return Trial(columns=columns, outcome=tally(profile, items, turnout, columns))


def made_up_ballots(profile: RuleProfile, candidates: int, seed: int) -> Iterator[list[str]]:
    """Ballots without end: earlier items are better liked, a few marks are blank, unreadable or too many."""
    draws = _draws(seed)
    while True:
        drawn = [next(draws) for _ in range(candidates)]
        if profile.form is Form.CHOOSE:
            yield _ticks(profile, drawn, next(draws))
        else:
            marks = _words(profile)
            yield [_mark(marks, _support(number, candidates), draw) for number, draw in enumerate(drawn)]


def _draws(seed: int) -> Iterator[int]:
    for block in count():
        yield from unpack(">16H", sha256(f"{seed}/{block}".encode()).digest())


def _support(number: int, candidates: int) -> int:
    """How many of all draws are in favour of an item, falling evenly from the first to the last."""
    fall = (_FAVOURITE - _OUTSIDER) * number // max(1, candidates - 1)
    return (_FAVOURITE - fall) * _ALL // 100


def _words(profile: RuleProfile) -> tuple[str, ...]:
    """What a voter may leave on an item, the favourable mark first, the others by how often they fall."""
    if profile.evaluation is not None:
        first, *others = [option.id for option in profile.evaluation.options]
    else:
        first, *others = Mark.FOR, Mark.AGAINST, Mark.AGAINST, Mark.ABSTAIN
    return (first, *others * 8, Mark.BLANK, Mark.UNREADABLE)


def _mark(words: tuple[str, ...], support: int, draw: int) -> str:
    """The first word with the given support; the rest of the draws fall evenly on the others."""
    if draw < support:
        return words[0]
    return words[1 + (draw - support) * (len(words) - 1) // (_ALL - support)]


def _ticks(profile: RuleProfile, drawn: list[int], draw: int) -> list[str]:
    """A ballot that ticks the items it likes most: mostly as many as there are places, now and then one too many."""
    candidates = len(drawn)
    liking = [_support(number, candidates) * value for number, value in enumerate(drawn)]
    places = candidates // 2 if profile.quota is None else profile.quota
    ticks = places + (draw % 64 == 0) - draw % 3
    liked = set(sorted(range(candidates), key=lambda number: -liking[number])[: max(0, ticks)])
    return [Mark.TICK if number in liked else Mark.BLANK for number in range(candidates)]
