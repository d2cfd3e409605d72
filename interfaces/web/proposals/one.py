"""One proposal with everything needed to decide on it: text, photos, way, near-duplicates, and every decision."""

from typing import Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from application.private.contacts import contact_of
from application.private.files import file_at
from application.proposals.support import SUPPORTABLE
from domain.accounts.permissions import Act, ReadFromAbove
from domain.proposals.call import Channel
from domain.proposals.proposal import DeclineReason, Outcome
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.uploads.serving import file_response
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.pages import page
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.desk import (
    STAFF,
    UNIT,
    ProposalReader,
    known_proposal,
    root_of,
    shown_row,
    unit_choices,
)
from interfaces.web.proposals.way import Step, way_of
from interfaces.web.proposals.words import DECLINE_REASONS, FORMS, OUTCOMES, STATES, TAGS
from projections import asks_board, proposal_register
from projections.congress_directory import all_congresses
from projections.congress_register import units_of
from projections.houses import house_at
from projections.proposal_register import OPEN, ProposalRow
from projections.proposal_register.likeness import Like, like
from projections.proposal_register.voices import voices_of
from projections.roll import delegate_at

router = APIRouter()

TAKERS = (OPEN, Outcome.BECAME_CANDIDATE.value)
"""What can take others in."""


class Source(NamedTuple):
    """Who brought the proposal, by name."""

    unit: str
    delegate: str
    house: str


@router.get(f"{STAFF}/{{proposal}}")
@router.get(f"{UNIT}/{{proposal}}")
def one(request: Request, house: TheHouse, here: ProposalReader, proposal: UUID) -> Response:
    """Everything about it, and what may be done."""
    return page(request, "proposals/one.html", **context(request, house, here, proposal))


@router.get(f"{STAFF}/{{proposal}}/photos/{{file}}")
@router.get(f"{UNIT}/{{proposal}}/photos/{{file}}")
def photo(house: TheHouse, here: ProposalReader, proposal: UUID, file: UUID) -> Response:
    """A photo that came with it; not for the upper level, as it may show people and homes.

    Raises NotFound or ReadFromAbove.
    """
    if here.read_from is not None:
        raise ReadFromAbove(congress=here.congress.short_name)
    state = known_proposal(house, here, proposal)
    kept = file_at(house.private, file) if file in {one.file for one in state.photos} else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept)


def context(request: Request, house: House, here: Place, proposal: UUID) -> dict[str, Any]:
    """What the page shows; also when a decision on it was refused."""
    state = known_proposal(house, here, proposal)
    find = request.query_params.get("find", "").strip()[:200]
    with house.reading.connect() as conn:
        row = shown_row(conn, here, proposal)
        entered = proposal_register.place_in_line(conn, proposal)
        likes = like(conn, row, entered) if row.outcome is None else []
        found = _found(conn, row, find) if find and row.outcome is None else []
        related = _related(conn, row)
        shown = {
            "source": _source(conn, row),
            "voices": voices_of(conn, [proposal])[proposal],
            "steps": way(conn, row),
            "next_open": proposal_register.next_open(conn, here.congress.id, row.year, entered),
            "units": unit_choices(conn, here),
            "congresses": [(one.id, one.name) for one in all_congresses(conn) if one.id != here.congress.id],
        }
    may_read = here.may(Act.READ_CONTACTS)
    return {
        **shown,
        **related,
        "row": row,
        "state": state,
        "likes": _takers_first(likes),
        "find": find,
        "found": found,
        "contact": contact_of(house.private, state.contact) if may_read and state.contact else None,
        "may_read_contact": may_read,
        "may_decide": here.may(Act.DECIDE_PROPOSALS),
        "may_screen": here.may(Act.SCREEN),
        "may_count": here.may(Act.RECEIVE_PROPOSALS) and state.outcome in SUPPORTABLE,
        "channels": CHANNELS,
        "forms": FORMS,
        "outcomes": OUTCOMES,
        "states": STATES,
        "tags": TAGS,
        "open_state": OPEN,
        "takers": TAKERS,
        "decline_reasons": [(code.value, DECLINE_REASONS[code]) for code in DeclineReason],
        "root": root_of(request, here),
    }


def _takers_first(likes: list[Like]) -> list[Like]:
    """Those that it can be merged into stand first; the others are told so that nothing is decided twice."""
    return sorted(likes, key=lambda one: (one.row.outcome or OPEN) not in TAKERS)


def _found(conn: Connection, row: ProposalRow, find: str) -> list[ProposalRow]:
    rows = proposal_register.proposals_of(conn, row.congress, row.year, words=find, limit=12)
    return [one for one in rows if one.proposal != row.proposal]


def _related(conn: Connection, row: ProposalRow) -> dict[str, Any]:
    named = [one for one in (row.into, row.origin, row.split_from) if one is not None]
    known = proposal_register.proposals_at(conn, named)
    return {
        "into": known.get(row.into) if row.into else None,
        "origin": known.get(row.origin) if row.origin else None,
        "summary": asks_board.ask(conn, row.origin) if row.origin and row.channel == Channel.SUMMARY else None,
        "split_from": known.get(row.split_from) if row.split_from else None,
        "merged": proposal_register.merged_into(conn, row.proposal),
        "parts": proposal_register.parts_of(conn, row.proposal),
        "onward": proposal_register.onward_of(conn, row.proposal),
    }


def _source(conn: Connection, row: ProposalRow) -> Source:
    units = {unit.id: unit.name for unit in units_of(conn, row.congress)} if row.unit else {}
    delegate = delegate_at(conn, row.congress, row.delegate) if row.delegate else None
    desk = house_at(conn, row.house) if row.house else None
    return Source(
        unit=units.get(row.unit, "") if row.unit else "",
        delegate=delegate.name if delegate else "",
        house=desk.name if desk else "",
    )


def way(conn: Connection, row: ProposalRow) -> list[Step]:
    """Its way so far, the newest step first."""
    fates = proposal_register.fates(conn, row.proposal)
    named = [UUID(fate.told[name]) for fate in fates for name in ("into", "proposal") if fate.told.get(name)]
    return way_of(row, fates, proposal_register.proposals_at(conn, named))
