"""Questions of an inquiry, or what was said in a hearing: noted, put right, answered, left out."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import inquiries as commands
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.inquiries.desk import Keeper, inquiry_context, known_inquiry, question_of, speaker_of

router = APIRouter()

NEW = "/staff/{slug}/inquiries/{inquiry}/questions/new"
ONE = "/staff/{slug}/inquiries/{inquiry}/questions/{question}"
_NEW, _ONE = "inquiries/question_new.html", "inquiries/question.html"


@router.get(NEW)
def new(request: Request, house: TheHouse, here: Keeper, inquiry: UUID) -> Response:
    """The form of a question."""
    return page(request, _NEW, **inquiry_context(house, here, inquiry))


@router.post(NEW)
def put(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, typed: Form) -> Response:
    """Notes it, with its answer where it was given at once."""
    known_inquiry(house, here, inquiry)
    by = here.by(typed)
    question = house.office.new_id(by, "question")
    try:
        said, answer = question_of(typed), typed.text("answer")
        typed.settle()
        position = commands.put_question(house.office, by, inquiry, question, said)
        if answer:
            respondent = typed.text("respondent")
            position = commands.note_answer(house.office, by.step("answer"), inquiry, question, respondent, answer)
    except Refused as refused:
        return again(request, _NEW, typed, refused, **inquiry_context(house, here, inquiry))
    if typed.ticked("more"):
        return done(request, position, f"{_address(here, inquiry)}/questions/new", _("已登记，可以接着登记下一个。"))
    return done(request, position, _address(here, inquiry), _("已登记。"))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, question: UUID) -> Response:
    """A question, to be put right or answered."""
    context = _context(house, here, inquiry, question)
    known = context["question"]
    form = blank(
        request,
        words=known.words,
        speaker=known.speaker,
        unit=str(known.unit or ""),
        respondent=known.respondent,
        answer=known.answer,
    )
    return page(request, _ONE, form=form, **context)


@router.post(ONE)
def correct(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, question: UUID, typed: Form) -> Response:
    """Puts the question right and notes its answer, whichever has changed."""
    context = _context(house, here, inquiry, question)
    by = here.by(typed)
    try:
        said, answer = question_of(typed), typed.text("answer")
        typed.settle()
        position = commands.correct_question(house.office, by, inquiry, question, said)
        if answer or context["question"].answer:
            respondent = typed.text("respondent")
            position = commands.note_answer(house.office, by.step("answer"), inquiry, question, respondent, answer)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, inquiry), _("已保存。"))


@router.post(f"{ONE}/drop")
def drop(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, question: UUID, typed: Form) -> Response:
    """Leaves it out."""
    context = _context(house, here, inquiry, question)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = commands.drop_question(house.office, here.by(typed), inquiry, question, reason)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **context)
    return done(request, position, _address(here, inquiry), _("已删去这一问题。"))


def _context(house: House, here: Place, inquiry: UUID, question: UUID) -> dict[str, Any]:
    context = inquiry_context(house, here, inquiry)
    known = next((one for one in context["questions"] if one.question == question), None)
    if known is None:
        raise NotFound(kind="inquiry_question", id=str(question))
    return {**context, "question": known, "who": speaker_of(known, context["names"], _("原代表"))}


def _address(here: Place, inquiry: UUID) -> str:
    return f"/staff/{here.congress.slug}/inquiries/{inquiry}"
