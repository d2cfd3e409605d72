"""Who is asking, and in which congress: what every signed-in page starts from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy import Connection
from starlette.requests import Request

from application.office import By
from application.private import sign_ins
from domain.accounts import account as accounts
from domain.accounts.permissions import Act, Actor, ReadFromAbove, Role
from domain.accounts.second_factor import is_demanded
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import speak_of
from interfaces.web._base.tokens import SIGN_IN_COOKIE
from projections.congress_directory import (
    ListedCongress,
    all_congresses,
    congress_at,
    congresses_above,
    congresses_named,
    has_below,
)

OWN_PAGES: Final = "/account"
OFFICE_PAGES: Final = "/staff/"


class SignInNeeded(Exception):
    """Nobody is signed in: the browser is sent to the sign-in page and back."""


class SecondFactorNeeded(Exception):
    """The installation demands a second factor for a role of the person, who has none: first it is set up."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A signed-in person."""

    actor: Actor
    login: str

    def by(self, typed: Typed) -> By:
        """The person and the key of the form: what every command asks for.

        A form that was changed after going back is another command, though its key is the old one.
        """
        return By(actor=self.actor, key=f"{typed.key}/{typed.fingerprint}" if typed.key else "")

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers the whole installation."""
        return self.actor.may(Act.MANAGE_ACCOUNTS, None)


@dataclass(frozen=True, kw_only=True)
class Place(Seat):
    """A signed-in person at the desk of one congress."""

    congress: ListedCongress
    read_from: ListedCongress | None = None
    """The upper congress from whose office this one is being read; None for those who belong here."""
    has_below: bool = False
    """Whether other congresses stand under this one."""

    def may(self, act: Act) -> bool:
        """Whether the person may do it in this congress."""
        return self.actor.may(act, self.congress.id)

    @property
    def unit(self) -> UUID | None:
        """The unit the person answers for here."""
        return self.actor.unit_in(self.congress.id)

    @property
    def delegate(self) -> UUID | None:
        """The delegate the person is here."""
        return self.actor.delegate_in(self.congress.id)


def house_of(request: Request) -> House:
    """The installation that answers this request."""
    house: House = request.app.state.house
    return house


TheHouse = Annotated[House, Depends(house_of)]


def is_live_part(request: Request) -> bool:
    """Whether a part of a page asks by itself for what is new (htmx says so): nobody does anything with it.

    Such parts keep no sign-in alive, or a screen that shows the attendance would stay signed in over night.
    """
    return "hx-request" in request.headers


def seated(request: Request, house: TheHouse) -> Seat:
    """The person who is signed in, with the roles held at this moment.

    Raises SignInNeeded, or SecondFactorNeeded outside of the own account's pages.
    """
    token, used = request.cookies.get(SIGN_IN_COOKIE, ""), not is_live_part(request)
    account = sign_ins.account_of(house.private, token, house.office.now(), house.endurance, used=used)
    state = house.office.state_of(account, accounts.evolve) if account else None
    if account is None or state is None or state.disabled:
        raise SignInNeeded
    demanded = not state.second_factor and is_demanded(state.grants, house.settings.roles_with_second_factor)
    if demanded and not request.url.path.startswith(f"{OWN_PAGES}/") and request.url.path != OWN_PAGES:
        raise SecondFactorNeeded
    seat = Seat(actor=state.actor(account), login=state.login)
    request.state.seat = seat
    return seat


Seated = Annotated[Seat, Depends(seated)]


def placed(request: Request, house: TheHouse, seat: Seated, slug: Annotated[str, Path()]) -> Place:
    """The person at the congress of the address. Raises NotFound for one where they hold no role."""
    with house.reading.connect() as connection:
        congress = congress_at(connection, slug)
        above = read_from(connection, seat.actor, congress) if congress and _is_of_the_office(request) else None
        under = congress is not None and has_below(connection, congress.id)
    belongs = congress is not None and (seat.is_administrator or congress.id in seat.actor.congresses())
    if congress is None or not (belongs or above):
        raise NotFound(kind="congress", id=slug)
    speak_of(congress.level)
    if above and request.method != "GET":
        if not belongs:
            raise ReadFromAbove(congress=congress.short_name)
        above = None
    actor = replace(seat.actor, below=congress.id) if above else seat.actor
    place = Place(actor=actor, login=seat.login, congress=congress, read_from=above, has_below=under)
    request.state.seat = place
    return place


def read_from(connection: Connection, actor: Actor, congress: ListedCongress) -> ListedCongress | None:
    """The nearest upper congress whose office the actor reads, where the congress's own is not open already."""
    if actor.may(Act.READ_OFFICE, congress.id):
        return None
    return next((one for one in congresses_above(connection, congress) if actor.reads_below((one.id,))), None)


def open_from_above(actor: Actor, known: Sequence[ListedCongress]) -> set[UUID]:
    """Of all congresses there are, those whose office the actor reads from an upper one."""
    parents = {congress.id: congress.parent for congress in known}

    def above(congress: UUID) -> Iterator[UUID]:
        parent = parents.get(congress)
        while parent is not None:
            yield parent
            parent = parents.get(parent)

    return {congress.id for congress in known if actor.reads_below(above(congress.id))}


def _is_of_the_office(request: Request) -> bool:
    """From above one reads the office alone, not what units, delegates and scrutineers have before them."""
    return request.url.path.startswith(OFFICE_PAGES)


Here = Annotated[Place, Depends(placed)]


def needing(act: Act) -> Callable[[Place], Place]:
    """A place where the person may do this; to be used as `Annotated[Place, Depends(needing(Act.X))]`.

    The dependency raises NotPermitted. Commands check for themselves: this is for pages that only show.
    """

    def checked(here: Here) -> Place:
        if not here.may(act):
            raise NotPermitted(act=act.value)
        return here

    return checked


OfficeReader = Annotated[Place, Depends(needing(Act.READ_OFFICE))]
CandidateReader = Annotated[Place, Depends(needing(Act.READ_CANDIDATES))]


def congresses_of(house: House, seat: Seat, roles: tuple[Role, ...] = tuple(Role)) -> list[ListedCongress]:
    """The congresses in which the person holds one of these roles, in the order of founding."""
    with house.reading.connect() as connection:
        if seat.is_administrator and Role.ADMINISTRATOR in roles:
            return all_congresses(connection)
        return congresses_named(connection, seat.actor.congresses(roles))
