"""Duties in the office: the list with filters, one duty with everything that may be done, the list as a workbook."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.office import By
from application.supervision import duties as commands
from application.supervision.duties import DutyAnswer, DutyPutRight
from domain.shared import Refused
from domain.supervision.duty import DutyOutcome, EscalationStep
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties import rules, views, workbook
from interfaces.web.duties.desk import (
    Answering,
    Keeper,
    address,
    area_of,
    duties_for,
    duty_context,
    known_duty,
    project_choices,
    project_names,
    sees_all,
    unit_choices,
)
from interfaces.web.duties.files import answer_file, keeping_all, sent_all
from interfaces.web.duties.words import SOURCES
from interfaces.web.roll.views import as_workbook
from projections import duties

router = APIRouter()
router.routes.extend(rules.router.routes)

STAFF, UNIT = "/staff/{slug}/duties/{duty}", "/unit/{slug}/duties/{duty}"
_PAGE = "duties/one.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What the list and its workbook are asked for; empty: all."""

    year: int = 0
    unit: str = ""
    source: str = ""
    state: str = ""
    project: str = ""
    q: str = ""


def narrowed(
    year: int = 0, unit: str = "", source: str = "", state: str = "", project: str = "", q: str = ""
) -> Narrowed:
    """As it stands in the address."""
    return Narrowed(year=year, unit=unit, source=source, state=state, project=project, q=q)


Asked = Annotated[Narrowed, Depends(narrowed)]


@router.get("/staff/{slug}/duties")
def board(request: Request, house: TheHouse, here: OfficeReader, asked: Asked) -> Response:
    """All duties of a year, what is overdue first."""
    with house.reading.connect() as conn:
        years = duties.years(conn, here.congress.id)
        units = unit_choices(conn, here.congress.id)
        projects = project_choices(conn, here.congress.id)
    chosen = _year(asked, years, house.office.today())
    found = _found(house, here, chosen, asked)
    rows = views.narrowed(found, state=asked.state, words=asked.q)
    narrowing = {name: value for name, value in asdict(asked).items() if name != "year"}
    with house.reading.connect() as conn:
        open_before = duties.open_by_year(conn, here.congress.id)
    return page(
        request,
        "duties/board.html",
        form=blank(request, **narrowing),
        year=chosen,
        years=years,
        totals=views.totals(found),
        open_before=[(one, number) for one, number in open_before if chosen and one != chosen],
        duties=rows,
        units=units,
        projects=projects,
        sources=list(SOURCES.items()),
        states=[
            ("overdue", _("逾期")),
            ("waiting", _("待答复")),
            ("answered", _("待审核")),
            ("promised", _("限期完成")),
            ("approved", _("已认可")),
            ("withdrawn", _("已撤销")),
        ],
        is_filtered=any(narrowing.values()),
        root=f"/staff/{here.congress.slug}/duties",
        query=f"?{request.url.query}" if request.url.query else "",
    )


@router.get("/staff/{slug}/duties/duties.xlsx")
def saved(house: TheHouse, here: OfficeReader, asked: Asked) -> Response:
    """The rows that are shown, as a workbook."""
    with house.reading.connect() as conn:
        years = duties.years(conn, here.congress.id)
    chosen = _year(asked, years, house.office.today())
    with speaking(CHINESE):
        found = _found(house, here, chosen, asked)
        rows = views.narrowed(found, state=asked.state, words=asked.q)
        content = workbook.as_sheet(here.congress.name, chosen, rows)
    return as_workbook(content, f"{here.congress.short_name}交办事项清单-{chosen or '全部'}.xlsx")


@router.get("/unit/{slug}/duties")
def own(request: Request, house: TheHouse, here: Answering) -> Response:
    """What the unit is to answer, the most urgent first; the government office sees all."""
    with house.reading.connect() as conn:
        names = project_names(conn, here.congress.id)
        shown = views.shown_all(duties_for(conn, here), names, house.office.today())
    waiting = [one for one in shown if one.waits or one.overdue]
    return page(
        request,
        "duties/unit.html",
        waiting=sorted(waiting, key=lambda one: (one.row.awaited_on, one.row.number)),
        others=[one for one in shown if not (one.waits or one.overdue)],
        sees_all=sees_all(here),
        root=f"/unit/{here.congress.slug}/duties",
    )


@router.get(STAFF)
def one(request: Request, house: TheHouse, here: OfficeReader, duty: UUID) -> Response:
    """A duty with everything that may be done with it."""
    return _shown(request, house, here, duty)


@router.get(UNIT)
def one_of_own(request: Request, house: TheHouse, here: Answering, duty: UUID) -> Response:
    """A duty of the unit, with the form for the answer."""
    return _shown(request, house, here, duty)


@router.get(f"{STAFF}/files/{{file}}")
def office_file(house: TheHouse, here: OfficeReader, duty: UUID, file: UUID) -> Response:
    """A file of an answer."""
    return answer_file(house, known_duty(house, here, duty), file)


@router.get(f"{UNIT}/files/{{file}}")
def own_file(house: TheHouse, here: Answering, duty: UUID, file: UUID) -> Response:
    """A file of an answer, for the unit."""
    return answer_file(house, known_duty(house, here, duty), file)


@router.post(f"{STAFF}/answer")
@router.post(f"{UNIT}/answer")
def answer(request: Request, house: TheHouse, here: Answering, duty: UUID, typed: Form) -> Response:
    """Answers it, with files."""
    row = known_duty(house, here, duty)

    def act(by: By) -> int:
        words, outcome = typed.required("answer"), typed.choice("outcome", DutyOutcome)
        promised = typed.date("promised_on") if typed.text("promised_on") else None
        typed.settle()
        with keeping_all(house, by, row.congress, sent_all(typed), f"duty/{duty}") as files:
            said = DutyAnswer(words=words, outcome=outcome, promised_on=promised, files=files)
            return commands.answer_duty(house.office, by, duty, said)

    return _acted(request, house, here, duty, typed, act, _("答复已提交，等待审核。"))


@router.post(f"{STAFF}/change")
def change(request: Request, house: TheHouse, here: Keeper, duty: UUID, typed: Form) -> Response:
    """Puts right the words, the unit or the day."""

    def act(by: By) -> int:
        right = DutyPutRight(
            unit=typed.id("unit"),
            words=typed.required("words"),
            due_on=typed.date("due_on"),
            project=typed.id("project") if typed.text("project") else None,
            reason=typed.required("change_reason"),
        )
        typed.settle()
        return commands.change_duty(house.office, by, duty, right)

    return _acted(request, house, here, duty, typed, act, _("已更正。"))


@router.post(f"{STAFF}/send-back")
def send_back(request: Request, house: TheHouse, here: Keeper, duty: UUID, typed: Form) -> Response:
    """Asks for a better answer."""

    def act(by: By) -> int:
        days = typed.integer("working_days")
        typed.settle()
        return commands.send_back_duty(house.office, by, duty, typed.text("reason"), days)

    return _acted(request, house, here, duty, typed, act, _("已退回重办。"))


@router.post(f"{STAFF}/approve")
def approve(request: Request, house: TheHouse, here: Keeper, duty: UUID, typed: Form) -> Response:
    """Takes the answer as good."""
    remark = typed.text("remark")
    return _acted(
        request,
        house,
        here,
        duty,
        typed,
        lambda by: commands.approve_duty(house.office, by, duty, remark),
        _("已认可。"),
    )


@router.post(f"{STAFF}/escalate")
def escalate(request: Request, house: TheHouse, here: Keeper, duty: UUID, typed: Form) -> Response:
    """Asks harder, one step after the other."""

    def act(by: By) -> int:
        step = typed.choice("step", EscalationStep)
        typed.settle()
        return commands.escalate_duty(house.office, by, duty, step, to=typed.text("to"), words=typed.text("urging"))

    return _acted(request, house, here, duty, typed, act, _("已登记。"))


@router.post(f"{STAFF}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Keeper, duty: UUID, typed: Form) -> Response:
    """Does not pursue it any more."""

    def act(by: By) -> int:
        reason = typed.required("withdrawn_because")
        typed.settle()
        return commands.withdraw_duty(house.office, by, duty, reason)

    return _acted(request, house, here, duty, typed, act, _("已撤销。"))


def _found(house: House, here: Place, year: int, asked: Narrowed) -> list[views.ShownDuty]:
    with house.reading.connect() as conn:
        rows = duties.duties_of(
            conn,
            here.congress.id,
            year=year or None,
            unit=_id(asked.unit),
            source=asked.source if asked.source in SOURCES else "",
            project=_id(asked.project),
        )
        names = project_names(conn, here.congress.id)
    return views.shown_all(rows, names, house.office.today())


def _year(asked: Narrowed, years: list[int], today: date) -> int:
    """The year that is shown; of one project all years."""
    if asked.year or asked.project:
        return asked.year
    return years[0] if years else today.year


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(request: Request, house: House, here: Place, duty: UUID) -> Response:
    context = duty_context(request, house, here, duty)
    row = context["row"]
    form = blank(
        request,
        answer=row.answer if row.answered_on and not row.is_promised else "",
        outcome=row.outcome if not row.is_promised else DutyOutcome.DONE.value,
        promised_on=row.promised_on.isoformat() if row.promised_on else "",
        words=row.words,
        unit=str(row.unit),
        project=str(row.project or ""),
        due_on=row.due_on.isoformat(),
        working_days=10,
    )
    return page(request, _PAGE, form=form, **context)


def _acted(
    request: Request, house: House, here: Place, duty: UUID, typed: Typed, act: Callable[[By], int], say: str
) -> Response:
    known_duty(house, here, duty)
    try:
        position = act(here.by(typed))
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **duty_context(request, house, here, duty))
    return done(request, position, address(area_of(request), here.congress.slug, duty), say)
