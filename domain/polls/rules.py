"""The counting rules 票决办法 a congress adopts, as data. Nothing about counting is fixed outside of them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.polls.reckoning import Operator, Threshold

_HALF = "1/2"
_TWO_THIRDS = Threshold(fraction="2/3", operator=Operator.AT_LEAST)


class Form(StrEnum):
    """What the ballot looks like."""

    PER_ITEM = "per_item"
    """赞成/反对/弃权 on every item."""
    CHOOSE = "choose"
    """Tick at most as many items as there are places."""
    GRADE = "grade"
    """An evaluation: one of the options on every item."""


class PassBase(StrEnum):
    """What the votes for an item are measured against."""

    ALL_DELEGATES = "all_delegates"
    ATTENDING = "attending"
    RETURNED = "returned"
    VALID_MARKS = "valid_marks"
    NONE = "none"
    """Plurality: votes are only compared with each other."""


class BlankItem(StrEnum):
    """What an item left empty means."""

    ABSTAIN = "abstain"
    INVALID = "invalid"
    NOT_PRESSED = "not_pressed"
    """A column of its own, for keypads."""
    BLANK = "blank"
    """A column of its own, in evaluations."""


class MaxFor(StrEnum):
    """Whether a ballot with more "for" marks than the quota is void as a whole."""

    NONE = "none"
    QUOTA = "quota"


class TieAtCut(StrEnum):
    """Who decides between items equal at the last place."""

    SECOND_BALLOT = "second_ballot"
    PRESIDIUM_DECIDES = "presidium_decides"
    ADMIT_ALL = "admit_all"


class Shortfall(StrEnum):
    """What becomes of places for which too few items passed."""

    CLOSE = "close"
    SECOND_BALLOT = "second_ballot"
    STANDING_COMMITTEE = "standing_committee"


class Publication(StrEnum):
    """What is announced."""

    FULL_COUNTS = "full_counts"
    ADOPTED_ONLY = "adopted_only"


class LateArrivals(StrEnum):
    """What a delegate may do who checks in after the poll was opened."""

    PAPER = "paper"
    NOT_IN_THIS_POLL = "not_in_this_poll"


class ScrutineerRule(StrEnum):
    """Who may be a scrutineer (rule 14)."""

    DELEGATES = "delegates"
    """Delegates who are not from a candidate's responsible unit, approved in the plenary."""
    ORGANISING_OFFICES = "organising_offices"
    """Members of the organising offices, in citizens' reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of an evaluation ballot; its name is what voters read, its score counts for the mean."""

    id: str
    score: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule:
    """A grade and what earns it: the marks of the options `of` must meet the threshold; the last grade has none."""

    grade: str
    of: tuple[str, ...] = ()
    threshold: Threshold | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBand:
    """A line of the grade table over mean scores: 优秀 from 85, 良好 from 75, …"""

    at_least: Decimal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRules:
    """What an evaluation adds to the profile; `base` decides whether absent members stay in (rule 23)."""

    options: tuple[Option, ...]
    grades: tuple[GradeRule, ...]
    base: PassBase = PassBase.ALL_DELEGATES
    score_bands: tuple[ScoreBand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """All fields of a 票决办法; fractions are kept as written and exact, `quota` None means open."""

    title: str
    form: Form = Form.PER_ITEM
    quota: int | None
    min_surplus_rate: Decimal = Decimal("0.10")
    allow_equal: bool = False
    """Whether no more candidates than places may stand 等额; the poll then records the presidium's waiver."""
    quorum: Threshold = _TWO_THIRDS
    pass_base: PassBase = PassBase.ALL_DELEGATES
    pass_operator: Operator = Operator.OVER
    pass_fraction: str = _HALF
    blank_item: BlankItem = BlankItem.ABSTAIN
    max_for: MaxFor = MaxFor.NONE
    tie_at_cut: TieAtCut = TieAtCut.SECOND_BALLOT
    shortfall: Shortfall = Shortfall.CLOSE
    publication: Publication = Publication.FULL_COUNTS
    min_group_size: int = 10
    evaluation: EvaluationRules | None = None
    pre_reading_days: int = 7
    """Days between the cards' dispatch and the vote (rule 16)."""
    unsealed_allowed: bool = False
    """Whether a poll may run without sealed ballots; every page then says so."""
    late_arrivals: LateArrivals = LateArrivals.PAPER
    hall_word: bool = False
    """Whether a ballot needs the six digits that are shown in the hall while the poll is open."""
    scrutineers: ScrutineerRule = ScrutineerRule.DELEGATES

    @property
    def passing(self) -> Threshold:
        """The majority an item needs of its base."""
        return Threshold(fraction=self.pass_fraction, operator=self.pass_operator)

    @property
    def most_for(self) -> int | None:
        """The most "for" marks a ballot may carry before it is void as a whole; None where there is no limit."""
        limited = self.form is Form.CHOOSE or (self.form is Form.PER_ITEM and self.max_for is MaxFor.QUOTA)
        return self.quota if limited else None


def quorum_number(profile: RuleProfile, all_delegates: int) -> int:
    """The least attendance with which the poll may open (rule 1): 218 of 327 under at least 2/3."""
    return profile.quorum.least(all_delegates)


def base_of(profile: RuleProfile, *, all_delegates: int, attending: int, returned: int, valid_marks: int) -> int | None:
    """What the votes for an item are measured against; None for plurality."""
    bases = {
        PassBase.ALL_DELEGATES: all_delegates,
        PassBase.ATTENDING: attending,
        PassBase.RETURNED: returned,
        PassBase.VALID_MARKS: valid_marks,
    }
    return bases.get(profile.pass_base)


def needed(profile: RuleProfile, base: int | None) -> int | None:
    """The least number of votes of `base` with which an item passes, never below 1 (rule 6); None for plurality."""
    return None if base is None else max(1, profile.passing.least(base))


def surplus_rate(profile: RuleProfile, candidates: int) -> Fraction | None:
    """差额率 (C − Q)/Q over the quota (rule 10): 12 for 10 is 20 %; None for an open quota."""
    return None if profile.quota is None else Fraction(candidates - profile.quota, profile.quota)
