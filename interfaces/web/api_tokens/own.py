"""One's own API tokens: made, shown once, revoked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import api_tokens as commands
from application.private import token_secrets
from domain.accounts.api_token import LONGEST_NAME
from domain.accounts.scopes import Scope
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Seat, Seated, TheHouse, congresses_of
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.api_tokens import words
from projections.api_tokens import token_named, tokens_of
from projections.congress_directory import all_congresses

router = APIRouter()

ROOT = "/account/tokens"
USUAL_LIFE = timedelta(days=90)


@router.get(ROOT)
def own(request: Request, house: TheHouse, seat: Seated) -> Response:
    """All tokens of the account."""
    with house.reading.connect() as connection:
        listed = tokens_of(connection, seat.actor.account)
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    return page(
        request,
        "api_tokens/own.html",
        tokens=listed,
        congress_names=names,
        used=token_secrets.last_used(house.private, [token.id for token in listed]),
        today=house.office.today(),
        told=words.told,
        state_of=words.state_of,
    )


@router.get(f"{ROOT}/new")
def new(request: Request, house: TheHouse, seat: Seated) -> Response:
    """The form for a token."""
    form = blank(request, expires_on=house.office.today() + USUAL_LIFE)
    return page(request, "api_tokens/new.html", form=form, **_choices(house, seat))


@router.post(f"{ROOT}/new")
def issue(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """A token on the screen, once: its secret is nowhere else."""
    by = seat.by(typed)
    token = house.office.new_id(by, "token")
    try:
        name, expires_on = typed.required("name"), typed.date("expires_on")
        congress = typed.id("congress") if typed.text("congress") else None
        typed.settle()
        position, secret = commands.issue_token(
            house.office,
            house.private,
            by,
            token,
            name=name,
            congress=congress,
            scopes=_scopes(seat, typed),
            expires_on=expires_on,
        )
    except Refused as refused:
        return again(request, "api_tokens/new.html", typed, refused, **_choices(house, seat))
    house.followers.wait_for(position)
    return page(request, "api_tokens/shown.html", name=name, secret=secret, expires_on=expires_on, root=ROOT)


@router.post(f"{ROOT}/{{token}}/revoke")
def revoke(request: Request, house: TheHouse, seat: Seated, token: UUID, typed: Form) -> Response:
    """The token can no longer be used."""
    with house.reading.connect() as connection:
        known = token_named(connection, token)
    if known is None or known.account != seat.actor.account:
        raise NotFound(kind="api_token", id=str(token))
    position = commands.revoke_token(house.office, house.private, seat.by(typed), token)
    return done(request, position, ROOT, _("令牌“%(name)s”已撤销，用它的程序不能再进来。", name=known.name))


def _scopes(seat: Seat, typed: Typed) -> tuple[Scope, ...]:
    found: list[Scope] = []
    for concept, reaches in words.offered(seat.actor).items():
        reach = typed.text(f"reach_{concept}")
        if reach in reaches:
            found.extend(words.scopes_of(concept, reach))
    return tuple(found)


def _choices(house: House, seat: Seat) -> dict[str, Any]:
    congresses = congresses_of(house, seat)
    return {
        "congress_options": [(congress.id, congress.name) for congress in congresses],
        "offered": words.offered(seat.actor),
        "concept_words": words.CONCEPTS,
        "reach_words": words.REACHES,
        "longest_name": LONGEST_NAME,
        "root": ROOT,
    }
