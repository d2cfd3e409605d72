"""Delegates' own proposals on their phones: bring one, and see what became of each."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from application.private.files import file_at
from application.proposals.receiving import receive_proposal
from domain.accounts.permissions import Act
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_PLACE, LONGEST_TITLE
from domain.proposals.proposal import tracking_code
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.public.proposing.categories import categories
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import WrongPhotos
from interfaces.uploads import file_response, limits
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, WrongFields, blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.delegate_proposals import views
from interfaces.web.delegate_proposals.forms import Source, read_own
from projections import houses, proposal_register
from projections.calls import CallRow
from projections.proposal_register import ProposalRow

router = APIRouter()

PATH = "/delegate/{slug}/proposals"

Proposing = Annotated[Place, Depends(needing(Act.PROPOSE))]


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: Proposing) -> Response:
    """What the delegate has brought, newest first."""
    with house.reading.connect() as conn:
        context = views.listed(request, conn, here, _rows(conn, here), house.office.today())
    return page(request, "delegate_proposals/list.html", root=_root(here), **context)


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Proposing) -> Response:
    """The form, or that there is no call yet."""
    with house.reading.connect() as conn:
        context = _form_context(conn, house, here)
    if context["call"] is None or here.delegate is None:
        return page(request, "delegate_proposals/closed.html", root=_root(here), is_delegate=here.delegate is not None)
    form = blank(request, source=Source.OWN, visited_on=house.office.today())
    return page(request, "delegate_proposals/new.html", form=form, held=[], **context)


@router.post(f"{PATH}/new")
def bring(request: Request, house: TheHouse, here: Proposing, typed: Form) -> Response:
    """Brings the proposal; photos that were fine stay when something else is wrong."""
    with house.reading.connect() as conn:
        context = _form_context(conn, house, here)
    call: CallRow | None = context["call"]
    if call is None:
        raise NotFound(kind="call", id="")
    held = held_photos(house, here.actor.account, typed)
    by = here.by(typed)
    proposal = house.office.new_id(by, "proposal")
    try:
        _check(house, here, typed, call, held)
        fact = read_own(house, here, typed, call.year, attach(house, here.congress.id, held))
        position = receive_proposal(house.office, by, proposal, fact)
    except Refused as refused:
        return again(request, "delegate_proposals/new.html", typed, refused, held=held, **context)
    code = tracking_code(proposal)
    return done(request, position, f"{_root(here)}/{proposal}", _("建议已提交，查询码 %(code)s。", code=code))


@router.get(f"{PATH}/{{proposal}}")
def one(request: Request, house: TheHouse, here: Proposing, proposal: UUID) -> Response:
    """One proposal of one's own, with its way up to the finished project."""
    with house.reading.connect() as conn:
        row = _own(conn, here, proposal)
        shown, steps = views.way(conn, row, house.office.today())
    state = house.office.state_of(proposal, proposals.evolve)
    photos = state.photos if state else ()
    return page(
        request, "delegate_proposals/one.html", one=shown, steps=steps, photos=photos, root=_root(here), row=row
    )


@router.get(f"{PATH}/{{proposal}}/photos/{{file}}")
def photo(house: TheHouse, here: Proposing, proposal: UUID, file: UUID) -> Response:
    """A photo of one's own proposal."""
    with house.reading.connect() as conn:
        _own(conn, here, proposal)
    state = house.office.state_of(proposal, proposals.evolve)
    kept = file_at(house.private, file) if state and any(one.file == file for one in state.photos) else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept)


def _check(house: House, here: Place, typed: Typed, call: CallRow, held: list[HeldPhoto]) -> None:
    """The photos that came with the form, together with whatever else is wrong. Raises WrongPhotos."""
    wrong = take_photos(house, here.actor.account, typed, held)
    if not wrong:
        return
    said = {"photos": " ".join(wrong)}
    try:
        read_own(house, here, typed, call.year)
    except WrongFields as refused:
        said |= errors_of(refused)
    raise WrongPhotos(said=said)


def _rows(conn: Connection, here: Place) -> list[ProposalRow]:
    if here.delegate is None:
        return []
    return proposal_register.brought_by(conn, here.congress.id, delegate=here.delegate)


def _own(conn: Connection, here: Place, proposal: UUID) -> ProposalRow:
    """Raises NotFound for what somebody else brought."""
    row = proposal_register.proposal_at(conn, proposal)
    if row is None or row.congress != here.congress.id or row.delegate is None or row.delegate != here.delegate:
        raise NotFound(kind="proposal", id=str(proposal))
    return row


def _form_context(conn: Connection, house: House, here: Place) -> dict[str, Any]:
    today = house.office.today()
    call = views.call_to_answer(conn, here, today)
    known = houses.houses_of(conn, here.congress.id)
    return {
        "call": call,
        "takes_visits": call is not None and Channel.VISIT in call.channels and today >= call.opens_on,
        "houses": [(one.house, one.name) for one in known],
        "categories": [(one, one) for one in categories(conn, here.congress.id)],
        "most": {
            "title": LONGEST_TITLE,
            "content": LONGEST_CONTENT,
            "place": LONGEST_PLACE,
            "photos": limits.PHOTOS,
            "photo_mb": limits.PHOTO_BYTES // 1024 // 1024,
        },
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}/proposals"
