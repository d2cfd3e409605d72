"""Inquiries and hearings for delegates on their phones: what is planned, their questions, what was answered."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import inquiries as commands
from application.supervision.inquiries import Question
from domain.shared import Refused
from domain.supervision.inquiry import InquiryStage
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import project_names
from interfaces.web.inquiries.desk import Supervisor, inquiry_context, known_inquiry
from interfaces.web.inquiries.words import INQUIRY_KINDS, INQUIRY_STAGES, TAGS
from projections import inquiries

router = APIRouter()

PATH = "/delegate/{slug}/inquiries"
_ONE = "inquiries/phone_one.html"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: Supervisor) -> Response:
    """What is planned first, then what was held; the own questions with their answers."""
    with house.reading.connect() as conn:
        rows = inquiries.inquiries_of(conn, here.congress.id)
        about = inquiries.projects_of(conn, [row.inquiry for row in rows])
        names = project_names(conn, here.congress.id)
        asked = inquiries.questions_by(conn, here.delegate) if here.delegate else []
    planned = [row for row in rows if row.stage == InquiryStage.PLANNED]
    return page(
        request,
        "inquiries/phone.html",
        planned=planned[::-1],
        held=[row for row in rows if row.stage == InquiryStage.HELD],
        about={row.inquiry: [names.get(project, "") for project in about[row.inquiry]] for row in rows},
        asked=[(one, row) for one in reversed(asked) for row in rows if row.inquiry == one.inquiry],
        kinds=INQUIRY_KINDS,
        stages=INQUIRY_STAGES,
        tags=TAGS,
        me=str(here.delegate or ""),
        root=f"/delegate/{here.congress.slug}/inquiries",
    )


@router.get(f"{PATH}/{{inquiry}}")
def one(request: Request, house: TheHouse, here: Supervisor, inquiry: UUID) -> Response:
    """One of them, with the form for a question while it is to come."""
    return page(request, _ONE, **_context(house, here, inquiry))


@router.post(f"{PATH}/{{inquiry}}")
def put(request: Request, house: TheHouse, here: Supervisor, inquiry: UUID, typed: Form) -> Response:
    """Hands in a question."""
    known_inquiry(house, here, inquiry)
    by = here.by(typed)
    question = house.office.new_id(by, "question")
    try:
        words = typed.required("words")
        unit = typed.id("unit") if typed.text("unit") else None
        typed.settle()
        said = Question(words=words, delegate=here.delegate, unit=unit)
        position = commands.put_question(house.office, by, inquiry, question, said)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **_context(house, here, inquiry))
    return done(request, position, _address(here, inquiry), _("提问已提交，办公室和应询单位会提前准备。"))


@router.post(f"{PATH}/{{inquiry}}/questions/{{question}}/drop")
def take_back(
    request: Request, house: TheHouse, here: Supervisor, inquiry: UUID, question: UUID, typed: Form
) -> Response:
    """Takes the own question back."""
    known_inquiry(house, here, inquiry)
    position = commands.drop_question(house.office, here.by(typed), inquiry, question, _("代表本人撤回"))
    return done(request, position, _address(here, inquiry), _("已撤回提问。"))


def _context(house: House, here: Place, inquiry: UUID) -> dict[str, Any]:
    context = inquiry_context(house, here, inquiry)
    row = context["row"]
    return {
        **context,
        "me": here.delegate,
        "may_ask": here.delegate is not None and row.stage == InquiryStage.PLANNED and house.office.today() <= row.on,
        "root": f"/delegate/{here.congress.slug}/inquiries",
        "address": _address(here, inquiry),
    }


def _address(here: Place, inquiry: UUID) -> str:
    return f"/delegate/{here.congress.slug}/inquiries/{inquiry}"
