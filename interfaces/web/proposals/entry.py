"""Typing in what came on paper, by telephone, by letter or in a meeting: one after the other, at speed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.private.contacts import Contact
from application.proposals.receiving import receive_proposal
from domain.proposals.call import Channel
from domain.proposals.proposal import ProposalForm, ProposalReceived
from domain.shared import Refused, Year
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.desk import (
    STAFF,
    Receiver,
    chosen_year,
    contacts_left,
    house_choices,
    offered_categories,
    root_of,
    shown_row,
)
from interfaces.web.proposals.forms import read_suggestion
from interfaces.web.proposals.one import TAKERS
from interfaces.web.proposals.words import FORMS, STATES, TAGS
from projections import calls, proposal_register
from projections.proposal_register import OPEN
from projections.proposal_register.likeness import like
from projections.roll import delegates_of

router = APIRouter()

OFFERED = (Channel.PAPER, Channel.TELEPHONE, Channel.LETTER, Channel.MEETING, Channel.VISIT, Channel.HOUSE)
KEPT = ("channel", "received_on", "place", "category", "house")
"""What stays in the form from one proposal to the next."""


@router.get(f"{STAFF}/new")
def new(request: Request, house: TheHouse, here: Receiver, year: int = 0) -> Response:
    """An empty form; after one was saved, with its code and what is near it."""
    given = request.query_params
    today = house.office.today()
    kept = {name: given.get(name, "")[:120] for name in KEPT}
    known = {**kept, "received_on": kept["received_on"] or today.isoformat(), "signatories": 1, "form": "person"}
    context = _context(request, house, here, year)
    if not kept["channel"]:
        known["channel"] = context["offered"][0][0] if context["offered"] else ""
    return page(request, "proposals/new.html", form=blank(request, **known), **context)


@router.post(f"{STAFF}/new")
def receive(request: Request, house: TheHouse, here: Receiver, typed: Form) -> Response:
    """Saves one and offers the next, or shows it."""
    by, year = here.by(typed), typed.integer("year")
    proposal = house.office.new_id(by, "proposal")
    try:
        fact = _read(house, here, by, typed)
        position = _received(house, by, proposal, fact, _contact(typed))
    except Refused as refused:
        return again(request, "proposals/new.html", typed, refused, **_context(request, house, here, year))
    root = root_of(request, here)
    if typed.text("then") == "show":
        return done(request, position, f"{root}/{proposal}", _("已录入。"))
    kept = {name: typed.text(name) for name in KEPT if typed.text(name)}
    address = urlencode({"year": year, **kept, "saved": str(proposal)})
    return done(request, position, f"{root}/new?{address}", "")


def _read(house: House, here: Place, by: By, typed: Typed) -> ProposalReceived:
    channel, received_on = typed.choice("channel", Channel), typed.date("received_on")
    signatories = typed.integer("signatories") if typed.text("signatories") else 1
    form = typed.choice("form", ProposalForm)
    said = read_suggestion(typed)
    for name in ("title", "content"):
        typed.required(name)
    if form is ProposalForm.UNIT:
        typed.required("unit_name")
    at_house = typed.id("house") if typed.text("house") else None
    delegate = typed.id("delegate") if typed.text("delegate") else None
    year = typed.integer("year")
    typed.settle()
    return ProposalReceived(
        congress=here.congress.id,
        year=Year(year),
        code="",
        form=form,
        channel=channel,
        received_on=received_on,
        suggestion=said,
        signatories=signatories,
        contact=None if _contact(typed).is_empty else house.office.new_id(by, "contact"),
        unit_name=typed.text("unit_name") if form is ProposalForm.UNIT else "",
        delegate=delegate if channel is Channel.VISIT else None,
        house=at_house if channel in {Channel.HOUSE, Channel.VISIT} else None,
    )


def _received(house: House, by: By, proposal: UUID, fact: ProposalReceived, who: Contact) -> int:
    left = {} if fact.contact is None else {fact.contact: who}
    with contacts_left(house, fact.congress, proposal, left):
        return receive_proposal(house.office, by, proposal, fact)


def _contact(typed: Typed) -> Contact:
    return Contact(name=typed.text("name"), phone=typed.text("phone"), address=typed.text("address"))


def _context(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
        call = calls.call_of(conn, here.congress.id, chosen)
        offered = [(one.value, CHANNELS[one]) for one in OFFERED if call is None or one.value in call.channels]
        delegates, _total = delegates_of(conn, here.congress.id)
        return {
            **_saved(request, conn, here),
            "year": chosen,
            "call": call,
            "offered": offered,
            "categories": offered_categories(conn, here, chosen),
            "houses": house_choices(conn, here),
            "delegates": [(one.id, f"{one.name}（{one.delegation}）") for one in delegates],
            "unit_forms": [(form, words) for form, words in FORMS.items()],
            "root": root_of(request, here),
            "channels": CHANNELS,
            "states": STATES,
            "tags": TAGS,
            "open_state": OPEN,
            "takers": TAKERS,
        }


def _saved(request: Request, conn: Any, here: Place) -> dict[str, Any]:
    """The one that was saved just now, with what is near it."""
    try:
        saved = UUID(request.query_params.get("saved", ""))
    except ValueError:
        return {"saved": None, "likes": []}
    row = shown_row(conn, here, saved)
    near = like(conn, row, proposal_register.place_in_line(conn, saved)) if row.outcome is None else []
    return {"saved": row, "likes": [one for one in near if (one.row.outcome or OPEN) in TAKERS][:3]}
