"""The scrutineers' table 监票: release cards, void them, close, look at the count, sign."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.polls import cards as card_commands
from application.polls import counting
from application.signing_in import WrongPassword, second_person
from domain.accounts.permissions import Act
from domain.polls import card_set as card_sets
from domain.polls.poll import PollStage
from domain.shared import Invalid, Refused
from interfaces.public.ballot.sentences import set_words
from interfaces.web._base.asking import Here, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls import steps, words
from interfaces.web.polls.desk import PollDesk, around
from interfaces.web.polls.names import roll_of
from interfaces.web.polls.reporting import grades, report, result
from interfaces.web.polls.reports import report_page, report_pdf
from interfaces.web.scrutineer import box, key
from interfaces.web.scrutineer.day import day_of
from interfaces.web.scrutineer.table import at_table, chiefs
from interfaces.web.scrutineer.views import next_step
from projections.poll_board import polls_of_scrutineer

router = APIRouter()
for part in (key, box):
    router.routes.extend(part.router.routes)


@router.get("/scrutineer/{slug}")
def polls(request: Request, house: TheHouse, here: Here) -> Response:
    """The polls whose chief scrutineer or scrutineer the person is."""
    here.actor.require(Act.SIGN_COUNT, here.congress.id)
    with house.reading.connect() as connection:
        delegate = here.delegate
        theirs = polls_of_scrutineer(connection, here.congress.id, delegate) if delegate else []
    return page(
        request,
        "scrutineer/list.html",
        polls=theirs,
        stage_words=words.STAGES,
        stage_kinds=words.STAGE_KINDS,
        root=f"/scrutineer/{here.congress.slug}/polls",
    )


@router.get("/scrutineer/{slug}/polls/{poll}")
def one(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The stages, what to do now, the numbers."""
    desk = at_table(house, here, poll)
    context = steps.with_numbers(request, desk)
    context |= {"next": next_step(desk, context["numbers"]), "stage_name": steps.stage_name(desk)}
    context["day"] = day_of(desk, context["numbers"])
    return page(request, "scrutineer/one.html", PollStage=PollStage, **context)


@router.get("/scrutineer/{slug}/polls/{poll}/numbers")
def numbers(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """What the page asks for again by itself."""
    return steps.numbers_again(request, at_table(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/release")
def releasing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Two people at one screen."""
    return page(request, "scrutineer/release.html", **_release_page(at_table(house, here, poll)))


@router.post("/scrutineer/{slug}/polls/{poll}/release")
def release(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The chief is signed in, or is the second person; the other one proves who they are here."""
    desk = at_table(house, here, poll)
    try:
        login, password = typed.required("login"), typed.secret("password")
        typed.settle()
        second = second_person(house.office, house.private, login=login, password=password)
        position = card_commands.release_card_set(house.office, here.by(typed), poll, second)
    except Refused as refused:
        return again(request, "scrutineer/release.html", typed, refused, **_release_page(desk))
    return done(request, position, desk.root, _("票卡已启用，可以发卡了。"))


@router.get("/scrutineer/{slug}/polls/{poll}/void-cards")
def voiding(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The field for the scanner."""
    return steps.void_page(request, at_table(house, here, poll))


@router.post("/scrutineer/{slug}/polls/{poll}/void-cards")
def void(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One card less."""
    return steps.void(request, at_table(house, here, poll), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/last-call")
def last_call(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The first step of closing, for the chief."""
    return steps.call_last(request, chiefs(at_table(house, here, poll)), typed)


@router.get("/scrutineer/{slug}/polls/{poll}/close")
def closing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The second step, to be confirmed by the chief."""
    return steps.close_page(request, chiefs(at_table(house, here, poll)))


@router.post("/scrutineer/{slug}/polls/{poll}/close")
def close(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """Voting is over."""
    return steps.close(request, chiefs(at_table(house, here, poll)), typed)


@router.get("/scrutineer/{slug}/polls/{poll}/report")
def on_screen(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The count report."""
    return report_page(request, at_table(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/report.pdf")
def printed(house: TheHouse, here: Here, poll: UUID) -> Response:
    """The count report to sign by hand."""
    return report_pdf(at_table(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/sign")
def signing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The report and its hash, and the password once more."""
    desk = at_table(house, here, poll)
    return page(request, "scrutineer/sign.html", **_sign_page(desk))


@router.post("/scrutineer/{slug}/polls/{poll}/sign")
def sign(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """Signs exactly the count that was shown."""
    desk = at_table(house, here, poll)
    try:
        position = _sign(desk, here.by(typed), typed.secret("password"), typed.text("shown_hash"))
    except Refused as refused:
        return again(request, "scrutineer/sign.html", typed, refused, **_sign_page(desk))
    return done(request, position, desk.root, _("已签名。"))


def _sign(desk: PollDesk, by: By, password: str, shown_hash: str) -> int:
    house = desk.house
    try:
        return counting.sign_count(house.office, house.private, by, desk.id, password=password, shown_hash=shown_hash)
    except WrongPassword:
        raise Invalid(field="password", reason="wrong_password") from None


def _release_page(desk: PollDesk) -> dict[str, Any]:
    bound = desk.state.prepared.card_set
    known = desk.house.office.state_of(bound, card_sets.evolve) if bound else None
    return around(desk) | {
        "card_set": set_words(known.name) if known else "",
        "cards": len(known.cards) if known else 0,
        "released": known is not None and known.released,
    }


def _sign_page(desk: PollDesk) -> dict[str, Any]:
    desk.require_count()
    roll = roll_of(desk.house.office, desk.here.congress.id)
    return around(desk, roll) | {"report": report(desk, roll), "result": result(desk), "grades": grades(desk)}
