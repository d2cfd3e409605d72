"""What follows a vote: second ballots, repetitions, decisions on open places; and evaluations of what was adopted."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import Field

from application.polls import evaluations, second_ballots
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.grading import graded
from domain.polls.poll import PollStage, Sealing
from domain.polls.reckoning import half_up
from domain.shared import NotFound
from interfaces.api._base.callers import At, Here, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.tables import WORKBOOK, file_of
from interfaces.api.polls.models import ID, PollShown, ThePoll, TheSession
from interfaces.api.polls.seen import desk_of, poll_shown
from interfaces.web.polls import reports
from interfaces.web.polls.declaring import require_whole_number
from interfaces.web.polls.reporting import count_of
from interfaces.web.polls.sets import session_here

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

ONE = "/congresses/{slug}/polls/{poll}"

Preparer = Annotated[At, Depends(needing(Act.PREPARE_POLL))]
Decider = Annotated[At, Depends(needing(Act.DECIDE_PLACES))]


class Again(Asked):
    """A poll that follows another one, with its scrutineers."""

    title: str = Field(
        pattern=LINE, max_length=100, description="名称。", examples=["2026年民生实事项目票决（第二轮）"]
    )
    card_set: Id | None = Field(default=None, description="一套备用的票卡；只用纸质票的为 null。", examples=[ID])
    sealing: Sealing = Field(default=Sealing.SEALED, description="是否密封。", examples=["sealed"])
    paper_colour: str = Field(
        default="", pattern=MAYBE_LINE, max_length=20, description="纸质票的颜色。", examples=[""]
    )


class SecondBallot(Again):
    """On the places a declared poll left open."""

    waiver: str = Field(
        default="", pattern=MAYBE_LINE, max_length=300, description="没有差额时主席团的决定。", examples=[""]
    )


class Places(Asked):
    """What the presidium or the standing committee decided."""

    number: str = Field(pattern=LINE, max_length=100, description="决定的文号。", examples=["青人主〔2026〕3号"])
    on: Day = Field(description="决定的日期。", examples=["2026-01-24"])
    adopted: tuple[Id, ...] = Field(
        default=(), max_length=200, description="列入的项目；没有的，名额空缺。", examples=[[ID]]
    )


class NewEvaluation(Asked):
    """An evaluation of a year's adopted projects."""

    year: Whole = Field(ge=2000, le=2100, description="测评哪一年的项目。", examples=[2026])
    profile: Id = Field(description="已通过的测评办法。", examples=[ID])
    title: str = Field(pattern=LINE, max_length=100, description="名称。", examples=["2026年民生实事项目满意度测评"])
    electorate: tuple[Id, ...] = Field(
        default=(), max_length=3000, description="参加测评的代表；没有的为全体代表。", examples=[[ID]]
    )
    card_set: Id | None = Field(default=None, description="一套还没有用过的票卡；没有的为 null。", examples=[ID])
    sealing: Sealing = Field(default=Sealing.SEALED, description="是否密封。", examples=["sealed"])
    keypad: bool = Field(default=False, description="是否用会场的表决器。", examples=[False])
    paper_colour: str = Field(
        default="", pattern=MAYBE_LINE, max_length=20, description="纸质票的颜色。", examples=[""]
    )


class PlacesShown(Shown):
    """A decision on open places."""

    by: str = Field(description="`presidium` 主席团，`standing_committee` 常委会。", examples=["presidium"])
    number: str = Field(description="文号。", examples=["青人主〔2026〕3号"])
    on: date = Field(description="日期。", examples=["2026-01-24"])
    adopted: list[UUID] = Field(description="列入的项目。", examples=[[ID]])


class AfterwardsShown(Shown):
    """What follows from a poll."""

    parent: UUID | None = Field(description="接着哪次表决；首轮为 null。", examples=[None])
    again: str = Field(description="为什么：`tie` `shortfall` `repeat`；首轮为空。", examples=[""])
    again_in: UUID | None = Field(description="空缺的名额在哪次表决中产生。", examples=[ID])
    places: PlacesShown | None = Field(description="主席团或常委会的决定。")


class GradeShown(Shown):
    """One evaluated project."""

    id: str = Field(description="票面上的序号。", examples=["1"])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    counts: dict[str, int] = Field(description="各选项的票数。", examples=[{"satisfied": 175}])
    void: int = Field(description="无效。", examples=[0])
    valid_marks: int = Field(description="有效票。", examples=[222])
    satisfaction: str | None = Field(description="满意率，百分数，两位小数；没有有效票为 null。", examples=["78.83"])
    overall: str | None = Field(description="总体满意率，百分数，两位小数。", examples=["98.20"])
    score: Decimal | None = Field(description="得分。", examples=["90.45"])
    rank: int | None = Field(description="名次，得分相同的相同。", examples=[1])
    grade: str | None = Field(description="等次。", examples=["满意"])
    band: str = Field(description="按得分的分档；不足最低一档的为空。", examples=["优秀"])


class GradesShown(Shown):
    """An evaluation's result, for those who may see it."""

    declared: bool = Field(description="是否已宣布。", examples=[True])
    items: list[GradeShown] = Field(description="各项目，按票面的次序。")


@router.post(f"{ONE}/second-ballot", status_code=201, summary="准备再次票决", description="监票人沿用上一次的。")
def second_ballot(request: Request, here: Preparer, poll: ThePoll, body: SecondBallot) -> PollShown:
    """On the items and places the declared poll left open."""
    desk_of(here, poll)
    by = here.by(poll)
    new = here.house.office.new_id(by, "poll")
    position = second_ballots.prepare_second_ballot(
        here.house.office, here.house.box, by, new, parent=poll, **_asked(body), waiver=body.waiver
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/polls/{new}")
    return poll_shown(request, here, new)


@router.post(f"{ONE}/repeat", status_code=201, summary="准备重新表决", description="原样重来一次，监票人沿用上一次的。")
def repeat(request: Request, here: Preparer, poll: ThePoll, body: Again) -> PollShown:
    """A poll that ended without a result once more."""
    desk_of(here, poll)
    by = here.by(poll)
    new = here.house.office.new_id(by, "poll")
    position = second_ballots.repeat_poll(here.house.office, here.house.box, by, new, parent=poll, **_asked(body))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/polls/{new}")
    return poll_shown(request, here, new)


@router.post(f"{ONE}/places", summary="登记空缺名额的决定", description="由哪个机关决定，按通过的办法。")
def decide_places(request: Request, here: Decider, poll: ThePoll, body: Places) -> PollShown:
    """What a body decided on the open places."""
    desk_of(here, poll)
    require_whole_number(body.number, "number")
    position = second_ballots.decide_places(
        here.house.office, here.by(poll), poll, number=body.number, on=body.on, adopted=tuple(body.adopted)
    )
    here.done(position)
    return poll_shown(request, here, poll)


@router.get(f"{ONE}/afterwards", summary="一次表决的前后", description="接着哪一次，空缺的名额怎样产生。")
def afterwards(here: Here, poll: ThePoll) -> AfterwardsShown:
    """Its parent, its second ballot, the decision on its places."""
    here.shows(poll)
    state = desk_of(here, poll).state
    prepared, places = state.prepared, state.places
    shown = None
    if places is not None:
        shown = PlacesShown(by=places.by.value, number=places.number, on=places.on, adopted=list(places.adopted))
    return AfterwardsShown(
        parent=prepared.parent,
        again=prepared.again.value if prepared.again else "",
        again_in=state.again_in,
        places=shown,
    )


@router.post(
    "/congresses/{slug}/sessions/{session}/evaluations",
    status_code=201,
    summary="准备测评",
    description="测评项目取自已公告的年度票决清单。",
)
def prepare_evaluation(request: Request, here: Preparer, session: TheSession, body: NewEvaluation) -> PollShown:
    """An evaluation of all projects on the year's list."""
    session_here(here.house, here.place, session)
    by = here.by()
    poll = here.house.office.new_id(by, "poll")
    position = evaluations.prepare_evaluation(
        here.house.office,
        here.house.box,
        by,
        poll,
        session=session,
        year=body.year,
        profile=body.profile,
        title=body.title,
        electorate=body.electorate,
        card_set=body.card_set,
        sealing=body.sealing,
        keypad=body.keypad,
        paper_colour=body.paper_colour,
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/polls/{poll}")
    return poll_shown(request, here, poll)


@router.get(f"{ONE}/grades", summary="测评结果", description="宣布以前只有计票、签名和宣布结果的人能看。")
def grades(here: Here, poll: ThePoll) -> GradesShown:
    """Grades, rates, scores and ranks of an evaluation."""
    here.shows(poll)
    desk = desk_of(here, poll)
    desk.require_count()
    found = graded(desk.state.prepared.profile, count_of(desk))
    if not found:
        raise NotFound(kind="count", id=str(poll))
    return GradesShown(
        declared=desk.stage is PollStage.DECLARED,
        items=[
            GradeShown(
                id=one.id,
                name=one.name,
                counts=dict(one.counts),
                void=one.void + one.blank,
                valid_marks=one.valid_marks,
                satisfaction=None if one.satisfaction is None else half_up(one.satisfaction * 100, 2),
                overall=None if one.overall is None else half_up(one.overall * 100, 2),
                score=one.score,
                rank=one.rank,
                grade=one.grade_name,
                band=one.band,
            )
            for one in found
        ],
    )


@router.get(f"{ONE}/grades.xlsx", summary="测评结果（Excel）", **file_of(WORKBOOK))
def grades_workbook(here: Here, poll: ThePoll) -> Response:
    """The same as a workbook."""
    desk_of(here, poll)
    return reports.graded(here.house, here.place, poll)


def _asked(body: Again) -> dict[str, Any]:
    names = ("title", "card_set", "sealing", "paper_colour")
    return {name: getattr(body, name) for name in names}
