"""The key ceremony at the scrutineers' table: the browser makes the key, the server learns its public half."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.polls import key_ceremony as commands
from domain.polls.key_ceremony import DEFAULT_SHARES, DEFAULT_THRESHOLD, PollNotSealed, combinations_of, known_key
from domain.polls.poll import PollStage, in_stage
from domain.polls.share import MOST_SHARES
from domain.shared import Refused
from interfaces.web._base.asking import Here, TheHouse
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.desk import PollDesk, around
from interfaces.web.polls.names import names, roll_of
from interfaces.web.scrutineer import key_words
from interfaces.web.scrutineer.table import at_table

router = APIRouter()

MAKE: Final = "scrutineer/key_make.html"
TRY: Final = "scrutineer/key_try.html"


@router.get("/scrutineer/{slug}/polls/{poll}/key")
def key(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The key as it is known here: who holds shares, whether it was tried."""
    desk = _sealed(at_table(house, here, poll))
    return page(request, "scrutineer/key.html", PollStage=PollStage, **key_page(desk))


@router.get("/scrutineer/{slug}/polls/{poll}/key/new")
def making(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Where the browser makes the key; nothing is sent before every holder has a share."""
    desk = _sealed(at_table(house, here, poll))
    in_stage(desk.state, PollStage.PREPARED)
    return page(request, MAKE, **_make_page(desk))


@router.post("/scrutineer/{slug}/polls/{poll}/key/new")
def make(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """Public key, threshold, holders and fingerprints of their shares; nothing else is read."""
    desk = at_table(house, here, poll)
    try:
        holders, threshold = ids_in(typed, "holders"), typed.integer("threshold")
        public_key, shares = typed.required("public_key"), typed.text("shares").split()
        typed.settle()
        position = commands.make_key(
            house.office,
            here.by(typed),
            poll,
            public_key=public_key,
            threshold=threshold,
            holders=holders,
            shares=shares,
        )
    except Refused as refused:
        return again(request, MAKE, typed, refused, **_make_page(desk))
    return done(request, position, f"{desk.root}/key/trial", _("公钥已登记。请各保管人带回份额，当场试开。"))


@router.get("/scrutineer/{slug}/polls/{poll}/key/trial")
def trying(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Every holder brings the share back before the vote may open."""
    desk = _sealed(at_table(house, here, poll))
    known_key(in_stage(desk.state, PollStage.PREPARED))
    return page(request, TRY, **key_page(desk))


@router.post("/scrutineer/{slug}/polls/{poll}/key/trial")
def try_(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The browser opened a test ballot with every combination."""
    desk = at_table(house, here, poll)
    try:
        tried, combinations = typed.required("key"), typed.integer("combinations")
        typed.settle()
        position = commands.try_key(house.office, here.by(typed), poll, key=tried, combinations=combinations)
    except Refused as refused:
        return again(request, TRY, typed, refused, **key_page(desk))
    return done(request, position, desk.root, _("试开成功，密钥可以使用。请各保管人把份额分开收好。"))


def ids_in(typed: Typed, field: str) -> list[UUID]:
    """Identities one after the other, or ticked one by one; what is none is noted as wrong."""
    found = []
    for text in " ".join(typed.texts(field)).split():
        try:
            found.append(UUID(text))
        except ValueError:
            typed.wrong(field, "choice", text)
    return found


def key_page(desk: PollDesk) -> dict[str, Any]:
    """A page of the poll with its key, its holders by name, and the fingerprints."""
    roll = roll_of(desk.house.office, desk.here.congress.id)
    found = desk.state.key
    holders = []
    if found is not None:
        named = names(roll, found.holders)
        holders = list(zip(found.holders, named, found.shares, strict=True))
    return around(desk, roll) | {
        "key": found,
        "holders": holders,
        "combinations": combinations_of(found) if found else 0,
        "holder_options": [(holder, name) for holder, name, _share in holders],
        "words": key_words.said(),
    }


def _sealed(desk: PollDesk) -> PollDesk:
    if not desk.state.is_sealed:
        raise PollNotSealed
    return desk


def _make_page(desk: PollDesk) -> dict[str, Any]:
    context = key_page(desk)
    everybody = [one for one in (desk.state.chief, *desk.state.scrutineers) if one is not None]
    named = names(roll_of(desk.house.office, desk.here.congress.id), everybody)
    people = [
        (one, name, place < DEFAULT_SHARES) for place, (one, name) in enumerate(zip(everybody, named, strict=True))
    ]
    return context | {
        "people": people,
        "most": min(MOST_SHARES, len(people)),
        "default_threshold": min(DEFAULT_THRESHOLD, max(1, len(people))),
    }
