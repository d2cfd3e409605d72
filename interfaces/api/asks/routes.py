"""The four asks 四问: issued, answered, sent back, approved."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from application import asks as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.asks.answers import Answer
from domain.asks.ask import AskKind, ask_id
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.files import PhotoSent, SentPhoto, keep_photo, sent_photos
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.api.asks import matrix, rules
from interfaces.api.asks.models import (
    ID,
    Approval,
    AskShown,
    BelowWanted,
    Escalation,
    PlanAnswerBody,
    PlanWanted,
    ProgressAnswerBody,
    Reason,
    ResultAnswerBody,
    SentBack,
    StepShown,
    SummaryAnswerBody,
    Urging,
    shown,
)
from interfaces.web.asks.desk import known_row
from interfaces.web.asks.one import photos_of
from interfaces.web.asks.routes import own_asks
from interfaces.web.progress.photos import photo_response
from projections import asks_board
from projections.asks_board import AskRow

router = operations("asks", read=Scope.ASKS_READ, write=Scope.ASKS_WRITE)
router.routes.extend([*rules.router.routes, *matrix.router.routes])

PATH = "/congresses/{slug}/asks"
PLAIN = Approval()
"""An approval without a word, and with what goes along by itself."""
ONE = f"{PATH}/{{ask}}"

TheFile = Annotated[UUID, Path(description="照片的标识。", examples=[ID])]
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
    rows = own_asks(here.house, here.place)
    return paging.part(here.told, rows, lambda row: row.ask, lambda row: _shown(here, row))


@router.get("/congresses/{slug}/asks-below", summary="向下级提问的", description="一年内向下级各大会发出的四问。")
def below(
    here: OfficeReader,
    paging: Paged,
    year: Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])],
) -> Page[AskShown]:
    """What this congress asks of those below it."""
    with here.house.reading.connect() as connection:
        rows = asks_board.asks_put_below(connection, here.congress.id, year)
    return paging.part(here.told, rows, lambda row: row.ask, lambda row: _shown(here, row))


@router.post("/congresses/{slug}/asks-below", summary="向下级提问", description="一次发给几个下级；已经发过的跳过。")
def ask_below(here: Issuer, body: BelowWanted) -> AskShown:
    """One of the four to several congresses; answers with the first of them."""
    by = here.by()
    wanted = (body.kind, body.year, body.below, body.due_on)
    here.done(commands.ask_below(here.house.office, by, here.congress.id, *wanted))
    return one(here, ask_id(body.below[0], body.year, body.kind, asked_by=here.congress.id))


@router.post(f"{PATH}/plan", status_code=201, summary="发出年底问计划")
def ask_for_plan(here: Issuer, body: PlanWanted) -> AskShown:
    """Ask 1 for a year."""
    to = commands.rules_for(here.house.office, here.congress.id).rules.of(AskKind.PLAN).to[0]
    ask = ask_id(here.congress.id, body.year, AskKind.PLAN, to=to)
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
    here.done(
        commands.answer_result(
            here.house.office, by, ask, duty_list_on=body.duty_list_on, remarks=body.remarks, replies=body.told()
        )
    )
    return one(here, ask)


@router.post(
    "/congresses/{slug}/ask-photos",
    status_code=201,
    summary="先上传答复的照片",
    description="照片重新绘制，拍摄地点、手机型号等信息去掉，留存一小时；答复问进展时写明标识。",
)
def keep(here: Answering, photo_file: SentPhoto) -> PhotoSent:
    """Drawn anew without what the camera wrote into it."""
    return keep_photo(here, photo_file)


@router.post(f"{ONE}/answer-progress", summary="答复问进展")
def answer_progress(here: Answering, ask: TheAsk, body: ProgressAnswerBody) -> AskShown:
    """Ask 3 is answered, or its answer replaced; photos of the answer before stay unless others are named."""
    known_row(here.house, here.place, ask)
    before = photos_of(here.house, ask)
    kept = before if body.keep is None else tuple(one for one in before if one.file in body.keep)
    return _answered(here, ask, body.value((*kept, *sent_photos(here, body.photos))))


@router.get(f"{ONE}/photos/{{file}}", summary="答复的照片", **file_of("image/jpeg"))
def photo(here: Here, ask: TheAsk, file: TheFile) -> Response:
    """A photo of the answer as it stands."""
    known_row(here.house, here.place, ask)
    return photo_response(here.house, photos_of(here.house, ask), file)


@router.post(f"{ONE}/answer-summary", summary="答复问总结")
def answer_summary(here: Answering, ask: TheAsk, body: SummaryAnswerBody) -> AskShown:
    """Ask 4 is answered, or its answer replaced."""
    known_row(here.house, here.place, ask)
    return _answered(here, ask, body.value())


@router.post(f"{ONE}/send-back", summary="退回答复")
def send_back(here: Approver, ask: TheAsk, body: SentBack) -> AskShown:
    """The answer is to be reworked."""
    known_row(here.house, here.place, ask)
    here.done(commands.send_back_ask(here.house.office, here.by(ask), ask, body.reason, body.due_on))
    return one(here, ask)


@router.post(
    f"{ONE}/approve",
    summary="认可答复",
    description="认可后，关于项目的答复在项目的公开页上；问总结的事项转入下一年的建议，只转一次。",
)
def approve(here: Approver, ask: TheAsk, body: Approval = PLAIN) -> AskShown:
    """Residents see the answer from now on; next year's file holds what it taught."""
    known_row(here.house, here.place, ask)
    matters = None if body.matters is None else [matter.value() for matter in body.matters]
    here.done(commands.approve_ask(here.house.office, here.by(ask), ask, body.remark, matters))
    return one(here, ask)


@router.post(f"{ONE}/urge", summary="催办")
def urge(here: Issuer, ask: TheAsk, body: Urging) -> AskShown:
    """The addressee is reminded."""
    known_row(here.house, here.place, ask)
    here.done(commands.urge_ask(here.house.office, here.by(ask), ask, body.words))
    return one(here, ask)


@router.post(f"{ONE}/escalate", summary="提级督办", description="逾期后每天自动按规则提级；也可以提前。")
def escalate(here: Issuer, ask: TheAsk, body: Escalation) -> AskShown:
    """An overdue ask goes a step up."""
    known_row(here.house, here.place, ask)
    here.done(commands.escalate_ask(here.house.office, here.by(ask), ask, body.to))
    return one(here, ask)


@router.post(f"{ONE}/withdraw", summary="撤回一问")
def withdraw(here: Issuer, ask: TheAsk, body: Reason) -> AskShown:
    """No answer is needed any more."""
    known_row(here.house, here.place, ask)
    here.done(commands.withdraw_ask(here.house.office, here.by(ask), ask, body.reason))
    return one(here, ask)


@router.get(f"{ONE}/steps", summary="一问的办理过程")
def steps(here: Here, paging: Paged, ask: TheAsk) -> Page[StepShown]:
    """What happened to it, in order."""
    known_row(here.house, here.place, ask)
    with here.house.reading.connect() as connection:
        found = list(enumerate(asks_board.steps_of(connection, [ask])[ask]))
    return paging.part(here.told, found, lambda one: one[0], lambda one: StepShown(**one[1]._asdict()))


def _answered(here: At, ask: UUID, given: Answer) -> AskShown:
    here.done(commands.answer_ask(here.house.office, here.by(ask), ask, given))
    return one(here, ask)


def _shown(here: At, row: AskRow) -> AskShown:
    return shown(row, here.house.office.today())
