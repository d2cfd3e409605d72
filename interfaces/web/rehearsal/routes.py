"""Rehearsals 演练 of a session: begin one, let everybody be present, cast made-up ballots, throw it away."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application.polls import rehearsal_day, rehearsing
from domain.accounts.permissions import Act
from domain.polls import profile as profiles
from domain.polls.made_up import MadeUp
from domain.polls.poll import PollStage, Sealing
from domain.shared import Invalid, NotFound, Refused
from interfaces.composition import House
from interfaces.documents.cards import CardSheets, card_sheets
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Sheet, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.polls.downloads import pdf
from interfaces.web.polls.words import STAGE_KINDS, STAGES
from projections import attendance, card_shelf, poll_board, profile_shelf
from projections.card_shelf import ShelvedSet
from projections.congress_register import ListedSession, rehearsals_of, session_at
from projections.poll_board import BoardPoll

router = APIRouter()

Preparer = Annotated[Place, Depends(needing(Act.PREPARE_POLL))]

OF_SESSION: Final = "/staff/{slug}/sessions/{session}/rehearsals"
ONE: Final = "/staff/{slug}/rehearsals/{rehearsal}"
LEFT: Final = 3
"""Cards left for trying by hand, unless somebody asks for more."""

MOST_TRIED: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A poll of a rehearsal, and what a button can do for it now."""

    poll: BoardPoll
    drawn: int
    released: bool

    @property
    def may_seat(self) -> bool:
        """Whether everybody can be seated: the cards are released and voting has not begun."""
        return self.poll.stage is PollStage.PREPARED and self.released

    @property
    def may_cast(self) -> bool:
        """Whether made-up ballots are let in."""
        return self.poll.stage is PollStage.OPEN


@router.get(OF_SESSION)
def rehearsals(request: Request, house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The rehearsals of a session so far, and the form for another one."""
    return page(request, "rehearsal/list.html", form=_offered(request, house, here), **_list_page(house, here, session))


@router.post(OF_SESSION)
def begin(request: Request, house: TheHouse, here: Preparer, session: UUID, typed: Form) -> Response:
    """One button: the rehearsal, its cards, its poll."""
    poll = house.office.new_id(here.by(typed), "poll")
    try:
        profile, sealing = typed.id("profile"), typed.choice("sealing", Sealing)
        typed.settle()
        position = rehearsing.begin_rehearsal(
            house.office,
            house.box,
            house.private,
            here.by(typed),
            session,
            poll,
            profile=profile,
            sealing=sealing,
        )
    except Refused as refused:
        return again(request, "rehearsal/list.html", typed, refused, **_list_page(house, here, session))
    house.followers.wait_for(position)
    with house.reading.connect() as connection:
        begun = poll_board.rehearsal_of(connection, poll)
    said = _("演练已经开始：票卡、备用票卡和表决都已备好。")
    return done(request, position, f"/staff/{here.congress.slug}/rehearsals/{begun}", said)


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, rehearsal: UUID) -> Response:
    """What the buttons of a rehearsal can do now."""
    form = blank(request, leave=LEFT, outcome=MadeUp.CLEAR.value)
    return page(request, "rehearsal/one.html", form=form, **_page(house, here, rehearsal))


@router.post(f"{ONE}/polls/{{poll}}/seat")
def seat(request: Request, house: TheHouse, here: Preparer, rehearsal: UUID, poll: UUID, typed: Form) -> Response:
    """The whole roll checks in and draws a card."""
    _require(house, here, rehearsal, poll)
    try:
        position = rehearsal_day.seat_everybody(house.office, house.box, house.private, here.by(typed), poll)
    except Refused as refused:
        return again(request, "rehearsal/one.html", typed, refused, **_page(house, here, rehearsal))
    said = _("全体代表已签到、领票卡，剩余的票卡已作废。真实会议的签到没有变化。")
    return done(request, position, _root(here, rehearsal), said)


@router.post(f"{ONE}/polls/{{poll}}/cast")
def cast(request: Request, house: TheHouse, here: Preparer, rehearsal: UUID, poll: UUID, typed: Form) -> Response:
    """Made-up ballots for all cards but a few."""
    _require(house, here, rehearsal, poll)
    try:
        leave, outcome = typed.integer("leave"), typed.choice("outcome", MadeUp)
        typed.settle()
        made = rehearsal_day.cast_made_up(
            house.office, house.box, house.private, here.by(typed), poll, outcome=outcome, leave=leave
        )
    except Refused as refused:
        return again(request, "rehearsal/one.html", typed, refused, **_page(house, here, rehearsal))
    said = _("投入%(n)s张模拟票，留下%(left)s张票卡可以亲手试投。", n=made.cast, left=made.left)
    return led_to(request, _root(here, rehearsal), said)


@router.get(f"{ONE}/polls/{{poll}}/cards.pdf")
def cards(house: TheHouse, here: Preparer, rehearsal: UUID, poll: UUID, n: int = LEFT) -> Response:
    """A few cards of the rehearsal on paper, to try by hand; real cards are streamed once and never again."""
    known = _require(house, here, rehearsal, poll)
    if not 1 <= n <= MOST_TRIED:
        raise Invalid(field="leave", reason="too_many", value=str(n))
    name, codes = rehearsal_day.codes_for_trying(house.office, house.private, poll, n)
    sheets = CardSheets(
        session=known.title,
        name=name,
        print_as=rehearsing.PRINT_AS,
        address=house.settings.public_url,
        secrets=tuple(codes),
        rehearsal=True,
    )
    return pdf(card_sheets(sheets), _("演练票卡.pdf"))


@router.post(f"{ONE}/end")
def end(request: Request, house: TheHouse, here: Preparer, rehearsal: UUID, typed: Form) -> Response:
    """Throws everything away."""
    known = _known(house, here, rehearsal)
    with house.reading.connect() as connection:
        held = [poll.id for poll in poll_board.polls_of_session(connection, rehearsal)]
    try:
        reason = typed.required("reason")
        typed.settle()
        position = rehearsing.end_rehearsal(
            house.office, house.box, house.private, here.by(typed), rehearsal, held=held, reason=reason
        )
    except Refused as refused:
        return again(request, "rehearsal/one.html", typed, refused, **_page(house, here, rehearsal))
    url = f"/staff/{here.congress.slug}/sessions/{known.rehearsal_of}/rehearsals"
    return done(request, position, url, _("这次演练已作废，可以重新开始。"))


def _offered(request: Request, house: House, here: Place) -> Sheet:
    options = _profiles(house, here)
    return blank(request, profile=options[0][0] if options else "", sealing=Sealing.SEALED.value)


def _list_page(house: House, here: Place, session: UUID) -> dict[str, Any]:
    with house.reading.connect() as connection:
        known = session_at(connection, here.congress.id, session)
        held = rehearsals_of(connection, session)
    if known is None:
        raise NotFound(kind="session", id=str(session))
    return {
        "session": known,
        "held": held,
        "under_way": next((one for one in held if not one.thrown_away), None),
        "profile_options": _profiles(house, here),
        "sealing_options": [
            (Sealing.SEALED.value, _("密封：和当天一样，由监票人生成密钥、分存、开箱")),
            (Sealing.UNSEALED.value, _("不密封：只走流程，省去密钥")),
        ],
        "may_rehearse": here.may(Act.PREPARE_POLL),
        "session_root": f"/staff/{here.congress.slug}/sessions/{session}",
        "rehearsals_root": f"/staff/{here.congress.slug}/rehearsals",
    }


def _profiles(house: House, here: Place) -> list[tuple[UUID, str]]:
    """Every set of rules of the congress, those the session adopted first; a draft can be rehearsed too."""
    with house.reading.connect() as connection:
        known = profile_shelf.profiles_of(connection, here.congress.id)
    rules = house.office.states_of([one.id for one in known], profiles.evolve)
    return [(one.id, rules[one.id].rules.title) for one in known]


def _page(house: House, here: Place, rehearsal: UUID) -> dict[str, Any]:
    known = _known(house, here, rehearsal)
    with house.reading.connect() as connection:
        polls = poll_board.polls_of_session(connection, rehearsal)
        sets = {one.id: one for one in card_shelf.sets_of(connection, rehearsal)}
        drawn = attendance.cards_drawn(connection, here.congress.id, rehearsal)
    return {
        "session": known,
        "polls": [_rehearsed(poll, sets, drawn) for poll in polls],
        "spare": [one for one in sets.values() if one.is_spare],
        "root": _root(here, rehearsal),
        "polls_root": f"/staff/{here.congress.slug}/polls",
        "session_root": f"/staff/{here.congress.slug}/sessions/{rehearsal}",
        "list_root": f"/staff/{here.congress.slug}/sessions/{known.rehearsal_of}/rehearsals",
        "stage_words": STAGES,
        "stage_kinds": STAGE_KINDS,
        "outcome_options": [
            (MadeUp.CLEAR.value, _("结果分明")),
            (MadeUp.TIE.value, _("末位得票相同，练习再次投票")),
        ],
        "may_rehearse": here.may(Act.PREPARE_POLL) and not known.thrown_away,
    }


def _rehearsed(poll: BoardPoll, sets: dict[UUID, ShelvedSet], drawn: dict[UUID, int]) -> Rehearsed:
    its = sets.get(poll.card_set) if poll.card_set else None
    return Rehearsed(poll=poll, drawn=drawn.get(poll.id, 0), released=its is not None and its.released)


def _known(house: House, here: Place, rehearsal: UUID) -> ListedSession:
    with house.reading.connect() as connection:
        known = session_at(connection, here.congress.id, rehearsal)
    if known is None or known.rehearsal_of is None:
        raise NotFound(kind="rehearsal", id=str(rehearsal))
    return known


def _require(house: House, here: Place, rehearsal: UUID, poll: UUID) -> ListedSession:
    """The rehearsal. Raises NotFound for a poll that is not of it."""
    known = _known(house, here, rehearsal)
    with house.reading.connect() as connection:
        if poll_board.rehearsal_of(connection, poll) != rehearsal:
            raise NotFound(kind="poll", id=str(poll))
    return known


def _root(here: Place, rehearsal: UUID) -> str:
    return f"/staff/{here.congress.slug}/rehearsals/{rehearsal}"
