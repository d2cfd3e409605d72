"""What the pages about duties share."""

from datetime import date
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.deliberation import answers_for
from application.supervision.duty_rules import duty_rules_for
from application.working_days import working_days
from domain.accounts.permissions import Act
from domain.shared import NotFound
from domain.supervision.duty import WITHIN, DutyOrder, DutyOutcome, DutyStage, EscalationStep
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.duties import views
from interfaces.web.duties.views import ShownDuty
from interfaces.web.duties.words import OUTCOMES, STEPS
from projections import duties, inquiries, progress_board, volunteers
from projections.congress_register import units_of
from projections.duties import DutyRow
from projections.inquiries import InquiryRow

Keeper = Annotated[Place, Depends(needing(Act.KEEP_SUPERVISION))]
Answering = Annotated[Place, Depends(needing(Act.ANSWER_DUTY))]


def known_duty(house: House, here: Place, duty: UUID) -> DutyRow:
    """A duty of this congress, for the office and for whom it is to be answered by. Raises NotFound."""
    with house.reading.connect() as conn:
        row = duties.duty_at(conn, duty)
    if row is None or row.congress != here.congress.id or not (here.may(Act.READ_OFFICE) or is_answered_by(here, row)):
        raise NotFound(kind="duty", id=str(duty))
    return row


def is_answered_by(here: Place, row: DutyRow) -> bool:
    """Whether the person may answer it: a department's officers those of the own unit only."""
    return here.may(Act.ANSWER_DUTY) and answers_for(here.actor, row.congress, row.unit)


def sees_all(here: Place) -> bool:
    """Whether the person answers for everybody: the government office, and the congress's own."""
    return answers_for(here.actor, here.congress.id, None)


def duties_for(conn: Connection, here: Place) -> list[DutyRow]:
    """What the person is to answer or has answered."""
    if not here.may(Act.ANSWER_DUTY) or (here.unit is None and not sees_all(here)):
        return []
    return duties.duties_of(conn, here.congress.id, unit=None if sees_all(here) else here.unit)


def unit_choices(conn: Connection, congress: UUID) -> list[tuple[str, str]]:
    """The units in use."""
    return [(str(one.id), one.name) for one in units_of(conn, congress) if not one.withdrawn]


def project_choices(conn: Connection, congress: UUID) -> list[tuple[str, str]]:
    """The adopted projects, the newest year first."""
    return [(str(one.project), f"{one.year}-{one.number} {one.name}") for one in progress_board.named(conn, congress)]


def project_names(conn: Connection, congress: UUID) -> dict[UUID, str]:
    """The adopted projects by name."""
    return {one.project: one.name for one in progress_board.named(conn, congress)}


def order_choices(conn: Connection, congress: UUID) -> dict[str, Any]:
    """What the form of a new duty offers."""
    return {"units": unit_choices(conn, congress), "project_choices": project_choices(conn, congress)}


def order_of(typed: Typed, *, project: UUID | None = None) -> DutyOrder:
    """A duty as it was typed; `project` where the page fixes it. Call `typed.settle()` before using it."""
    chosen = project or (typed.id("project") if typed.text("project") else None)
    days = typed.integer("working_days") if typed.text("working_days") else WITHIN
    return DutyOrder(unit=typed.id("unit"), words=typed.required("words"), working_days=days, project=chosen)


class Supervised(NamedTuple):
    """What supervision has to say of one project, as far as the reader may see it."""

    duties: list[ShownDuty]
    observations: int
    waiting: int
    """Observations that nobody has settled."""
    inquiries: list[InquiryRow]


def supervised(conn: Connection, here: Place, project: UUID, today: date) -> Supervised:
    """For the project's own page: a unit sees the duties it answers, the office everything."""
    names = {one.project: one.name for one in progress_board.named(conn, here.congress.id) if one.project == project}
    reads = here.may(Act.READ_OFFICE)
    rows = duties.duties_of(conn, here.congress.id, project=project)
    shown = views.shown_all([row for row in rows if reads or is_answered_by(here, row)], names, today)
    seen = volunteers.observations_of(conn, here.congress.id, project=project) if reads else []
    held = inquiries.inquiries_of(conn, here.congress.id, project=project) if reads else []
    return Supervised(shown, len(seen), sum(one.waits for one in seen), held)


def address(area: str, slug: str, duty: UUID) -> str:
    """Where a duty stands in an area."""
    return f"/{area}/{slug}/duties/{duty}"


def area_of(request: Request) -> str:
    """`staff` or `unit`."""
    return request.url.path.split("/")[1]


def comes_next(house: House, row: DutyRow, today: date) -> str:
    """What the rules will do by themselves if nothing happens until then, in words; empty where they do nothing."""
    if not (row.waits or row.is_promised):
        return ""
    taken = list(STEPS).index(row.step) + 1 if row.step else 0
    rung = next(iter(duty_rules_for(house.office, row.congress).rules.rungs[taken:]), None)
    on = working_days(house.office, row.congress).after(row.awaited_on, rung.after) if rung else today
    if rung is None or on < today:
        return ""
    told = {"day": day(on), "step": STEPS[rung.step.value]}
    if not rung.to:
        return _("%(day)s 仍未办理的，系统自动%(step)s。", **told)
    return _("%(day)s 仍未办理的，系统自动%(step)s，送%(to)s。", to=rung.to, **told)


def duty_context(request: Request, house: House, here: Place, duty: UUID) -> dict[str, Any]:
    """What the page of one duty shows, and what may be done there."""
    row = known_duty(house, here, duty)
    area, today = area_of(request), house.office.today()
    keeps = here.may(Act.KEEP_SUPERVISION) and area == "staff"
    with house.reading.connect() as conn:
        names = project_names(conn, here.congress.id)
        steps = duties.steps_of(conn, duty)
        choices = order_choices(conn, here.congress.id) if keeps else {"units": [], "project_choices": []}
        one = views.shown(row, names, today)
    following = views.next_step(row)
    return {
        "one": one,
        "row": row,
        "comes_next": comes_next(house, row, today),
        "steps": [views.shown_step(step) for step in steps],
        "source_url": views.source_url(area, here.congress.slug, row),
        "address": address(area, here.congress.slug, duty),
        "back": f"/{area}/{here.congress.slug}/duties",
        "outcomes": [(known, words) for known, words in OUTCOMES.items()],
        "next_step": STEPS[following] if following else "",
        "next_step_value": following.value if following else "",
        "may_answer": is_answered_by(here, row) and (row.waits or row.stage == DutyStage.ANSWERED or row.is_promised),
        "may_judge": keeps and row.stage == DutyStage.ANSWERED,
        "may_change": keeps and row.waits,
        "may_escalate": keeps
        and following is not None
        and (row.waits or row.is_promised)
        and (following is EscalationStep.REMINDED or one.overdue),
        "may_withdraw": keeps and (row.waits or row.stage == DutyStage.ANSWERED),
        "under_way": DutyOutcome.UNDER_WAY.value,
        **choices,
    }
