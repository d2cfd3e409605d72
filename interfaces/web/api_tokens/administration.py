"""The administrator's list of API tokens: of a congress, and of the installation."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import api_tokens as commands
from application.private import token_secrets
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, Seat, TheHouse
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import done, page
from interfaces.web._base.paging import pager
from interfaces.web.accounts.places import CongressDesk, Desk
from interfaces.web.api_tokens import words
from projections.accounts import accounts_named
from projections.api_tokens import ListedToken, all_tokens, tokens_reaching
from projections.congress_directory import all_congresses

router = APIRouter()

HERE = "/staff/{slug}/accounts/tokens"
EVERYWHERE = "/staff/accounts/tokens"


@router.get(HERE)
def of_congress(request: Request, house: TheHouse, here: CongressDesk) -> Response:
    """The tokens made for the congress."""
    return _list(request, house, here)


@router.get(EVERYWHERE)
def of_installation(request: Request, house: TheHouse, seat: Desk) -> Response:
    """Every token."""
    return _list(request, house, seat)


@router.post(f"{HERE}/{{token}}/revoke")
def revoke_in_congress(request: Request, house: TheHouse, here: CongressDesk, token: UUID, typed: Form) -> Response:
    """The token can no longer be used."""
    return _revoke(request, house, here, token, typed)


@router.post(f"{EVERYWHERE}/{{token}}/revoke")
def revoke_in_installation(request: Request, house: TheHouse, seat: Desk, token: UUID, typed: Form) -> Response:
    """The token can no longer be used."""
    return _revoke(request, house, seat, token, typed)


def _list(request: Request, house: House, seat: Seat) -> Response:
    listed = _tokens(house, seat)
    pages = pager(request, len(listed))
    shown = listed[pages.offset : pages.offset + pages.per_page]
    with house.reading.connect() as connection:
        holders = accounts_named(connection, {token.account for token in shown})
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    return page(
        request,
        "api_tokens/all.html",
        tokens=shown,
        pager=pages,
        holders=holders,
        congress_names=names,
        everywhere=not isinstance(seat, Place),
        used=token_secrets.last_used(house.private, [token.id for token in shown]),
        today=house.office.today(),
        told=words.told,
        state_of=words.state_of,
        root=_root(seat),
    )


def _revoke(request: Request, house: House, seat: Seat, token: UUID, typed: Typed) -> Response:
    known = next((one for one in _tokens(house, seat) if one.id == token), None)
    if known is None:
        raise NotFound(kind="api_token", id=str(token))
    position = commands.revoke_token(house.office, house.private, seat.by(typed), token)
    return done(request, position, _root(seat), _("令牌“%(name)s”已撤销，用它的程序不能再进来。", name=known.name))


def _tokens(house: House, seat: Seat) -> list[ListedToken]:
    with house.reading.connect() as connection:
        return tokens_reaching(connection, seat.congress.id) if isinstance(seat, Place) else all_tokens(connection)


def _root(seat: Seat) -> str:
    return f"/staff/{seat.congress.slug}/accounts/tokens" if isinstance(seat, Place) else EVERYWHERE
