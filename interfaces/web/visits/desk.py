"""What the pages about guidance visits share: both offices see them, each does its own part."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Connection

from domain.accounts.permissions import Act
from domain.shared import NotFound
from domain.supervision.visit import FindingStage, VisitPlan, VisitStage
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.forms import Typed
from interfaces.web.congress.views import tree
from interfaces.web.duties import views as duty_views
from interfaces.web.duties.desk import order_choices, project_names
from interfaces.web.inquiries.desk import ids
from interfaces.web.visits import views
from interfaces.web.visits.views import ShownVisit
from interfaces.web.visits.words import VISIT_STAGES, VISIT_TAGS
from projections import duties, guidance_visits, progress_board
from projections.congress_directory import congresses_below, congresses_named
from projections.guidance_visits import VisitRow

Visitor = Annotated[Place, Depends(needing(Act.VISIT_BELOW))]
Keeper = Annotated[Place, Depends(needing(Act.KEEP_SUPERVISION))]


def known_visit(house: House, here: Place, visit: UUID) -> VisitRow:
    """A visit this congress makes or receives. Raises NotFound."""
    with house.reading.connect() as conn:
        row = guidance_visits.visit_at(conn, visit)
    if row is None or here.congress.id not in (row.congress, row.visited):
        raise NotFound(kind="visit", id=str(visit))
    return row


def own_visit(house: House, here: Place, visit: UUID) -> VisitRow:
    """A visit this congress makes. Raises NotFound."""
    row = known_visit(house, here, visit)
    if row.congress != here.congress.id:
        raise NotFound(kind="visit", id=str(visit))
    return row


def below_choices(conn: Connection, here: Place) -> list[tuple[str, str]]:
    """The congresses below, as a tree."""
    return [(str(one.congress.id), "　" * one.depth + one.congress.name) for one in tree(_below(conn, here))]


def projects_below(conn: Connection, here: Place, visited: UUID) -> list[tuple[str, str]]:
    """The adopted projects of the congress that is visited. Raises NotFound for one that is not below."""
    if visited not in {one.id for one in _below(conn, here)}:
        raise NotFound(kind="congress", id=str(visited))
    return [(str(one.project), f"{one.year}-{one.number} {one.name}") for one in progress_board.named(conn, visited)]


def plan_of(typed: Typed) -> VisitPlan:
    """A plan as it was typed. Call `typed.settle()` before using it."""
    return VisitPlan(
        on=typed.date("on"),
        place=typed.text("place"),
        topic=typed.required("topic"),
        members=typed.text("members"),
        projects=ids(typed, "projects"),
    )


def shown_visits(house: House, conn: Connection, rows: list[VisitRow]) -> list[ShownVisit]:
    """Visits with their findings on this day."""
    today = house.office.today()
    found = guidance_visits.findings_of(conn, [row.visit for row in rows])
    named = {one.id: one.name for one in congresses_named(conn, {row.congress for row in rows})}
    names: dict[UUID, dict[UUID, str]] = {}
    for row in rows:
        if row.visited not in names and any(one.project for one in found[row.visit]):
            names[row.visited] = project_names(conn, row.visited)
    return [
        ShownVisit(
            row,
            [
                views.shown_finding(one, names.get(row.visited, {}).get(one.project, "") if one.project else "", today)
                for one in found[row.visit]
            ],
            named.get(row.congress, ""),
        )
        for row in rows
    ]


def visit_context(house: House, here: Place, visit: UUID) -> dict[str, Any]:
    """What the page of one visit shows, and what each of the two offices may do there."""
    row = known_visit(house, here, visit)
    is_upper, is_lower = row.congress == here.congress.id, row.visited == here.congress.id
    goes = is_upper and here.may(Act.VISIT_BELOW)
    answers = is_lower and here.may(Act.KEEP_SUPERVISION)
    with house.reading.connect() as conn:
        one = shown_visits(house, conn, [row])[0]
        names = project_names(conn, row.visited)
        given = duties.duties_from(conn, [finding.row.finding for finding in one.findings])
        choices = order_choices(conn, here.congress.id) if answers else {"units": [], "project_choices": []}
    left = duty_views.shown_all(given, names, house.office.today())
    return {
        "one": one,
        "row": row,
        "state": VISIT_STAGES[row.stage],
        "tag_kind": VISIT_TAGS[row.stage],
        "projects": [names.get(UUID(project), "") for project in row.projects],
        "finding_projects": [(project, names.get(UUID(project), "")) for project in row.projects]
        or [(str(project), name) for project, name in names.items()],
        "duties": {
            finding.row.finding: [duty for duty in left if duty.row.origin == finding.row.finding]
            for finding in one.findings
        },
        "is_upper": is_upper,
        "may_go": goes and row.stage != VisitStage.CANCELLED,
        "may_rearrange": goes and row.stage == VisitStage.PLANNED,
        "may_note": goes and row.stage == VisitStage.HELD,
        "may_answer": answers,
        "answerable": (FindingStage.OPEN.value, FindingStage.SENT_BACK.value, FindingStage.ANSWERED.value),
        "root": f"/staff/{here.congress.slug}/visits",
        "address": address(here, visit),
        **choices,
    }


def address(here: Place, visit: UUID) -> str:
    """Where a visit stands."""
    return f"/staff/{here.congress.slug}/visits/{visit}"


def _below(conn: Connection, here: Place) -> list[Any]:
    return congresses_below(conn, here.congress.id)
