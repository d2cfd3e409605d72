"""A unit's tasks by deadline: asks, plans, progress reports, duties, remarks, adjustments that were sent back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from domain.accounts.permissions import Act, Role
from domain.supervision.duty import DutyStage
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.asks.routes import own_asks
from interfaces.web.asks.views import ShownAsk, shown
from interfaces.web.deliberation.desk import waiting_remarks
from interfaces.web.duties.words import STEPS
from interfaces.web.home.plots import days_words
from interfaces.web.progress.desk import leads, measure_of
from interfaces.web.progress.views import ShownProject, shown_all
from projections import duties, progress_board
from projections.deliberation import RemarkRow
from projections.duties import DutyRow

SOON: Final = timedelta(days=30)
"""How long before its day a progress report is brought up."""
WEEK: Final = timedelta(days=7)
YEARS: Final = 2
"""A project that crosses years is reported on in the later one."""
_UNANSWERED: Final = (DutyStage.OPEN.value, DutyStage.SENT_BACK.value, DutyStage.APPROVED.value)
"""Of the approved ones those that promise a day: the unit tells when it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something the unit has to do. `due_on` is None where no day is set: those stand before what is due later."""

    words: str
    small: str
    due_on: date | None
    url: str
    button: str
    sent_back: str = ""
    """Why it came back."""

    def kind(self, today: date) -> str:
        """How pressing it is."""
        if self.due_on is None:
            return "warn"
        if self.due_on < today:
            return "bad"
        return "warn" if self.due_on <= today + WEEK else "idle"

    def when(self, today: date) -> str:
        """Until when, in words."""
        return _("尽快") if self.due_on is None else days_words(self.due_on, today)


def tasks_of(house: House, here: Place, asks: Iterable[ShownAsk]) -> list[Task]:
    """Everything that waits for the unit, the most pressing first."""
    today, root = house.office.today(), f"/unit/{here.congress.slug}"
    projects = own_projects(house, here)
    with house.reading.connect() as conn:
        found = [
            *(_ask(one, root) for one in asks if one.is_open and one.row.is_waiting),
            *_remarks(waiting_remarks(house, here), root),
            *_duties(conn, here, today, root),
            *_plans(projects, today, root),
            *_reports(projects, today, root),
        ]
    return sorted(found, key=lambda one: (one.due_on or today, one.words))


def own_projects(house: House, here: Place) -> list[ShownProject]:
    """The adopted projects the person reports on, of the years that are not over."""
    measure = measure_of(house, here)
    with house.reading.connect() as conn:
        years = [year for year in progress_board.years(conn, here.congress.id) if year > measure.today.year - YEARS]
        rows = [row for year in years for row in progress_board.board(conn, here.congress.id, year)]
    return shown_all([row for row in rows if leads(here, row)], measure)


def _ask(one: ShownAsk, root: str) -> Task:
    words = f"{one.title}{_('：')}{one.row.project_name}" if one.row.project_name else one.title
    back = one.row.sent_back_because if one.row.stage == "sent_back" else ""
    url = f"{root}/asks/{one.row.ask}"
    return Task(words=words, small="", due_on=one.row.due_on, url=url, button=_("答复"), sent_back=back)


def _remarks(rows: Sequence[RemarkRow], root: str) -> list[Task]:
    if not rows:
        return []
    days = [row.due_on for row in rows if row.due_on]
    words = _("审议意见和代表提问 %(n)s 条", n=len(rows))
    due_on = min(days, default=None)
    return [Task(words=words, small=_("票决前要答复代表"), due_on=due_on, url=f"{root}/remarks", button=_("去答复"))]


def _duty_told(one: DutyRow, today: date) -> str:
    """What it comes from, and how hard it is asked for once it is late."""
    if not one.step or not one.is_overdue(today):
        return one.origin_title
    return _("已%(step)s；%(title)s", step=STEPS[one.step], title=one.origin_title)


def _duties(conn: Connection, here: Place, today: date, root: str) -> list[Task]:
    if not here.may(Act.ANSWER_DUTY):
        return []
    roles = {grant.role for grant in here.actor.grants if grant.congress in (None, here.congress.id)}
    if Role.GOVERNMENT not in roles and here.unit is None:
        return []
    unit = None if Role.GOVERNMENT in roles else here.unit
    return [
        Task(
            words=_("交办事项：%(words)s", words=one.words),
            small=_duty_told(one, today),
            due_on=one.awaited_on,
            url=f"{root}/duties/{one.duty}",
            button=_("答复"),
            sent_back=one.sent_back_because if one.stage == DutyStage.SENT_BACK else "",
        )
        for one in duties.duties_of(conn, here.congress.id, unit=unit, stages=_UNANSWERED)
        if one.waits or one.is_promised
    ]


def _plans(projects: Iterable[ShownProject], today: date, root: str) -> list[Task]:
    """Plans of projects whose year has not passed: nobody files one afterwards."""
    missing = [one for one in projects if one.row.plan is None and one.row.year >= today.year]
    return [
        Task(
            words=_("报送实施计划：%(name)s", name=one.row.name),
            small=_("责任单位、目标、完成时限、资金和保障措施"),
            due_on=None,
            url=f"{root}/implementation/{one.row.project}/plan",
            button=_("重新报送") if one.row.plan_stage == "sent_back" else _("报送"),
            sent_back=_("计划已退回，请看理由") if one.row.plan_stage == "sent_back" else "",
        )
        for one in missing
        if one.row.plan_stage != "filed"
    ]


def _reports(projects: Iterable[ShownProject], today: date, root: str) -> list[Task]:
    found = []
    for one in projects:
        url = f"{root}/implementation/{one.row.project}/reports/new"
        words = _("填报进度：%(name)s", name=one.row.name)
        if one.missing:
            few = _("缺 %(n)s 期", n=len(one.missing)) if len(one.missing) > 1 else ""
            found.append(Task(words=words, small=few, due_on=one.missing[0], url=url, button=_("填报")))
        elif one.sent_back is not None:
            small = _("%(day)s应报的一期", day=day(one.sent_back.due_on))
            back = _("填报被退回，请重报")
            due_on = one.sent_back.due_on
            found.append(Task(words=words, small=small, due_on=due_on, url=url, button=_("重报"), sent_back=back))
        elif one.coming is not None and one.coming <= today + SOON:
            found.append(Task(words=words, small="", due_on=one.coming, url=url, button=_("填报")))
    return found


def shown_asks(house: House, here: Place) -> list[ShownAsk]:
    """What the unit is asked, in all years."""
    today = house.office.today()
    return [shown(row, today, here.congress.short_name) for row in own_asks(house, here)]
