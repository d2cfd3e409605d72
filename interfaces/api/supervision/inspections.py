"""Inspections: planned, told, replied to, cancelled, concluded."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from application.supervision import inspections as commands
from application.supervision.inspections import Conclusion, Found
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from domain.supervision.inspection import Inspection, InspectionStage
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.supervision.models import (
    ConclusionBody,
    CorrectionBody,
    FindingBody,
    InspectionShown,
    PlanBody,
    ReasonBody,
    ReplyBody,
    TheInspection,
)
from interfaces.api.supervision.showing import inspection_shown
from interfaces.web.inspections.planning import known_draw
from projections import inspections

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

PATH = "/congresses/{slug}/inspections"
ONE = f"{PATH}/{{inspection}}"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
Supervisor = Annotated[At, Depends(needing(Act.SUPERVISE))]
Year = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年；不填为全部。", examples=[2026])]


@router.get(PATH, summary="视察调研")
def all_inspections(here: OfficeReader, paging: Paged, year: Year = None) -> Page[InspectionShown]:
    """Newest day first."""
    with here.house.reading.connect() as conn:
        rows = inspections.inspections_of(conn, here.congress.id, year=year)
    return paging.part(
        here.told,
        rows,
        lambda row: row.inspection,
        lambda row: inspection_shown(row.inspection, _known(here, row.inspection)),
    )


@router.get(ONE, summary="一次视察调研", description="办公室可以读；代表可以读通知了自己的和已形成意见的。")
def inspection_at(here: Here, inspection: TheInspection) -> InspectionShown:
    """One inspection."""
    here.shows(inspection)
    return inspection_shown(inspection, _known(here, inspection))


@router.post(PATH, status_code=201, summary="安排视察调研")
def plan(here: Keeper, body: PlanBody) -> InspectionShown:
    """Plans it; nobody is told yet."""
    by = here.by()
    made = here.house.office.new_id(by, "inspection")
    if body.draw is not None and known_draw(here.house, here.place, str(body.draw)) is None:
        raise NotFound(kind="draw", id=str(body.draw))
    position = commands.plan_inspection(here.house.office, by, here.congress.id, made, body.plan())
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/inspections/{made}")
    return inspection_at(here, made)


@router.put(ONE, summary="更改安排", description="已经通知过的，更改后再通知一次。")
def replan(here: Keeper, inspection: TheInspection, body: PlanBody) -> InspectionShown:
    """Changes the plan."""
    _known(here, inspection)
    here.done(commands.replan_inspection(here.house.office, here.by(inspection), inspection, body.plan()))
    return inspection_at(here, inspection)


@router.post(f"{ONE}/tell", summary="通知代表")
def tell(here: Keeper, inspection: TheInspection) -> InspectionShown:
    """Puts it on their phones."""
    _known(here, inspection)
    here.done(commands.tell_inspection(here.house.office, here.by(inspection), inspection))
    return inspection_at(here, inspection)


@router.post(f"{ONE}/reply", summary="代表回复能否参加")
def reply(here: Supervisor, inspection: TheInspection, body: ReplyBody) -> InspectionShown:
    """In the own name."""
    _known(here, inspection)
    office, by = here.house.office, here.by(inspection)
    here.done(commands.reply_to_inspection(office, by, inspection, coming=body.coming, words=body.words))
    return inspection_at(here, inspection)


@router.post(f"{ONE}/cancel", summary="取消视察调研")
def cancel(here: Keeper, inspection: TheInspection, body: ReasonBody) -> InspectionShown:
    """It does not take place."""
    _known(here, inspection)
    here.done(commands.cancel_inspection(here.house.office, here.by(inspection), inspection, body.reason))
    return inspection_at(here, inspection)


@router.post(f"{ONE}/conclude", summary="形成意见", description="写明单位的问题同时交办，成为交办事项。")
def conclude(here: Keeper, inspection: TheInspection, body: ConclusionBody) -> InspectionShown:
    """What came of it."""
    _known(here, inspection)
    conclusion = _conclusion(body, tuple(_found(one) for one in body.findings))
    here.done(commands.conclude_inspection(here.house.office, here.by(inspection), inspection, conclusion))
    return inspection_at(here, inspection)


@router.put(f"{ONE}/conclusion", summary="更正意见", description="发现的情况不变。")
def correct_conclusion(here: Keeper, inspection: TheInspection, body: CorrectionBody) -> InspectionShown:
    """Puts it right."""
    _known(here, inspection)
    here.done(commands.correct_conclusion(here.house.office, here.by(inspection), inspection, _conclusion(body)))
    return inspection_at(here, inspection)


def _conclusion(body: CorrectionBody, found: tuple[Found, ...] = ()) -> Conclusion:
    return Conclusion(
        held_on=body.held_on,
        attended=body.attended,
        words=body.words,
        public_words=body.public_words,
        found=found,
    )


def _found(body: FindingBody) -> Found:
    return Found(
        words=body.words,
        is_problem=body.is_problem,
        project=body.project,
        note=body.note,
        order=body.order.order(body.project) if body.order else None,
    )


def _known(here: At, inspection: UUID) -> Inspection:
    """Of this congress; a delegate's own or a concluded one. Raises NotFound."""
    state = commands.known_inspection(here.house.office, inspection)
    is_told = state.stage is not InspectionStage.PLANNED and here.place.delegate in state.plan.members
    may_read = here.may(Act.READ_OFFICE) or is_told
    is_open = state.stage is InspectionStage.CONCLUDED and here.may(Act.SUPERVISE)
    if state.congress != here.congress.id or not (may_read or is_open):
        raise NotFound(kind="inspection", id=str(inspection))
    return state
