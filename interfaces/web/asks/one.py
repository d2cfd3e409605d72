"""One ask: read, answered, sent back, approved with what goes into next year, urged, taken a step up, withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import asks as commands
from application.private.files import file_at
from domain.asks import ask as asks
from domain.asks.answers import MOST_PHOTOS, ProgressAnswer
from domain.asks.ask import AskKind
from domain.asks.next_year import NextYearMatter
from domain.files import Attached
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import WrongPhotos
from interfaces.uploads import file_response, limits
from interfaces.web._base.asking import Here, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, WrongFields, blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.asks import forms, views
from interfaces.web.asks.desk import Answering, address, context, known_row, may_answer
from interfaces.web.asks.prefilling import known_values
from projections.asks_board import AskRow

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/asks/{ask}", "/unit/{slug}/asks/{ask}"


@router.get(STAFF)
@router.get(UNIT)
def one(request: Request, house: TheHouse, here: Here, ask: UUID) -> Response:
    """One ask with its answer, and the form for whoever answers it."""
    row = known_row(house, here, ask)
    return page(request, "asks/one.html", form=_filled(request, house, here, row), **_around(request, house, here, row))


@router.get(f"{STAFF}/photos/{{file}}")
@router.get(f"{UNIT}/photos/{{file}}")
def photo(house: TheHouse, here: Here, ask: UUID, file: UUID) -> Response:
    """A photo of the answer as it stands. Raises NotFound."""
    known_row(house, here, ask)
    kept = file_at(house.private, file) if file in {one.file for one in photos_of(house, ask)} else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept)


@router.post(f"{STAFF}/photos/{{file}}/erase")
def erase(request: Request, house: TheHouse, here: Here, ask: UUID, file: UUID, typed: Form) -> Response:
    """Erases a photo that shows what it must not, for good."""

    def command() -> int:
        reason = typed.required(f"photo_reason_{file}")
        typed.settle()
        return commands.erase_photo(house.office, house.private, here.by(typed), ask, file, reason)

    return _step(request, house, here, ask, typed, _("照片已删除。"), command)


@router.post(f"{STAFF}/answer")
@router.post(f"{UNIT}/answer")
def answer(request: Request, house: TheHouse, here: Answering, ask: UUID, typed: Form) -> Response:
    """Answers, or replaces an answer that is not approved yet; photos that were fine stay when it comes back."""
    row = known_row(house, here, ask)
    held = held_photos(house, here.actor.account, typed, most=MOST_PHOTOS)
    kept = [one for one in photos_of(house, ask) if str(one.file) in typed.texts("keep")]
    try:
        position = _record(house, here, row, typed, held, kept)
    except Refused as refused:
        around = _around(request, house, here, row, held)
        return again(request, "asks/one.html", typed, refused, **around)
    return done(request, position, address(request, here, ask), _("答复已提交。"))


@router.post(f"{STAFF}/send-back")
def send_back(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Sends the answer back with a reason, and until when."""
    row = known_row(house, here, ask)
    try:
        due_on = forms.optional_date(typed, "due_on")
        typed.settle()
        position = commands.send_back_ask(house.office, here.by(typed), ask, typed.text("reason"), due_on)
    except Refused as refused:
        return again(request, "asks/one.html", typed, refused, **_around(request, house, here, row))
    return done(request, position, address(request, here, ask), _("已退回重报。"))


@router.post(f"{STAFF}/approve")
def approve(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Approves the answer; what was ticked goes into next year's file."""
    row = known_row(house, here, ask)
    try:
        chosen = _chosen(typed, row, house, here)
        position = commands.approve_ask(house.office, here.by(typed), ask, matters=chosen)
    except Refused as refused:
        return again(request, "asks/one.html", typed, refused, **_around(request, house, here, row))
    said = _("已认可，项目公开页已更新。") if row.project else _("已认可。")
    if chosen:
        said += _("%(n)s 件事项已转入 %(year)s 年建议。", n=len(chosen), year=row.year + 1)
    return done(request, position, address(request, here, ask), said)


@router.post(f"{STAFF}/urge")
def urge(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Reminds the addressee; back to the list it was asked from."""
    row = known_row(house, here, ask)
    position = commands.urge_ask(house.office, here.by(typed), ask, typed.text("words"))
    there = f"/staff/{here.congress.slug}/asks?year={row.year}" if typed.text("from") else address(request, here, ask)
    return done(request, position, there, _("已催办，答复单位会在任务页看到。"))


@router.post(f"{STAFF}/escalate")
def escalate(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Takes an overdue ask a step up by hand."""
    return _step(
        request,
        house,
        here,
        ask,
        typed,
        _("已提级督办。"),
        lambda: commands.escalate_ask(house.office, here.by(typed), ask, typed.text("to")),
    )


@router.post(f"{STAFF}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """The ask needs no answer any more."""

    def command() -> int:
        reason = typed.required("withdrawn_because")
        typed.settle()
        return commands.withdraw_ask(house.office, here.by(typed), ask, reason)

    return _step(request, house, here, ask, typed, _("已撤回，不必再答复。"), command)


def _step(
    request: Request, house: House, here: Place, ask: UUID, typed: Typed, said: str, command: Callable[[], int]
) -> Response:
    row = known_row(house, here, ask)
    try:
        position = command()
    except Refused as refused:
        return again(request, "asks/one.html", typed, refused, **_around(request, house, here, row))
    return done(request, position, address(request, here, ask), said)


def _record(
    house: House, here: Place, row: AskRow, typed: Typed, held: list[HeldPhoto], kept: Sequence[Attached]
) -> int:
    """Raises whatever is wrong with the photos together with what is wrong with the rest."""
    if row.kind == AskKind.RESULT:
        duty_list_on, replies = forms.optional_date(typed, "duty_list_on"), forms.read_replies(typed, row)
        typed.settle()
        said: dict[str, Any] = {"duty_list_on": duty_list_on, "remarks": typed.text("remarks"), "replies": replies}
        return commands.answer_result(house.office, here.by(typed), row.ask, **said)
    wrong = _take(house, here, typed, held, kept) if row.kind == AskKind.PROGRESS else []
    if wrong:
        raise WrongPhotos(said={"photos": " ".join(wrong)} | _also_wrong(typed, row))
    given = forms.read_answer(typed, row, (*kept, *attach(house, row.congress, held)))
    if given is None:
        raise NotFound(kind="ask", id=str(row.ask))
    return commands.answer_ask(house.office, here.by(typed), row.ask, given)


def _take(house: House, here: Place, typed: Typed, held: list[HeldPhoto], kept: Sequence[Attached]) -> list[str]:
    return take_photos(house, here.actor.account, typed, held, most=MOST_PHOTOS - len(kept))


def _also_wrong(typed: Typed, row: AskRow) -> dict[str, str]:
    try:
        forms.read_answer(typed, row)
    except WrongFields as refused:
        return errors_of(refused)
    return {}


def _chosen(typed: Typed, row: AskRow, house: House, here: Place) -> tuple[NextYearMatter, ...]:
    """The ticked matters in the words of whoever approves."""
    offered = context_matters(house, here, row)
    ticked = set(typed.texts("matter"))
    return tuple(
        NextYearMatter(
            kind=one.kind,
            place=one.place,
            title=typed.text(f"title_{one.code}") or one.title,
            content=typed.text(f"content_{one.code}") or one.content,
        )
        for one in offered
        if one.code in ticked
    )


def context_matters(house: House, here: Place, row: AskRow) -> list[NextYearMatter]:
    """What the summary offers for next year."""
    name = views.Offices(house, here).name(row.congress)
    return [one.matter for one in views.matters(row, views.shown(row, house.office.today(), name))]


def _around(request: Request, house: House, here: Place, row: AskRow, held: Sequence[HeldPhoto] = ()) -> dict[str, Any]:
    most = {"photos": MOST_PHOTOS, "mb": limits.PHOTO_BYTES // (1024 * 1024)}
    return {**context(request, house, here, row), "held": held, "most": most}


def photos_of(house: House, ask: UUID) -> tuple[Attached, ...]:
    """Those of the answer, as it is recorded."""
    state = house.office.state_of(ask, asks.evolve)
    return state.answer.photos if state and isinstance(state.answer, ProgressAnswer) else ()


def _filled(request: Request, house: House, here: Place, row: AskRow) -> Sheet:
    """The form with the last answer, or with what the system knows."""
    if row.answer is not None:
        return blank(request, **views.form_values(row))
    return blank(request, **(views.in_form(known_values(house, row)) if may_answer(here, row) else {}))
