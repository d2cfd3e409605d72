"""A project 民生实事项目: candidate, listed, adopted or not; one identity for life."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.projects.approvals import (
    NOTHING_YET,
    ApprovalFact,
    ApprovalRecorded,
    ApprovalWithdrawn,
    CandidateScreened,
    Examined,
    evolve_examined,
)
from domain.projects.card import CandidateCard, CardIncomplete, gaps
from domain.projects.origins import OriginFact, ProposalGivenBack, ProposalTakenUp, evolve_origins
from domain.shared import Missing, NotFound, Refused, Year


class Stage(StrEnum):
    """Where a project stands on its way."""

    DRAFT = "draft"
    LISTED = "listed"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDrafted:
    """A candidate project enters the year's file; `code` is its short public code for life."""

    congress: UUID
    year: Year
    code: str
    card: CandidateCard
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRevised:
    """The card of a candidate was changed before it was listed."""

    card: CandidateCard


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateWithdrawn:
    """A candidate was taken out of the file, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectListed:
    """The presidium put the candidate on the list that goes to the vote."""

    number: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectUnlisted:
    """The list was taken back; the candidate may be revised again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstVote:
    """How a project fared in the ballot that led to a second one; `again` says why there was one."""

    poll: UUID
    again: str
    votes_for: int
    rank: int
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteOnProject:
    """How the declared poll decided on one project, as announced."""

    poll: UUID
    votes_for: int
    against: int
    abstain: int
    all_delegates: int
    attending: int
    needed: int | None
    rank: int
    passed: bool
    candidates: int
    first: FirstVote | None = None
    """Set when this was a second ballot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAdopted:
    """The delegates put the project on the annual voted list 列入年度票决清单."""

    number: int
    """Its number on the voted list."""
    on: date
    notice_number: str
    """Of the notice, or of the decision where a body decided."""
    vote: VoteOnProject
    decided_by: str = ""
    """`presidium` or `standing_committee`, where a body decided on a place the vote left open; empty: the vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectNotAdopted:
    """The poll did not put the project on the list, even where it had a majority (rule 7)."""

    on: date
    vote: VoteOnProject
    decided_by: str = ""
    """The body that gave the open places to others or left them empty; empty: the vote."""
    notice_number: str = ""
    """Of that decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEvaluated:
    """An evaluation 测评 graded the adopted project; rates are over the valid marks, exact (rules 23 and 24)."""

    poll: UUID
    title: str
    on: date
    notice_number: str
    grade: str | None
    """What the rule profile calls the grade; None without a single valid mark, and so the rest."""
    band: str = ""
    """The line of the grade table the mean score falls into."""
    score: Decimal | None = None
    """The mean score, two decimals, half up."""
    rank: int | None = None
    evaluated: int
    """How many projects were evaluated with it."""
    valid_marks: int
    satisfaction: Fraction | None = None
    """Marks for the best option over the valid ones."""
    overall: Fraction | None = None
    """Marks for the two best options over the valid ones."""


ProjectFact = (
    CandidateDrafted
    | CandidateRevised
    | CandidateWithdrawn
    | ProjectListed
    | ProjectUnlisted
    | ProjectAdopted
    | ProjectNotAdopted
    | ProjectEvaluated
    | OriginFact
    | ApprovalFact
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it stands."""

    congress: UUID
    year: Year
    code: str
    card: CandidateCard
    stage: Stage = Stage.DRAFT
    number: int | None = None
    """Its number on the candidate list, then on the voted list."""
    proposals: tuple[UUID, ...] = ()
    """Those taken up, without what was merged into them."""
    examined: Examined = NOTHING_YET
    """Its screening and approvals."""


@dataclass(eq=False)
class WrongStage(Refused):
    """The project stands elsewhere than the step needs it."""

    name: str
    stage: str


def draft_candidate(
    congress: UUID, year: int, code: str, card: CandidateCard, import_id: UUID | None = None
) -> CandidateDrafted:
    """A draft may have gaps, but not lack its name. Raises Missing."""
    if not card.name.strip():
        raise Missing(fields=("name",))
    return CandidateDrafted(congress=congress, year=Year(year), code=code, card=card, import_id=import_id)


def draft_in_file(project: Project | None) -> Project:
    """The candidate while its file is open: not listed, not withdrawn. Raises NotFound or WrongStage."""
    return _in_stage(project, Stage.DRAFT)


def revise_candidate(project: Project | None, card: CandidateCard) -> CandidateRevised:
    """Raises Missing (name), or WrongStage once the list is published."""
    _in_stage(project, Stage.DRAFT)
    if not card.name.strip():
        raise Missing(fields=("name",))
    return CandidateRevised(card=card)


def withdraw_candidate(project: Project | None, reason: str) -> CandidateWithdrawn:
    """Raises Missing (reason) or WrongStage."""
    _in_stage(project, Stage.DRAFT)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return CandidateWithdrawn(reason=reason.strip())


def list_project(project: Project | None, number: int, on: date) -> ProjectListed:
    """Raises CardIncomplete with every gap (rule 16), or WrongStage."""
    found = gaps(_in_stage(project, Stage.DRAFT).card)
    if found:
        raise CardIncomplete(name=_known(project).card.name, gaps=found)
    return ProjectListed(number=number, on=on)


def unlist_project(project: Project | None, reason: str) -> ProjectUnlisted:
    """Raises WrongStage unless the project is listed and not yet decided."""
    _in_stage(project, Stage.LISTED)
    return ProjectUnlisted(reason=reason)


def adopt_project(
    project: Project | None,
    *,
    number: int,
    on: date,
    notice_number: str,
    vote: VoteOnProject,
    decided_by: str = "",
) -> ProjectAdopted:
    """Raises WrongStage unless the project is listed."""
    _in_stage(project, Stage.LISTED)
    return ProjectAdopted(number=number, on=on, notice_number=notice_number, vote=vote, decided_by=decided_by)


def pass_over_project(
    project: Project | None, *, on: date, vote: VoteOnProject, decided_by: str = "", notice_number: str = ""
) -> ProjectNotAdopted:
    """Raises WrongStage unless the project is listed."""
    _in_stage(project, Stage.LISTED)
    return ProjectNotAdopted(on=on, vote=vote, decided_by=decided_by, notice_number=notice_number)


def evaluate_project(project: Project | None, fact: ProjectEvaluated) -> ProjectEvaluated:
    """Raises WrongStage unless the project is on a voted list."""
    _in_stage(project, Stage.ADOPTED)
    return fact


def evolve(project: Project | None, fact: ProjectFact) -> Project:
    """The project after one more fact."""
    match fact:
        case CandidateDrafted():
            return Project(congress=fact.congress, year=fact.year, code=fact.code, card=fact.card)
        case CandidateRevised():
            return replace(_known(project), card=fact.card)
        case CandidateWithdrawn():
            return replace(_known(project), stage=Stage.WITHDRAWN)
        case ProjectListed():
            return replace(_known(project), stage=Stage.LISTED, number=fact.number)
        case ProjectUnlisted():
            return replace(_known(project), stage=Stage.DRAFT, number=None)
        case ProjectAdopted():
            return replace(_known(project), stage=Stage.ADOPTED, number=fact.number)
        case ProjectNotAdopted():
            return replace(_known(project), stage=Stage.NOT_ADOPTED)
        case ProjectEvaluated():
            return _known(project)
        case ProposalTakenUp() | ProposalGivenBack():
            return replace(_known(project), proposals=evolve_origins(_known(project).proposals, fact))
        case CandidateScreened() | ApprovalRecorded() | ApprovalWithdrawn():
            return replace(_known(project), examined=evolve_examined(_known(project).examined, fact))


def _known(project: Project | None) -> Project:
    if project is None:
        raise NotFound(kind="project", id="")
    return project


def _in_stage(project: Project | None, stage: Stage) -> Project:
    known = _known(project)
    if known.stage is not stage:
        raise WrongStage(name=known.card.name, stage=known.stage.value)
    return known
