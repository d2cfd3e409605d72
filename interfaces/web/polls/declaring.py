"""Declaring a signed result."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import counting as commands
from domain.accounts.permissions import Act
from domain.polls.rules import Form as BallotKind
from domain.shared import Invalid, Refused
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.desk import PollDesk, around, poll_desk
from interfaces.web.polls.reporting import grades, result

router = APIRouter()

Declarer = Annotated[Place, Depends(needing(Act.DECLARE_POLL))]


@router.get("/staff/{slug}/polls/{poll}/declare")
def declaring(request: Request, house: TheHouse, here: Declarer, poll: UUID) -> Response:
    """The result once more, and the number of the notice."""
    desk = poll_desk(house, here, poll)
    desk.require_count()
    today = house.office.today()
    form = blank(request, notice_number=f"〔{desk.state.prepared.year}〕", on=today)
    return page(request, "polls/declare.html", form=form, **_context(desk))


@router.post("/staff/{slug}/polls/{poll}/declare")
def declare(request: Request, house: TheHouse, here: Declarer, typed: Form, poll: UUID) -> Response:
    """The result is declared; the voted list follows."""
    desk = poll_desk(house, here, poll)
    desk.require_count()
    try:
        notice_number, on = typed.required("notice_number"), typed.date("on")
        typed.settle()
        require_whole_number(notice_number)
        position = commands.declare_poll(
            house.office, house.private, here.by(typed), poll, notice_number=notice_number, on=on
        )
    except Refused as refused:
        return again(request, "polls/declare.html", typed, refused, **_context(desk))
    prepared = desk.state.prepared
    if prepared.rehearsal or prepared.profile.form is BallotKind.GRADE or prepared.parent is not None:
        return done(request, position, desk.root, _("结果已宣布。"))
    url = f"/staff/{here.congress.slug}/lists/{prepared.year}"
    return done(request, position, url, _("结果已宣布，年度票决清单已生成。"))


def require_whole_number(notice_number: str, field: str = "notice_number") -> None:
    """Raises Invalid for one that ends with its year: 〔2026〕 is where the number begins."""
    if notice_number.endswith("〕"):
        raise Invalid(field=field, reason="notice_number")


def _context(desk: PollDesk) -> dict[str, Any]:
    return around(desk) | {"result": result(desk), "grades": grades(desk)}
