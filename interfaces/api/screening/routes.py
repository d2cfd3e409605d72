"""Screening rules and what was found by them; approvals and documents beside."""

from typing import Annotated

from fastapi import Depends
from pydantic import Field

from application.proposals import screening as commands
from application.proposals.screening import Findings
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.proposals.screening import READY_MADE, ApprovalKind, Criterion, ScreeningRules, rules_stream
from interfaces.api._base.callers import At, CandidateReader, needing
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Shown
from interfaces.api._base.operations import operations
from interfaces.api.candidates.examined import ScreeningShown, screening_shown
from interfaces.api.candidates.models import CandidateShown, TheProject
from interfaces.api.candidates.routes import ONE, one
from interfaces.api.screening import approvals, candidacy, documents
from interfaces.api.screening.candidacy import TheProposal
from interfaces.web.candidates.desk import known_project
from interfaces.web.proposals.desk import known_proposal

router = operations("screening", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)
for part in (documents, approvals, candidacy):
    router.routes.extend(part.router.routes)

RULES = "/congresses/{slug}/screening-rules"

Screener = Annotated[At, Depends(needing(Act.SCREEN))]
RuleKeeper = Annotated[At, Depends(needing(Act.FIX_LIST))]
Code = Annotated[str, Field(pattern=LINE, max_length=12)]


class CriterionBody(Asked):
    """A line of a list."""

    code: Code = Field(description="编号，两张清单里都不重复。", examples=["负1"])
    name: str = Field(pattern=LINE, max_length=60, description="名称。", examples=["以社会资本投入为主"])
    words: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=300,
        description="说明，可以为空。",
        examples=["主要靠社会资本投资的项目。"],
    )


class RulesBody(Asked):
    """Both lists, and who has to consent in which order."""

    positive: tuple[CriterionBody, ...] = Field(min_length=1, max_length=60, description="正面清单。")
    negative: tuple[CriterionBody, ...] = Field(min_length=1, max_length=60, description="负面清单。")
    approvals: tuple[ApprovalKind, ...] = Field(
        default=(), max_length=4, description="审定程序，按先后；空为不设。", examples=[["departments", "legality"]]
    )
    decision: str = Field(
        pattern=LINE, max_length=200, description="依据。", examples=["市人大常委会主任会议第 40 次会议通过"]
    )


class CriterionShown(Shown):
    """A line of a list."""

    code: str = Field(description="编号。", examples=["负1"])
    name: str = Field(description="名称。", examples=["以社会资本投入为主"])
    words: str = Field(description="说明。", examples=["主要靠社会资本投资的项目。"])


class RulesShown(Shown):
    """The rules in force."""

    version: int = Field(description="第几版；0 为通用清单，大会还没有启用自己的。", examples=[1])
    decision: str = Field(description="依据；通用清单为空。", examples=["市人大常委会主任会议第 40 次会议通过"])
    positive: list[CriterionShown] = Field(description="正面清单。")
    negative: list[CriterionShown] = Field(description="负面清单。")
    approvals: list[ApprovalKind] = Field(description="审定程序，按先后。", examples=[["departments", "legality"]])


class FindingsBody(Asked):
    """What was found."""

    hits: tuple[Code, ...] = Field(
        default=(), max_length=60, description="命中的负面清单条目的编号。", examples=[["负3"]]
    )
    unmet: tuple[Code, ...] = Field(
        default=(), max_length=60, description="不符合的正面清单条目的编号。", examples=[["正4"]]
    )
    note: str = Field(default="", pattern=LINES, max_length=1000, description="说明。", examples=["资金没有落实"])


@router.get(RULES, summary="初筛清单和审定程序")
def rules(here: CandidateReader) -> RulesShown:
    """By what the congress screens."""
    here.shows(rules_stream(here.congress.id))
    adopted = commands.rules_of(here.house.office, here.congress.id)
    known = adopted.rules if adopted else READY_MADE
    return RulesShown(
        version=adopted.version if adopted else 0,
        decision=adopted.decision if adopted else "",
        positive=[_line(line) for line in known.positive],
        negative=[_line(line) for line in known.negative],
        approvals=list(known.approvals),
    )


@router.put(
    RULES,
    summary="启用新的初筛清单",
    description="整份替换，成为新的一版；启用以后，没有初筛、没有审定完的项目不能列入名单。",
)
def adopt(here: RuleKeeper, body: RulesBody) -> RulesShown:
    """The next version."""
    made = ScreeningRules(
        positive=tuple(Criterion(code=line.code, name=line.name, words=line.words) for line in body.positive),
        negative=tuple(Criterion(code=line.code, name=line.name, words=line.words) for line in body.negative),
        approvals=body.approvals,
    )
    by = here.by(rules_stream(here.congress.id))
    here.done(commands.adopt_screening_rules(here.house.office, by, here.congress.id, made, body.decision))
    return rules(here)


@router.post("/congresses/{slug}/proposals/{proposal}/screen", summary="初筛一件建议")
def screen_proposal(here: Screener, proposal: TheProposal, body: FindingsBody) -> ScreeningShown | None:
    """A proposal is held against both lists."""
    known_proposal(here.house, here.place, proposal)
    here.done(commands.screen_proposal(here.house.office, here.by(proposal), proposal, _found(body)))
    return screening_shown(known_proposal(here.house, here.place, proposal).screening)


@router.post(f"{ONE}/screen", summary="初筛一个候选项目")
def screen_candidate(here: Screener, project: TheProject, body: FindingsBody) -> CandidateShown:
    """A candidate is held against both lists."""
    known_project(here.house, here.place, project)
    here.done(commands.screen_candidate(here.house.office, here.by(project), project, _found(body)))
    return one(here, project)


def _found(body: FindingsBody) -> Findings:
    return Findings(hits=body.hits, unmet=body.unmet, note=body.note)


def _line(line: Criterion) -> CriterionShown:
    return CriterionShown(code=line.code, name=line.name, words=line.words)
