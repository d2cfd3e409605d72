"""Guidance visits: made by the upper congress, answered by the one below; both read them."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Path, Query, Response
from pydantic import Field

from application.supervision import visits as commands
from application.supervision.visits import Report
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from domain.supervision.duty import WITHIN
from domain.supervision.visit import FindingStage, VisitPlan, VisitStage
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import FileShown, SentDocuments, files_shown, sent_documents
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.deliberation.models import ReasonBody, Words
from interfaces.api.duties.models import PROJECT, ApprovalBody, OrderBody, SendBackBody, Term, TheFile
from interfaces.api.duties.routes import order_of
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.duties.files import keeping_all
from interfaces.web.visits.desk import known_visit
from interfaces.web.visits.papers import DOCX, letter_file
from interfaces.web.visits.routes import visit_paper
from projections import guidance_visits
from projections.guidance_visits import FindingRow, VisitRow

router = operations("visits", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

ID: Final = "d7c6b5a4-9382-5170-8f6e-5d4c3b2a1908"
CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/visits/{{visit}}"
FINDING = f"{ONE}/findings/{{finding}}"

Visitor = Annotated[At, Depends(needing(Act.VISIT_BELOW))]
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
TheVisit = Annotated[UUID, Path(description="督导的标识。", examples=[ID])]
TheFinding = Annotated[UUID, Path(description="督导意见的标识。", examples=[ID])]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年；不填为全部。", examples=[2026])]
MaybeLine = Annotated[str, Field(pattern=MAYBE_LINE, max_length=200)]


class PlanBody(Asked):
    """When and where, what about, who comes."""

    on: Day = Field(description="日期。", examples=["2026-07-10"])
    topic: str = Field(pattern=LINE, max_length=200, description="内容。", examples=["上半年推进情况"])
    place: MaybeLine = Field(default="", description="地点，可以为空。", examples=["北山县"])
    members: MaybeLine = Field(default="", description="督导组，可以为空。", examples=["常委会副主任带队"])
    projects: list[Id] = Field(
        default_factory=list, max_length=50, description="重点看的项目，须是督导对象的。", examples=[[PROJECT]]
    )

    def plan(self) -> VisitPlan:
        """The plan."""
        return VisitPlan(
            on=self.on, place=self.place, topic=self.topic, members=self.members, projects=tuple(self.projects)
        )


class NewVisitBody(PlanBody):
    """The same with whom."""

    visited: Id = Field(description="督导对象：下级大会的标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])


class ReportBody(Asked):
    """How it went."""

    on: Day = Field(description="督导日期，不晚于今天。", examples=["2026-07-10"])
    report: Words = Field(description="督导情况。", examples=["票决程序规范，进度基本达到要求。"])
    documents: SentDocuments = ()


class FindingBody(Asked):
    """What the congress below is to see to."""

    words: Words = Field(description="督导意见，一条只写一个问题。", examples=["补齐进度填报。"])
    working_days: Term = Field(default=WITHIN, description="几个工作日内答复，按下级的工作日历。", examples=[15])
    project: Id | None = Field(default=None, description="涉及的项目；不涉及为 null。", examples=[PROJECT])


class FindingAnswerBody(Asked):
    """What the congress below did."""

    words: Words = Field(description="答复。", examples=["已经补齐。"])
    documents: SentDocuments = ()


class FindingShown(Shown):
    """A finding with its answer."""

    id: UUID = Field(description="标识。", examples=[ID])
    words: str = Field(description="督导意见。", examples=["补齐进度填报。"])
    project: UUID | None = Field(description="涉及的项目。", examples=[None])
    due_on: date = Field(description="答复期限。", examples=["2026-07-24"])
    stage: FindingStage = Field(description="办理到哪一步。", examples=["open"])
    is_overdue: bool = Field(description="是否逾期未答复。", examples=[False])
    answer: str = Field(description="答复；还没有则为空。", examples=[""])
    answered_on: date | None = Field(description="答复日期。", examples=[None])
    documents: list[FileShown] = Field(description="答复的附件。")
    sent_back_because: str = Field(description="最近一次退回的理由。", examples=[""])


class VisitShown(Shown):
    """A guidance visit."""

    id: UUID = Field(description="标识。", examples=[ID])
    visitor: UUID = Field(description="督导单位：上级大会。", examples=[ID])
    visited: UUID = Field(description="督导对象：下级大会。", examples=[ID])
    visited_name: str = Field(description="督导对象名称。", examples=["北山县人民代表大会"])
    stage: VisitStage = Field(description="进行到哪一步。", examples=["planned"])
    on: date = Field(description="日期。", examples=["2026-07-10"])
    topic: str = Field(description="内容。", examples=["上半年推进情况"])
    place: str = Field(description="地点。", examples=["北山县"])
    members: str = Field(description="督导组。", examples=["常委会副主任带队"])
    projects: list[UUID] = Field(description="重点看的项目。", examples=[[PROJECT]])
    report: str = Field(description="督导情况。", examples=[""])
    documents: list[FileShown] = Field(description="督导情况的附件。")
    cancelled_because: str = Field(description="取消理由。", examples=[""])
    findings: list[FindingShown] = Field(description="督导意见和答复。")


@router.get(f"{CONGRESS}/visits", summary="督导", description="本级对下级的，和上级对本级的。")
def listed(here: OfficeReader, paging: Paged, year: OfYear = None) -> Page[VisitShown]:
    """Those made and those received."""
    with here.house.reading.connect() as conn:
        rows = guidance_visits.visits_of(conn, here.congress.id, year=year)
        found = guidance_visits.findings_of(conn, [row.visit for row in rows])
    today = here.house.office.today()
    return paging.part(here.told, rows, lambda row: row.visit, lambda row: _shown(row, found[row.visit], today))


@router.post(f"{CONGRESS}/visits", status_code=201, summary="安排督导")
def plan(here: Visitor, body: NewVisitBody) -> VisitShown:
    """On the plan of both offices."""
    by = here.by()
    made = here.house.office.new_id(by, "visit")
    position = commands.plan_visit(here.house.office, by, here.congress.id, made, body.visited, body.plan())
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/visits/{made}")
    return one(here, made)


@router.get(ONE, summary="一次督导")
def one(here: OfficeReader, visit: TheVisit) -> VisitShown:
    """One visit, with its findings."""
    here.shows(visit)
    row = known_visit(here.house, here.place, visit)
    with here.house.reading.connect() as conn:
        found = guidance_visits.findings_of(conn, [visit])[visit]
    return _shown(row, found, here.house.office.today())


@router.put(ONE, summary="更改督导安排")
def rearrange(here: Visitor, visit: TheVisit, body: PlanBody) -> VisitShown:
    """Another plan."""
    _own(here, visit)
    here.done(commands.rearrange_visit(here.house.office, here.by(visit), visit, body.plan()))
    return one(here, visit)


@router.post(f"{ONE}/cancel", summary="取消督导")
def cancel(here: Visitor, visit: TheVisit, body: ReasonBody) -> VisitShown:
    """Nobody comes."""
    _own(here, visit)
    here.done(commands.cancel_visit(here.house.office, here.by(visit), visit, body.reason))
    return one(here, visit)


@router.post(f"{ONE}/hold", summary="登记督导情况", description="再次登记为更正；不附文件的，已有的附件保留。")
def hold(here: Visitor, visit: TheVisit, body: ReportBody) -> VisitShown:
    """How it went."""
    _own(here, visit)
    by, sent = here.by(visit), sent_documents(here, body.documents)
    with keeping_all(here.house, by, here.congress.id, sent, f"visit/{visit}") as files:
        before = commands.known_visit(here.house.office, visit).files
        report = Report(on=body.on, words=body.report, files=files or before)
        position = commands.hold_visit(here.house.office, by, visit, report)
    here.done(position)
    return one(here, visit)


@router.post(f"{ONE}/findings", status_code=201, summary="提出督导意见")
def note(here: Visitor, visit: TheVisit, body: FindingBody) -> VisitShown:
    """What is to be answered below."""
    _own(here, visit)
    by = here.by(visit)
    made = here.house.office.new_id(by, "finding")
    position = commands.note_finding(
        here.house.office, by, visit, made, body.words, working_days=body.working_days, project=body.project
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/visits/{visit}")
    return one(here, visit)


@router.post(f"{FINDING}/answer", summary="答复督导意见", description="由督导对象的办公室答复。")
def answer(here: Keeper, visit: TheVisit, finding: TheFinding, body: FindingAnswerBody) -> VisitShown:
    """The office below answers."""
    _received(here, visit)
    by, sent = here.by(visit), sent_documents(here, body.documents)
    with keeping_all(here.house, by, here.congress.id, sent, f"finding/{finding}") as files:
        position = commands.answer_finding(here.house.office, by, visit, finding, body.words, files)
    here.done(position)
    return one(here, visit)


@router.post(f"{FINDING}/duty", summary="把督导意见交办给单位", description="由督导对象的办公室交办。")
def raise_duty(here: Keeper, visit: TheVisit, finding: TheFinding, body: OrderBody) -> VisitShown:
    """The office below passes it on."""
    _received(here, visit)
    by = here.by(visit)
    duty = here.house.office.new_id(by, "duty")
    here.done(commands.raise_duty(here.house.office, by, visit, finding, duty, order_of(body)))
    return one(here, visit)


@router.post(f"{FINDING}/send-back", summary="退回对督导意见的答复")
def send_back(here: Visitor, visit: TheVisit, finding: TheFinding, body: SendBackBody) -> VisitShown:
    """For a better answer."""
    _own(here, visit)
    by = here.by(visit)
    here.done(commands.send_back_finding(here.house.office, by, visit, finding, body.reason, body.working_days))
    return one(here, visit)


@router.post(f"{FINDING}/approve", summary="认可对督导意见的答复")
def approve(here: Visitor, visit: TheVisit, finding: TheFinding, body: ApprovalBody) -> VisitShown:
    """Takes the answer as good."""
    _own(here, visit)
    here.done(commands.approve_finding(here.house.office, here.by(visit), visit, finding, body.remark))
    return one(here, visit)


@router.post(f"{FINDING}/withdraw", summary="撤销督导意见")
def withdraw(here: Visitor, visit: TheVisit, finding: TheFinding, body: ReasonBody) -> VisitShown:
    """Noted by mistake."""
    _own(here, visit)
    here.done(commands.withdraw_finding(here.house.office, here.by(visit), visit, finding, body.reason))
    return one(here, visit)


@router.get(f"{ONE}/documents/{{file}}", summary="督导情况或者答复的附件", **file_of(PDF))
def document(here: OfficeReader, visit: TheVisit, file: TheFile) -> Response:
    """Both offices read it."""
    return visit_paper(here.house, here.place, visit, file)


@router.get(f"{ONE}/letter.docx", summary="督导意见书（Word）", **file_of(DOCX))
def letter(here: OfficeReader, visit: TheVisit) -> Response:
    """The letter of findings."""
    with speaking(CHINESE):
        return letter_file(here.house, here.place, visit)


def _shown(row: VisitRow, found: list[FindingRow], today: date) -> VisitShown:
    same = ("visited", "visited_name", "on", "topic", "place", "members", "report", "cancelled_because")
    return VisitShown(
        id=row.visit,
        visitor=row.congress,
        stage=VisitStage(row.stage),
        projects=[UUID(project) for project in row.projects],
        documents=files_shown(row.files),
        findings=[_finding(one, today) for one in found],
        **{name: getattr(row, name) for name in same},
    )


def _finding(row: FindingRow, today: date) -> FindingShown:
    same = ("words", "project", "due_on", "answer", "answered_on", "sent_back_because")
    return FindingShown(
        id=row.finding,
        stage=FindingStage(row.stage),
        is_overdue=row.is_overdue(today),
        documents=files_shown(row.files),
        **{name: getattr(row, name) for name in same},
    )


def _own(here: At, visit: UUID) -> None:
    """A visit this congress makes. Raises NotFound."""
    if known_visit(here.house, here.place, visit).congress != here.congress.id:
        raise NotFound(kind="visit", id=str(visit))


def _received(here: At, visit: UUID) -> None:
    """A visit this congress receives. Raises NotFound."""
    if known_visit(here.house, here.place, visit).visited != here.congress.id:
        raise NotFound(kind="visit", id=str(visit))
