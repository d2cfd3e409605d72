"""Steps of a poll that the office and the scrutineers' table share: void cards, last ballots, closing, numbers."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from application.polls import cards as card_commands
from application.polls import voting
from domain.polls.ballot import VoidReason
from domain.polls.poll import PollStage
from domain.shared import Refused
from interfaces.web._base.forms import Sheet, Typed, blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page, render
from interfaces.web._base.sentences import status_of
from interfaces.web.polls.desk import PollDesk, around, numbers
from interfaces.web.polls.scanning import by_without_content
from interfaces.web.polls.views import checks, rail
from interfaces.web.polls.way_to_count import matters


def with_numbers(request: Request, desk: PollDesk) -> dict[str, Any]:
    """A page of the poll with its equation and stages."""
    shown = numbers(request, desk)
    around_poll = {"numbers": shown, "rail": rail(desk, shown), "checks": checks(desk, shown), "matters": matters(desk)}
    return around(desk) | around_poll


def numbers_again(request: Request, desk: PollDesk) -> Response:
    """Only the numbers; a page that shows another stage is told to load anew."""
    shown = numbers(request, desk)
    moved = request.query_params.get("stage") not in (None, stage_name(desk))
    part = "polls/_closing.html" if request.query_params.get("view") == "closing" else "polls/_numbers.html"
    html = render(part, desk=desk, numbers=shown, checks=checks(desk, shown), PollStage=PollStage)
    return Response(html, media_type="text/html", headers={"HX-Refresh": "true"} if moved else None)


def stage_name(desk: PollDesk) -> str:
    """The stage, with the call for last ballots as one of its own."""
    return "last_call" if desk.stage is PollStage.OPEN and desk.state.last_call else desk.stage.value


def void_page(request: Request, desk: PollDesk, refused: Refused | None = None, reason: str = "") -> Response:
    """The field for the scanner, always empty, with the numbers beside it."""
    chosen = reason or request.query_params.get("reason", VoidReason.LEFT_OVER.value)
    form = blank(request, reason=chosen)
    if refused is not None:
        form = Sheet(request=request, values={"reason": chosen}, errors=errors_of(refused))
    status = status_of(refused) if refused is not None else 200
    return page(request, "polls/void.html", form=form, status=status, **with_numbers(request, desk))


def void(request: Request, desk: PollDesk, typed: Typed) -> Response:
    """Voids the card that was scanned; which one it was is kept nowhere."""
    house = desk.house
    try:
        code, reason = typed.required("code"), typed.choice("reason", VoidReason)
        typed.settle()
        by = by_without_content(desk.here, typed)
        position = card_commands.void_card(house.office, house.box, by, desk.id, code, reason)
    except Refused as refused:
        return void_page(request, desk, refused, typed.text("reason"))
    return done(request, position, f"{desk.root}/void-cards?reason={reason.value}", _("已作废一张。"))


def call_last(request: Request, desk: PollDesk, typed: Typed) -> Response:
    """The first step of closing."""
    position = voting.call_last_ballots(desk.house.office, desk.here.by(typed), desk.id)
    return done(request, position, f"{desk.root}/close", _("已宣布最后投票，请提醒还没有投票的代表。"))


def close_page(request: Request, desk: PollDesk) -> Response:
    """Issued and in the box side by side, and how long is left."""
    return page(request, "polls/close.html", **_close_page(request, desk))


def _close_page(request: Request, desk: PollDesk) -> dict[str, Any]:
    return with_numbers(request, desk) | {"stage_name": stage_name(desk)}


def close(request: Request, desk: PollDesk, typed: Typed) -> Response:
    """The second step."""
    try:
        house, by = desk.house, desk.here.by(typed)
        position = voting.close_poll(house.office, house.box, by, desk.id, hall_words=house.hall_words)
    except Refused as refused:
        return again(request, "polls/close.html", typed, refused, **_close_page(request, desk))
    return done(request, position, desk.root, _("投票已截止，票箱已封。"))
