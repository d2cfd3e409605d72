"""The form on which anybody proposes, and what is said once it was sent."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from application.office import By
from application.private import same_texts, supporters
from application.private.contacts import Contact, keep_contact
from application.private.turns import TooOften
from application.proposals.receiving import receive_proposal
from domain.accounts.permissions import RESIDENT
from domain.proposals import proposal as proposals
from domain.proposals.proposal import ProposalReceived, tracking_code
from domain.shared import Refused
from interfaces.composition import House
from interfaces.public import device, flood
from interfaces.public.flood import FormTooOld, SealedForm
from interfaces.public.proposing import views
from interfaces.public.proposing.forms import fact_of, plain_text
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import AlreadySent, AlreadySuggested, WrongPhotos
from interfaces.public.proposing.similar import shown_alike
from interfaces.public.proposing.views import Asked
from interfaces.public.tracking.views import Receipt, grouped, slip
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form, Typed, WrongFields, blank, errors_of, refilled
from interfaces.web._base.pages import page, retry_headers
from interfaces.web._base.sentences import status_of
from projections import proposal_register

router = APIRouter()

FORM: Final = "proposing/form.html"
_LOCATION: Final = {"Permissions-Policy": "camera=(), microphone=(), geolocation=(self), interest-cohort=()"}


@router.get("/{slug}/{year:int}/propose")
def propose(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The form, or why there is none today."""
    with house.reading.connect() as conn:
        asked = views.asked(conn, request, slug, year)
        if closed := views.closed(conn, asked, house.office.today()):
            return page(request, "proposing/closed.html", **closed)
        context = views.form_context(conn, asked, house.settings.contact_days)
    sealed = flood.give_out(house, _purpose(asked))
    form = blank(request, form=asked.form)
    return page(request, FORM, form=form, headers=_LOCATION, sealed=sealed, held=[], lost=False, alike=[], **context)


@router.post("/{slug}/{year:int}/propose")
def send(request: Request, house: TheHouse, slug: str, year: int, typed: Form) -> Response:
    """Takes the proposal in, or gives the form back with everything that was typed."""
    with house.reading.connect() as conn:
        asked = views.asked(conn, request, slug, year, typed)
    held: list[HeldPhoto] = []
    try:
        sealed = flood.taken_back(house, _purpose(asked), typed.text("sealed"))
    except FormTooOld as old:
        return _again(request, house, asked, typed, old, flood.give_out(house, _purpose(asked)), held)
    by = By(actor=RESIDENT, key=f"propose/{sealed.number}")
    proposal = house.office.new_id(by, "proposal")
    if _is_received(house, proposal):
        if _says_the_same(house, proposal, typed):
            return _sent(request, house, proposal)
        used = AlreadySent(code=grouped(tracking_code(proposal)))
        return _again(request, house, asked, typed, used, flood.give_out(house, _purpose(asked)), held)
    try:
        held = held_photos(house, sealed.holder, typed)
        worked = flood.is_work_done(sealed, typed.text("work"))
        flood.require_turn(house, request, asked.congress.id, worked=worked)
        fact, contact = _read(house, asked, typed, sealed, held)
        flood.require_human_pace(house, sealed)
        text = house.seals.hashed("text", plain_text(fact.suggestion.title, fact.suggestion.content))
        same = same_texts.same_text(house.private, asked.congress.id, text, house.office.now())
        if same not in (None, proposal):  # its own: pressed twice, and the lists do not show the first yet
            raise AlreadySuggested
        if not typed.ticked("seen"):
            with house.reading.connect() as conn:
                alike = shown_alike(conn, asked.congress.id, year, fact.suggestion)
            if alike:
                return _again(request, house, asked, typed, None, sealed, held, alike)
        position = _receive(house, by, proposal, fact, contact, held)
    except Refused as refused:
        return _again(request, house, asked, typed, refused, sealed, held)
    same_texts.note_text(house.private, asked.congress.id, text, proposal, house.office.now())
    if not house.followers.wait_for(position):
        return _slip_at_once(request, house, proposal, fact, has_contact=not contact.is_empty)
    return _sent(request, house, proposal)


def _read(
    house: House, asked: Asked, typed: Typed, sealed: SealedForm, held: list[HeldPhoto]
) -> tuple[ProposalReceived, Contact]:
    """What was typed and the photos that came with it. Raises WrongPhotos with all that is wrong."""
    wrong = take_photos(house, sealed.holder, typed, held)
    said = {"photos": " ".join(wrong)} if wrong else {}
    try:
        read = fact_of(house, typed, congress=asked.congress.id, year=asked.year, way=asked.way)
    except WrongFields as refused:
        if said:
            raise WrongPhotos(said={**errors_of(refused), **said}) from None
        raise
    if said:
        raise WrongPhotos(said=said)
    return read


def _receive(
    house: House, by: By, proposal: UUID, fact: ProposalReceived, contact: Contact, held: list[HeldPhoto]
) -> int:
    """Photos and contact data first: a fact must not name what is not there."""
    told: dict[str, Any] = {"photos": attach(house, fact.congress, held)}
    if not contact.is_empty:
        told["contact"] = house.office.new_id(by, "contact")
        keep_contact(house.private, told["contact"], fact.congress, contact, house.office.now())
    return receive_proposal(house.office, by, proposal, views.with_told(fact, told))


def _is_received(house: House, proposal: UUID) -> bool:
    with house.reading.connect() as conn:
        return proposal_register.proposal_at(conn, proposal) is not None


def _says_the_same(house: House, proposal: UUID, typed: Typed) -> bool:
    """Whether the form that comes back holds what it brought: who goes back and writes another must not lose it."""
    known = house.office.state_of(proposal, proposals.evolve)
    said = known.received.suggestion if known else None
    return said is None or plain_text(said.title, said.content) == plain_text(
        typed.text("title"), typed.text("content")
    )


def _sent(request: Request, house: House, proposal: UUID) -> Response:
    """To the slip with the code. The device that proposed has spoken: its voice is the proposal's own."""
    large = "?view=large" if request.query_params.get("view") == "large" else ""
    response = RedirectResponse(f"/t/{tracking_code(proposal)}/sent{large}", status_code=303)
    known = device.known_device(request)
    supporters.count_once(house.private, device.device_hash(house, known, proposal), house.office.now())
    device.remember(house, response, known)
    return response


def _slip_at_once(
    request: Request, house: House, proposal: UUID, fact: ProposalReceived, *, has_contact: bool
) -> Response:
    """Where the lists lag behind: what was recorded must not look as if it were lost."""
    code = tracking_code(proposal)
    receipt = Receipt(fact.congress, fact.year, code, fact.suggestion.title, fact.received_on, has_contact)
    with house.reading.connect() as conn:
        context = slip(conn, house, receipt)
    return page(request, "tracking/sent.html", **context)


def _again(
    request: Request,
    house: House,
    asked: Asked,
    typed: Typed,
    refused: Refused | None,
    sealed: SealedForm,
    held: list[HeldPhoto],
    alike: object = (),
) -> Response:
    """The form with everything in it; photos that were fine stay."""
    with house.reading.connect() as conn:
        context = views.form_context(conn, asked, house.settings.contact_days)
    form = refilled(request, typed, refused) if refused else views.unchanged(request, typed)
    return page(
        request,
        FORM,
        form=form,
        status=status_of(refused) if refused else 200,
        headers={**_LOCATION, **(retry_headers(refused) if refused else {})},
        sealed=sealed,
        held=held,
        lost=isinstance(refused, (TooOften, FormTooOld, AlreadySent)) and views.has_files(typed),
        alike=views.named(house, alike),
        **context,
    )


def _purpose(asked: Asked) -> str:
    return f"propose/{asked.congress.id}/{asked.year}"
