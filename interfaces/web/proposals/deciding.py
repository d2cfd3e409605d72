"""Every decision on one proposal, each with its form on the proposal's page."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.proposals import forgetting, handling
from application.proposals.support import count_signatures
from domain.proposals.proposal import DeclineReason, Suggestion, TransferTo
from domain.shared import Invalid, Missing, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed, WrongFields, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.proposals import one
from interfaces.web.proposals.desk import (
    STAFF,
    UNIT,
    Decider,
    Receiver,
    known_proposal,
    offered_categories,
    root_of,
    typed_code,
)
from interfaces.web.proposals.forms import known_values, read_parts, read_suggestion
from projections.proposal_register.reaching import proposals_with, proposals_with_photo

router = APIRouter()

ONE, THEIRS = f"{STAFF}/{{proposal}}", f"{UNIT}/{{proposal}}"


@router.post(f"{ONE}/merge")
@router.post(f"{THEIRS}/merge")
def merge(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Into one that was hinted at or found, or whose tracking code was typed."""

    def command(by: By) -> int:
        if typed.text("target"):
            into = typed.id("target")
        else:
            code = typed.required("into")
            typed.settle()
            with house.reading.connect() as conn:
                into = typed_code(conn, here, code)
        typed.settle()
        return handling.merge(house.office, by, [proposal], into, typed.text("merge_reason"))

    where = f"/new?{typed.text('then')}" if typed.text("then") else ""  # one that was typed in just now
    return _decide(request, house, here, proposal, typed, command, _("已合并。"), {"reason": "merge_reason"}, where)


@router.post(f"{ONE}/take-in")
@router.post(f"{THEIRS}/take-in")
def take_in(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """The other way round: another one is merged into this one."""

    def command(by: By) -> int:
        other = typed.id("target")
        typed.settle()
        return handling.merge(house.office, by, [other], proposal, typed.text("merge_reason"))

    return _decide(request, house, here, proposal, typed, command, _("已并入这一件。"), {"reason": "merge_reason"})


@router.post(f"{ONE}/transfer")
@router.post(f"{THEIRS}/transfer")
def transfer(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """To the hotline, a unit, or another congress."""

    def command(by: By) -> int:
        to, reason = typed.choice("to", TransferTo), typed.text("transfer_reason")
        typed.settle()
        match to:
            case TransferTo.HOTLINE:
                return handling.transfer_to_hotline(house.office, by, proposal, typed.text("work_order"), reason)
            case TransferTo.UNIT:
                unit = typed.id("unit")
                typed.settle()
                return handling.transfer_to_unit(house.office, by, proposal, unit, reason)
        congress = typed.id("congress")
        typed.settle()
        return handling.transfer_to_congress(house.office, by, proposal, congress, reason)

    return _decide(request, house, here, proposal, typed, command, _("已转办。"), {"reason": "transfer_reason"})


@router.post(f"{ONE}/reserve")
@router.post(f"{THEIRS}/reserve")
def reserve(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Into the reserve pool."""

    def command(by: By) -> int:
        return handling.reserve(house.office, by, [proposal], typed.text("reserve_reason"))

    return _decide(request, house, here, proposal, typed, command, _("已列入储备库。"), {"reason": "reserve_reason"})


@router.post(f"{ONE}/decline")
@router.post(f"{THEIRS}/decline")
def decline(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """With a reason code and words that its author reads."""

    def command(by: By) -> int:
        reason = typed.choice("decline_reason", DeclineReason)
        typed.settle()
        return handling.decline(house.office, by, [proposal], reason, typed.text("decline_words"))

    names = {"reason": "decline_reason", "words": "decline_words"}
    return _decide(request, house, here, proposal, typed, command, _("已作不采纳办结。"), names)


@router.post(f"{ONE}/reopen")
@router.post(f"{THEIRS}/reopen")
def reopen(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Takes the outcome back; what is merged stands on its own again."""

    def command(by: By) -> int:
        return handling.reopen(house.office, by, proposal, typed.text("reopen_reason"))

    said = _("已撤回原来的结果，这件建议重新待办。")
    return _decide(request, house, here, proposal, typed, command, said, {"reason": "reopen_reason"})


@router.post(f"{ONE}/show")
@router.post(f"{THEIRS}/show")
def show(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Residents may read and support it, in the office's wording."""

    def command(by: By) -> int:
        return handling.show(house.office, by, proposal, typed.text("show_title"), typed.text("show_content"))

    names = {"title": "show_title", "content": "show_content"}
    return _decide(request, house, here, proposal, typed, command, _("已公开，居民可以附议。"), names)


@router.post(f"{ONE}/hide")
@router.post(f"{THEIRS}/hide")
def hide(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Residents read it no longer."""

    def command(by: By) -> int:
        return handling.hide(house.office, by, proposal, typed.text("hide_reason"))

    return _decide(request, house, here, proposal, typed, command, _("已不再公开。"), {"reason": "hide_reason"})


@router.post(f"{ONE}/signatures")
def signatures(request: Request, house: TheHouse, here: Receiver, proposal: UUID, typed: Form) -> Response:
    """Residents who support it on paper, counted by the office."""

    def command(by: By) -> int:
        voices = typed.integer("voices")
        typed.settle()
        return count_signatures(house.office, by, here.congress.id, proposal, voices, typed.text("support_words"))

    said = _("已登记书面附议。")
    return _decide(request, house, here, proposal, typed, command, said, {"words": "support_words"})


@router.post(f"{ONE}/forget")
def forget(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Erases how to reach whoever proposed; nobody can bring it back."""

    def command(by: By) -> int:
        contact = known_proposal(house, here, proposal).contact
        with house.reading.connect() as conn:
            carrying = proposals_with(conn, [contact])[contact] if contact else []
        return forgetting.forget_contact(house.office, house.private, by, proposal, carrying)

    return _decide(request, house, here, proposal, typed, command, _("联系方式已删除，不能恢复。"), {})


@router.post(f"{ONE}/photos/{{file}}/erase")
def erase_photo(request: Request, house: TheHouse, here: Decider, proposal: UUID, file: UUID, typed: Form) -> Response:
    """Erases a photo with its reason, also where split-off, transferred and drawn proposals share it."""
    field = f"photo_reason_{file}"

    def command(by: By) -> int:
        with house.reading.connect() as conn:
            carrying = proposals_with_photo(conn, file)
        return forgetting.erase_photo(house.office, house.private, by, proposal, file, typed.text(field), carrying)

    said = _("照片已删除，不能恢复。")
    return _decide(request, house, here, proposal, typed, command, said, {"reason": field})


@router.get(f"{ONE}/edit")
@router.get(f"{THEIRS}/edit")
def edit(request: Request, house: TheHouse, here: Decider, proposal: UUID) -> Response:
    """The form with what was proposed."""
    state = known_proposal(house, here, proposal)
    form = blank(request, **known_values(state.suggestion))
    return page(request, "proposals/edit.html", form=form, **_about(request, house, here, proposal))


@router.post(f"{ONE}/edit")
@router.post(f"{THEIRS}/edit")
def put_right(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """Corrects wording, place or category; the first wording stays in the history."""
    state = known_proposal(house, here, proposal)
    try:
        said = read_suggestion(typed, state.suggestion)
        typed.settle()
        position = handling.put_right(house.office, here.by(typed), proposal, said, typed.text("reason"))
    except Refused as refused:
        return again(request, "proposals/edit.html", typed, refused, **_about(request, house, here, proposal))
    return done(request, position, f"{root_of(request, here)}/{proposal}", _("已更正。"))


@router.get(f"{ONE}/split")
@router.get(f"{THEIRS}/split")
def parts(request: Request, house: TheHouse, here: Decider, proposal: UUID) -> Response:
    """The form for one matter each; the first begins as the whole."""
    said = known_proposal(house, here, proposal).suggestion
    form = blank(request, title_1=said.title, content_1=said.content, place_1=said.place, category_1=said.category)
    return page(request, "proposals/split.html", form=form, **_about(request, house, here, proposal))


@router.post(f"{ONE}/split")
@router.post(f"{THEIRS}/split")
def split(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """The first matter stays under the code, each other one is received anew."""
    state = known_proposal(house, here, proposal)
    try:
        said: list[Suggestion] = read_parts(typed, state.suggestion)
        position = handling.split(house.office, here.by(typed), proposal, said, typed.text("reason"))
    except Refused as refused:
        return again(request, "proposals/split.html", typed, refused, **_about(request, house, here, proposal))
    return done(request, position, f"{root_of(request, here)}/{proposal}", _("已拆成 %(n)s 件。", n=len(said)))


def _decide(
    request: Request,
    house: House,
    here: Place,
    proposal: UUID,
    typed: Typed,
    command: Callable[[By], int],
    said: str,
    names: Mapping[str, str],
    where: str = "",
) -> Response:
    """Does it, or shows the page again with what was typed; `names` are the fields as this page calls them."""
    known_proposal(house, here, proposal)
    try:
        position = command(here.by(typed))
    except Refused as refused:
        shown = one.context(request, house, here, proposal)
        return again(request, "proposals/one.html", typed, _renamed(refused, names), **shown)
    return done(request, position, f"{root_of(request, here)}{where or f'/{proposal}'}", said)


def _renamed(refused: Refused, names: Mapping[str, str]) -> Refused:
    match refused:
        case WrongFields():
            return refused
        case Missing(fields=fields):
            return Missing(fields=tuple(names.get(name, name) for name in fields))
        case Invalid(field=field):
            return Invalid(field=names.get(field, field), reason=refused.reason, value=refused.value)
    return refused


def _about(request: Request, house: House, here: Place, proposal: UUID) -> dict[str, Any]:
    state = known_proposal(house, here, proposal)
    with house.reading.connect() as conn:
        categories = offered_categories(conn, here, state.year)
    return {"state": state, "proposal": proposal, "categories": categories, "root": root_of(request, here)}
