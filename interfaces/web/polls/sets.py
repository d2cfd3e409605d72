"""The card sets and polls of a session: what was printed, printing one more, taking one out of use."""

from secrets import token_bytes
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import cards as commands
from domain.accounts.permissions import Act
from domain.congress import session as sessions
from domain.congress.session import Session
from domain.polls.card_set import PrintAs, SetName
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.documents.cards import CARDS_A_SHEET, CardSheets, card_sheets
from interfaces.documents.hall_sheets import HallPoster, hall_poster
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls import words
from interfaces.web.polls.downloads import pdf
from interfaces.web.polls.names import delegate_in, labels, roll_of
from projections.card_shelf import sets_of
from projections.poll_board import polls_of_session

router = APIRouter()

SPARE = 20
"""One card in so many is printed beyond the roll, for spoiled ones."""

OfficeReader = Annotated[Place, Depends(needing(Act.READ_OFFICE))]
Printer = Annotated[Place, Depends(needing(Act.PRINT_CARDS))]


@router.get("/staff/{slug}/sessions/{session}/polls")
def polls(request: Request, house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The card sets and the polls of a session."""
    return page(request, "polls/session.html", **_session_page(house, here, session))


@router.get("/staff/{slug}/sessions/{session}/polls/cards")
def new_set(request: Request, house: TheHouse, here: Printer, session: UUID) -> Response:
    """The form for one more set, filled in."""
    convened = session_here(house, here, session)
    with house.reading.connect() as connection:
        printed = sets_of(connection, session)
    number = max((one.number for one in printed), default=0) + 1
    on_roll = roll_of(house.office, here.congress.id).all_delegates
    form = blank(
        request,
        number=number,
        colour=words.COLOURS[number % len(words.COLOURS)][0],
        word=words.WORDS[(number - 1) % len(words.WORDS)],
        cards=on_roll + -(-on_roll // SPARE),
        print_as=PrintAs.ADDRESS,
    )
    return page(request, "polls/print.html", form=form, **_print_page(house, here, session, convened))


@router.post("/staff/{slug}/sessions/{session}/polls/cards")
def print_set(request: Request, house: TheHouse, here: Printer, typed: Form, session: UUID) -> Response:
    """The sheets of a new set, as the answer to this request and never again."""
    convened = session_here(house, here, session)
    try:
        sheets = _print(house, here, typed, session, convened)
    except Refused as refused:
        return again(request, "polls/print.html", typed, refused, **_print_page(house, here, session, convened))
    name = _(
        "票卡 %(colour)s%(word)s 第%(n)s套", colour=sheets.name.colour, word=sheets.name.word, n=sheets.name.number
    )
    return pdf(card_sheets(sheets), f"{name}.pdf")


@router.get("/staff/{slug}/sessions/{session}/polls/poster.pdf")
def poster(house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The one code on the hall wall that opens the ballot page; it holds no card and is the same for everybody."""
    return hall_wall(house, here, session)


@router.post("/staff/{slug}/sessions/{session}/polls/cards/{number}/discard")
def discard(request: Request, house: TheHouse, here: Printer, typed: Form, session: UUID, number: int) -> Response:
    """Takes a set that no poll uses out of use."""
    session_here(house, here, session)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = commands.discard_card_set(house.office, here.by(typed), session, number, reason)
    except Refused as refused:
        context = _session_page(house, here, session) | {"discarding": number}
        return again(request, "polls/session.html", typed, refused, **context)
    url = f"/staff/{here.congress.slug}/sessions/{session}/polls"
    return done(request, position, url, _("第%(n)s套票卡已停用。", n=number))


def hall_wall(house: House, here: Place, session: UUID) -> Response:
    """The poster of a session of this congress. Raises NotFound."""
    convened = session_here(house, here, session)
    page_of_ballots = f"{house.settings.public_url.rstrip('/')}/v"
    poster_of = HallPoster(session=convened.title, poll="", ballot_page=page_of_ballots)
    return pdf(hall_poster(poster_of), _("会场二维码.pdf"))


def session_here(house: House, here: Place, session: UUID) -> Session:
    """A session of this congress. Raises NotFound."""
    convened = house.office.state_of(session, sessions.evolve)
    if convened is None or convened.congress != here.congress.id:
        raise NotFound(kind="session", id=str(session))
    return convened


def _print(house: House, here: Place, typed: Typed, session: UUID, convened: Session) -> CardSheets:
    roll = roll_of(house.office, here.congress.id)
    colour = typed.required("colour")
    if colour not in dict(words.COLOURS):
        typed.wrong("colour", "colour", colour)
    name = SetName(colour=colour, word=typed.required("word"), number=typed.integer("number"))
    count, print_as = typed.integer("cards"), typed.choice("print_as", PrintAs)
    present = [delegate_in(typed, field, roll) for field in ("present_1", "present_2")]
    typed.settle()
    _, secrets = commands.print_card_set(
        house.office,
        here.by(typed),
        session,
        name=name,
        print_as=print_as,
        cards=count,
        per_sheet=CARDS_A_SHEET,
        present=present,
        randomness=token_bytes,
    )
    return CardSheets(
        session=convened.title,
        name=name,
        print_as=print_as,
        address=house.settings.public_url,
        secrets=tuple(secrets),
        rehearsal=convened.is_rehearsal,
    )


def _session_page(house: House, here: Place, session: UUID) -> dict[str, Any]:
    convened = session_here(house, here, session)
    with house.reading.connect() as connection:
        printed, polls = sets_of(connection, session), polls_of_session(connection, session)
    return {
        "session": convened,
        "session_root": _session_root(here, session),
        "polls_root": f"/staff/{here.congress.slug}/polls",
        "sets": printed,
        "polls": polls,
        "poll_titles": {poll.id: poll.title for poll in polls},
        "stage_words": words.STAGES,
        "again_words": words.AGAIN,
        "stage_kinds": words.STAGE_KINDS,
        "discarding": None,
        "Act": Act,
    }


def _print_page(house: House, here: Place, session: UUID, convened: Session) -> dict[str, Any]:
    roll = roll_of(house.office, here.congress.id)
    return {
        "session": convened,
        "session_root": _session_root(here, session),
        "colours": words.COLOURS,
        "people": labels(roll),
        "on_roll": roll.all_delegates,
        "per_sheet": CARDS_A_SHEET,
    }


def _session_root(here: Place, session: UUID) -> str:
    return f"/staff/{here.congress.slug}/sessions/{session}"
