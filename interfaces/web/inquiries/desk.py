"""What the pages about inquiries and hearings share."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Connection

from application.supervision.inquiries import InquiryDraft, Minutes, Question
from domain.accounts.permissions import Act
from domain.shared import NotFound
from domain.supervision.inquiry import InquiryStage
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.forms import Typed
from interfaces.web.duties import views as duty_views
from interfaces.web.duties.desk import order_choices, project_choices, project_names, unit_choices
from interfaces.web.inquiries.words import INQUIRY_KINDS, INQUIRY_STAGES, TAGS
from projections import duties, inquiries, roll
from projections.inquiries import InquiryRow, QuestionRow

Keeper = Annotated[Place, Depends(needing(Act.KEEP_SUPERVISION))]
Supervisor = Annotated[Place, Depends(needing(Act.SUPERVISE))]


def known_inquiry(house: House, here: Place, inquiry: UUID) -> InquiryRow:
    """One of this congress. Raises NotFound."""
    with house.reading.connect() as conn:
        row = inquiries.inquiry_at(conn, inquiry)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="inquiry", id=str(inquiry))
    return row


def choices(conn: Connection, congress: UUID) -> dict[str, Any]:
    """What the form of a plan offers."""
    listed, _total = roll.delegates_of(conn, congress)
    return {
        "kinds": list(INQUIRY_KINDS.items()),
        "units": unit_choices(conn, congress),
        "projects": project_choices(conn, congress),
        "delegates": [(str(one.id), f"{one.name}（{one.delegation}）") for one in listed],
    }


def draft_of(typed: Typed) -> InquiryDraft:
    """A plan as it was typed. Call `typed.settle()` before using it."""
    return InquiryDraft(
        topic=typed.required("topic"),
        on=typed.date("on"),
        place=typed.required("place"),
        starts_at=typed.text("starts_at"),
        presiding=typed.text("presiding"),
        projects=ids(typed, "projects"),
        delegates=ids(typed, "delegates"),
        others=typed.text("others"),
        units=ids(typed, "units"),
        background=typed.text("background"),
    )


def question_of(typed: Typed) -> Question:
    """A question as it was typed. Call `typed.settle()` before using it."""
    return Question(
        words=typed.required("words"),
        delegate=typed.id("delegate") if typed.text("delegate") else None,
        speaker=typed.text("speaker"),
        unit=typed.id("unit") if typed.text("unit") else None,
    )


def minutes_of(typed: Typed) -> Minutes:
    """What is said of the day, without files. Call `typed.settle()` before using it."""
    return Minutes(
        on=typed.date("held_on"),
        conclusion=typed.required("conclusion"),
        attending=typed.integer("attending") if typed.text("attending") else None,
    )


def ids(typed: Typed, name: str) -> tuple[UUID, ...]:
    """The identities ticked under a name, those that are none noted as wrong."""
    found = []
    for text in typed.texts(name):
        try:
            found.append(UUID(text))
        except ValueError:
            typed.wrong(name, "choice", text)
    return tuple(found)


def names_of(conn: Connection, congress: UUID) -> dict[UUID, str]:
    """The delegates in office by name, with their delegations."""
    listed, _total = roll.delegates_of(conn, congress)
    return {one.id: f"{one.name}（{one.delegation}）" for one in listed}


def speaker_of(question: QuestionRow, names: dict[UUID, str], left: str) -> str:
    """Who asks; `left` for a delegate who is on the roll no more."""
    return names.get(question.delegate, left) if question.delegate else question.speaker


def inquiry_context(house: House, here: Place, inquiry: UUID) -> dict[str, Any]:
    """What the page of one shows, and what may be done there."""
    row = known_inquiry(house, here, inquiry)
    keeps = here.may(Act.KEEP_SUPERVISION)
    is_open = row.stage != InquiryStage.CANCELLED
    with house.reading.connect() as conn:
        projects = project_names(conn, here.congress.id)
        about = inquiries.projects_of(conn, [inquiry])[inquiry]
        names = names_of(conn, here.congress.id)
        questions = inquiries.questions_of(conn, inquiry)
        left = duty_views.shown_all(duties.duties_from(conn, [inquiry]), projects, house.office.today())
        offered = choices(conn, here.congress.id) if keeps else {}
        order = order_choices(conn, here.congress.id) if keeps else {}
    asked = [str(one["unit"]) for one in row.units]
    return {
        "row": row,
        "kind": INQUIRY_KINDS[row.kind],
        "state": INQUIRY_STAGES[row.stage],
        "tag_kind": TAGS[row.stage],
        "about": [(project, projects.get(project, "")) for project in about],
        "names": names,
        "questions": questions,
        "duties": left,
        "asked_units": [(unit["unit"], unit["name"]) for unit in row.units],
        "order_units": sorted(order.get("units", []), key=lambda one: one[0] not in asked),
        "order_projects": _those_first(order.get("project_choices", []), about),
        "delegate_choices": offered.get("delegates", []),
        "may_keep": keeps and is_open,
        "may_rearrange": keeps and row.stage == InquiryStage.PLANNED,
        "is_held": row.stage == InquiryStage.HELD,
        "is_hearing": row.kind == "hearing",
        "root": f"/staff/{here.congress.slug}/inquiries",
        "address": f"/staff/{here.congress.slug}/inquiries/{inquiry}",
    }


def _those_first(offered: list[tuple[str, str]], about: list[UUID]) -> list[tuple[str, str]]:
    named = {str(project) for project in about}
    return sorted(offered, key=lambda one: one[0] not in named)
