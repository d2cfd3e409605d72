"""The four asks 四问: issued, answered, sent back, approved."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query

from application import asks as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.asks.answers import Answer
from domain.asks.ask import AskKind, ask_id
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.asks.models import (
    ID,
    AskShown,
    PlanAnswerBody,
    PlanWanted,
    ProgressAnswerBody,
    Reason,
    ResultAnswerBody,
    SummaryAnswerBody,
    shown,
)
from interfaces.web.asks.desk import is_addressed, known_row
from projections import asks_board
from projections.asks_board import AskRow

router = operations("asks", read=Scope.ASKS_READ, write=Scope.ASKS_WRITE)

PATH = "/congresses/{slug}/asks"
ONE = f"{PATH}/{{ask}}"

TheAsk = Annotated[UUID, Path(description="问的标识。", examples=[ID])]
Answering = Annotated[At, Depends(needing(Act.ANSWER_ASK))]
Approver = Annotated[At, Depends(needing(Act.APPROVE_ASK))]
Issuer = Annotated[At, Depends(needing(Act.ISSUE_ASK))]


@router.get(PATH, summary="一年的四问")
def asks(
    here: OfficeReader,
    paging: Paged,
    year: Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])],
) -> Page[AskShown]:
    """All asks of a year."""
    with here.house.reading.connect() as connection:
        rows = asks_board.asks_of(connection, here.congress.id, year)
    return paging.part(here.told, rows, lambda row: row.ask, lambda row: _shown(here, row))


@router.get(
    "/congresses/{slug}/own-asks", summary="问本单位的", description="令牌的账号所代表的单位要答复的，按年度和期限。"
)
def own(here: Answering, paging: Paged) -> Page[AskShown]:
    """What the unit of the account is asked; the government office answers for all."""
    with here.house.reading.connect() as connection:
        rows = [
            row
            for year in asks_board.years(connection, here.congress.id)
            for row in asks_board.asks_of(connection, here.congress.id, year)
            if is_addressed(here.place, row)
        ]
    return paging.part(here.told, rows, lambda row: row.ask, lambda row: _shown(here, row))


@router.post(f"{PATH}/plan", status_code=201, summary="发出年底问计划")
def ask_for_plan(here: Issuer, body: PlanWanted) -> AskShown:
    """Ask 1 for a year."""
    ask = ask_id(here.congress.id, body.year, AskKind.PLAN)
    position = commands.ask_for_plan(here.house.office, here.by(), here.congress.id, body.year, body.due_on)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/asks/{ask}")
    return one(here, ask)


@router.get(ONE, summary="一问")
def one(here: Here, ask: TheAsk) -> AskShown:
    """One ask with its answer, for the office and for whom it is addressed to."""
    here.shows(ask)
    return _shown(here, known_row(here.house, here.place, ask))


@router.post(f"{ONE}/answer-plan", summary="答复问计划")
def answer_plan(here: Answering, ask: TheAsk, body: PlanAnswerBody) -> AskShown:
    """Ask 1 is answered, or its answer replaced."""
    known_row(here.house, here.place, ask)
    return _answered(here, ask, body.value())


@router.post(f"{ONE}/answer-result", summary="答复问结果", description="人数和票数取自已宣布的表决，不必填写。")
def answer_result(here: Answering, ask: TheAsk, body: ResultAnswerBody) -> AskShown:
    """Ask 2 is answered from the declared poll."""
    known_row(here.house, here.place, ask)
    by = here.by(ask)
    here.done(commands.answer_result(here.house.office, by, ask, duty_list_on=body.duty_list_on, remarks=body.remarks))
    return one(here, ask)


@router.post(f"{ONE}/answer-progress", summary="答复问进展")
def answer_progress(here: Answering, ask: TheAsk, body: ProgressAnswerBody) -> AskShown:
    """Ask 3 is answered, or its answer replaced."""
    known_row(here.house, here.place, ask)
    return _answered(here, ask, body.value())


@router.post(f"{ONE}/answer-summary", summary="答复问总结")
def answer_summary(here: Answering, ask: TheAsk, body: SummaryAnswerBody) -> AskShown:
    """Ask 4 is answered, or its answer replaced."""
    known_row(here.house, here.place, ask)
    return _answered(here, ask, body.value())


@router.post(f"{ONE}/send-back", summary="退回答复")
def send_back(here: Approver, ask: TheAsk, body: Reason) -> AskShown:
    """The answer is to be reworked."""
    known_row(here.house, here.place, ask)
    here.done(commands.send_back_ask(here.house.office, here.by(ask), ask, body.reason))
    return one(here, ask)


@router.post(f"{ONE}/approve", summary="认可答复", description="认可后，答复在项目的公开页上。")
def approve(here: Approver, ask: TheAsk) -> AskShown:
    """Residents see the answer from now on."""
    known_row(here.house, here.place, ask)
    here.done(commands.approve_ask(here.house.office, here.by(ask), ask))
    return one(here, ask)


def _answered(here: At, ask: UUID, given: Answer) -> AskShown:
    here.done(commands.answer_ask(here.house.office, here.by(ask), ask, given))
    return one(here, ask)


def _shown(here: At, row: AskRow) -> AskShown:
    return shown(row, here.house.office.today())
