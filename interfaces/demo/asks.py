"""The four asks of the demonstration's district: answered, approved, sent back, or not yet."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from application import asks as commands
from application.polls.preparing import known_poll
from domain.accounts.permissions import Actor
from domain.asks.answers import Completion, ProgressAnswer, SummaryAnswer
from domain.asks.ask import Ask, AskKind, ask_id, evolve
from domain.asks.result import result_answer
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from domain.projects.project import Project
from domain.shared import Money
from interfaces.demo.diary import Diary
from interfaces.demo.town_hall import TownHall

PROGRESS = (68, 55, 82, 100, 74, 49, 57, 61)
"""Physical progress at mid-year, by number on the list."""


def answer_the_year(
    diary: Diary,
    hall: TownHall,
    congress: UUID,
    year: int,
    today: date,
    *,
    staff: Actor,
    government: Actor,
    department: Actor,
) -> None:
    """Writes down what a real district would have answered by today."""
    announced = hall.office.state_of(voted_lists.voted_list_stream(congress, year), voted_lists.evolve)
    if announced is None:
        raise LookupError(year)
    result_opens_on = _ask(hall, ask_id(congress, year, AskKind.RESULT)).opens_on
    diary.on(
        result_opens_on + timedelta(days=4),
        partial(_answer_result, hall, congress, year, today, announced.poll, staff),
    )
    answers: list[tuple[date, int, UUID]] = []
    for line in announced.projects:
        mid_year = date(year, 6, 18) + timedelta(days=3 * line.number)
        answers.append((mid_year, line.number, line.project))
        answers.append((date(year, 11, 24) + timedelta(days=3 * line.number), -line.number, line.project))
    for day, number, project in sorted(answers):
        if day + timedelta(days=2) >= today:
            continue
        state = hall.office.state_of(project, projects.evolve)
        if state is None:
            raise LookupError(project)
        by_department = state.card.lead_unit is not None and department.unit_in(congress) == state.card.lead_unit
        answering = department if by_department else government
        answer = _answer_progress if number > 0 else _answer_summary
        diary.on(day, partial(answer, hall, congress, year, day, abs(number), project, state, answering, staff))


def _answer_result(hall: TownHall, congress: UUID, year: int, today: date, poll: UUID, staff: Actor) -> None:
    ask = ask_id(congress, year, AskKind.RESULT)
    opens_on = _ask(hall, ask).opens_on
    if opens_on + timedelta(days=6) >= today:
        return
    hall.clock.turn_to(opens_on + timedelta(days=4))
    answer = result_answer(poll, known_poll(hall.office, poll), duty_list_on=opens_on + timedelta(days=3))
    commands.answer_ask(hall.office, hall.by(staff), ask, answer)
    hall.clock.turn_to(opens_on + timedelta(days=5))
    commands.approve_ask(hall.office, hall.by(staff), ask)


def _answer_progress(
    hall: TownHall,
    congress: UUID,
    year: int,
    day: date,
    number: int,
    project: UUID,
    state: Project,
    answering: Actor,
    staff: Actor,
) -> None:
    """The seventh has not answered in time, the sixth was sent back; the others were approved."""
    if number == 7:
        return
    ask = ask_id(congress, year, AskKind.PROGRESS, project)
    percent = PROGRESS[(number - 1) % len(PROGRESS)]
    target = state.card.targets[0]
    done = (target.amount * percent / 100).to_integral_value()
    answer = ProgressAnswer(
        percent=percent,
        funds_spent=Money(((state.card.year_funds or Decimal(0)) * percent / 100).quantize(Decimal(1))),
        milestones=f"已完成{target.name}{done}{target.unit},其余按计划施工。"
        if percent < 100
        else "全部完工,已组织验收。",
        problems="" if number % 3 else "汛期影响，个别点位施工推迟，已增加班组赶工。",
        inspections=1 + number % 3,
    )
    hall.clock.turn_to(day)
    commands.answer_ask(hall.office, hall.by(answering), ask, answer)
    hall.clock.turn_to(day + timedelta(days=1))
    if number == 6:
        commands.send_back_ask(hall.office, hall.by(staff), ask, "请补充资金支付进度的说明和现场点位清单。")
    else:
        commands.approve_ask(hall.office, hall.by(staff), ask)


def _milestones(percent: int, built: str) -> str:
    return f"已完成{built}，其余按计划施工。" if percent < 100 else "全部完工，已组织验收。"


def _answer_summary(
    hall: TownHall,
    congress: UUID,
    year: int,
    day: date,
    number: int,
    project: UUID,
    state: Project,
    answering: Actor,
    staff: Actor,
) -> None:
    ask = ask_id(congress, year, AskKind.SUMMARY, project)
    target = state.card.targets[0]
    completion = Completion.BASICALLY_COMPLETED if number % 5 == 0 else Completion.COMPLETED
    answer = SummaryAnswer(
        completion=completion,
        results=f"{target.name}{target.amount}{target.unit}已建成投用，群众反映良好。",
        lessons="提前与居民协商选址，可以少走弯路。",
    )
    hall.clock.turn_to(day)
    commands.answer_ask(hall.office, hall.by(answering), ask, answer)
    hall.clock.turn_to(day + timedelta(days=1))
    commands.approve_ask(hall.office, hall.by(staff), ask)


def _ask(hall: TownHall, ask: UUID) -> Ask:
    state = hall.office.state_of(ask, evolve)
    if state is None:
        raise LookupError(ask)
    return state
