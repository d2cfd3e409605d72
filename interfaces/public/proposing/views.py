"""What the form, and the page instead of it, show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.requests import Request

from domain.proposals.call import YEARS, Channel
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_PLACE, LONGEST_TITLE
from domain.proposals.proposal import ProposalForm, ProposalReceived
from domain.shared import NotFound, normal_code
from interfaces.composition import House
from interfaces.public.lists.views import congress as congress_of
from interfaces.public.proposing.categories import categories
from interfaces.public.proposing.forms import channel_of, form_of
from interfaces.uploads import limits
from interfaces.web._base.forms import Sheet, Typed
from projections import calls, houses, proposal_register
from projections.calls import CallRow
from projections.congress_directory import ListedCongress
from projections.houses import HouseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which form somebody has come to, and how."""

    congress: ListedCongress
    year: int
    form: ProposalForm
    via: str
    by_house: HouseRow | None
    large: bool

    @property
    def way(self) -> tuple[Channel, HouseRow | None]:
        """The channel of what is sent from here."""
        return channel_of(self.via, self.by_house), self.by_house

    @property
    def root(self) -> str:
        """Where the year's public pages lie."""
        return f"/{self.congress.slug}/{self.year}"

    def address(self, *, form: ProposalForm | None = None, large: bool | None = None) -> str:
        """Where it is, or the other form, or the other size of type; how somebody came stays in it."""
        parts = []
        if self.by_house is not None:
            parts.append(f"house={self.by_house.code}")
        elif self.via:
            parts.append(f"via={self.via}")
        if (form or self.form) is ProposalForm.UNIT:
            parts.append("form=unit")
        if self.large if large is None else large:
            parts.append("view=large")
        return f"{self.root}/propose" + (f"?{'&'.join(parts)}" if parts else "")


def asked(conn: Connection, request: Request, slug: str, year: int, typed: Typed | None = None) -> Asked:
    """From the address, and from the form that was sent. Raises NotFound for an address that is no congress's."""
    query = request.query_params
    congress = congress_of(conn, slug)
    if year not in YEARS:
        raise NotFound(kind="page", id=str(year))
    code = normal_code(query.get("house", "")[:20])
    by_house = houses.house_by_code(conn, code) if code else None
    if by_house is not None and (by_house.congress != congress.id or not by_house.is_open):
        by_house = None
    return Asked(
        congress=congress,
        year=year,
        form=form_of(typed.text("form") if typed else query.get("form", "")),
        via="qr" if query.get("via") == "qr" else "",
        by_house=by_house,
        large=query.get("view") == "large",
    )


def closed(conn: Connection, asked: Asked, today: date) -> dict[str, Any] | None:
    """Why nobody can propose here today; None while the call is open on this way."""
    call = calls.call_of(conn, asked.congress.id, asked.year)
    channel, _house = asked.way
    if call is not None and call.is_open(today) and channel.value in call.channels:
        return None
    return {
        "congress": asked.congress,
        "asked": asked,
        "call": call,
        "why": _why(call, today),
        "current": calls.current_call(conn, asked.congress.id, today),
        "shown": proposal_register.shown_count(conn, asked.congress.id, asked.year),
    }


def form_context(conn: Connection, asked: Asked, contact_days: int) -> dict[str, Any]:
    """What the form shows beside what is typed. Raises NotFound for a year without a call."""
    call = calls.call_of(conn, asked.congress.id, asked.year)
    if call is None:
        raise NotFound(kind="call", id=str(asked.year))
    return {
        "congress": asked.congress,
        "asked": asked,
        "call": call,
        "categories": [(one, one) for one in categories(conn, asked.congress.id)],
        "contact_days": contact_days,
        "most": {
            "title": LONGEST_TITLE,
            "content": LONGEST_CONTENT,
            "place": LONGEST_PLACE,
            "photos": limits.PHOTOS,
            "photo_mb": limits.PHOTO_BYTES // (1024 * 1024),
        },
    }


def with_told(fact: ProposalReceived, told: Mapping[str, Any]) -> ProposalReceived:
    """The fact with its photos and the identity of the contact data."""
    return replace(fact, **told)


def unchanged(request: Request, typed: Typed) -> Sheet:
    """The form as it was typed, with nothing wrong."""
    return Sheet(request=request, typed=typed.data)


def has_files(typed: Typed) -> bool:
    """Whether photos came with the form."""
    return any(isinstance(one, UploadFile) and one.filename for one in typed.data.getlist("photos"))


def named(house: House, alike: Any) -> list[tuple[Any, Any, str]]:
    """Shown proposals with their support and the names they have in addresses."""
    return [(row, index, house.seals.public_name(row.proposal)) for row, index in alike]


def _why(call: CallRow | None, today: date) -> str:
    if call is None:
        return "none"
    if today < call.opens_on:
        return "early"
    return "late" if today > call.closes_on else "other_ways"
