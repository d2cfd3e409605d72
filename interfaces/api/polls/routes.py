"""Polls 票决: prepared, opened, closed, counted, signed, declared, cancelled; and their reports."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from application.office import By
from application.polls import cards as card_commands
from application.polls import counting, preparing, voting
from application.signing_in import WrongPassword, second_person
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.shared import Invalid
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.polls import after_closing, outcomes, papers, rehearsals, sealing, sets
from interfaces.api.polls.models import (
    CountShown,
    Declaring,
    ListedPoll,
    NewPoll,
    PollShown,
    Reason,
    Scrutineers,
    SecondPerson,
    Signing,
    ThePoll,
    TheSession,
    VoidedCard,
)
from interfaces.api.polls.seen import count_shown, desk_of, poll_shown
from interfaces.public.ballot.views import page_hash
from interfaces.web.polls import reports
from interfaces.web.polls.declaring import require_whole_number
from interfaces.web.polls.sets import session_here
from interfaces.web.polls.views import summary
from projections.poll_board import BoardPoll, polls_of_session

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)
for part in (sets, after_closing, papers, rehearsals, sealing, outcomes):
    router.routes.extend(part.router.routes)

OF_SESSION = "/congresses/{slug}/sessions/{session}/polls"
ONE = "/congresses/{slug}/polls/{poll}"
JSON, ZIP, PABULIB = "application/octet-stream", "application/zip", "text/plain"

Preparer = Annotated[At, Depends(needing(Act.PREPARE_POLL))]


@router.get(OF_SESSION, summary="一次会议的票决")
def polls(here: OfficeReader, session: TheSession, paging: Paged) -> Page[ListedPoll]:
    """The polls of a session, the newest first."""
    session_here(here.house, here.place, session)
    with here.house.reading.connect() as connection:
        listed = polls_of_session(connection, session)
    return paging.part(here.told, listed, lambda one: one.id, _listed)


@router.post(OF_SESSION, status_code=201, summary="准备表决", description="候选项目取自已公布的名单。")
def prepare(request: Request, here: Preparer, session: TheSession, body: NewPoll) -> PollShown:
    """A poll on the published list, with one set of cards bound to it."""
    convened = session_here(here.house, here.place, session)
    by = here.by()
    poll = here.house.office.new_id(by, "poll")
    listed = here.house.office.state_of(lists.list_stream(here.congress.id, convened.year), lists.evolve)
    on_list = [one.project for one in listed.candidates] if listed else []
    cards = here.house.office.states_of(on_list, projects.evolve)
    summaries = {project: summary(state.card) for project, state in cards.items()}
    position = preparing.prepare_poll(
        here.house.office,
        here.house.box,
        by,
        poll,
        session=session,
        profile=body.profile,
        card_set=body.card_set,
        title=body.title,
        summaries=summaries | {one.project: one.summary for one in body.summaries if one.project in cards},
        waiver=body.waiver,
        sealing=body.sealing,
        keypad=body.keypad,
        paper_colour=body.paper_colour,
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/polls/{poll}")
    return poll_shown(request, here, poll)


@router.get(ONE, summary="一次表决", description="任何时候都不含选票上的标记；得票情况见 `count`。")
def one(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """The stage, the people, the numbers."""
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/scrutineers", summary="登记监票人")
def approve_scrutineers(request: Request, here: Preparer, poll: ThePoll, body: Scrutineers) -> PollShown:
    """Whom the plenary approved."""
    desk_of(here, poll)
    by = here.by(poll)
    here.done(preparing.approve_scrutineers(here.house.office, by, poll, body.chief, list(body.scrutineers)))
    return poll_shown(request, here, poll)


@router.post(
    f"{ONE}/release",
    summary="启用票卡",
    description="令牌的账号和另一位监票人员，其中一位须是总监票人；另一位用自己的登录名和密码证明身份。",
)
def release(request: Request, here: Here, poll: ThePoll, body: SecondPerson) -> PollShown:
    """The chief and one scrutineer, each proven, let the cards be drawn."""
    desk_of(here, poll)
    second = second_person(here.house.office, here.house.private, login=body.login, password=body.password)
    here.done(card_commands.release_card_set(here.house.office, _without_secret(here, poll, body.login), poll, second))
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/void-card", summary="作废一张票卡", description="记谁作废、为什么，从不记是哪一张。")
def void_card(request: Request, here: Here, poll: ThePoll, body: VoidedCard) -> PollShown:
    """One card less."""
    desk_of(here, poll)
    by = _without_secret(here, poll, body.reason.value)
    here.done(card_commands.void_card(here.house.office, here.house.box, by, poll, body.code, body.reason))
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/open", summary="开始投票")
def open_poll(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """Voting begins when every equation holds."""
    desk_of(here, poll)
    house = here.house
    opening = voting.open_poll(
        house.office, house.box, here.by(poll), poll, hall_words=house.hall_words, page=page_hash()
    )
    here.done(opening)
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/last-call", summary="宣布最后投票")
def last_call(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """The first step of closing."""
    desk_of(here, poll)
    here.done(voting.call_last_ballots(here.house.office, here.by(poll), poll))
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/close", summary="截止投票")
def close(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """The second step: the gate of the box closes."""
    desk_of(here, poll)
    house = here.house
    here.done(voting.close_poll(house.office, house.box, here.by(poll), poll, hall_words=house.hall_words))
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/count", summary="计票", description="再次计票是新的一版，已有的签名随之作废。")
def count(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """Counts what lies in the closed box."""
    desk_of(here, poll)
    house = here.house
    here.done(counting.count_poll(house.office, house.box, house.private, here.by(poll), poll))
    return poll_shown(request, here, poll)


@router.get(f"{ONE}/count", summary="得票情况", description="宣布以前只有计票、签名和宣布结果的人能看。")
def counted(here: Here, poll: ThePoll) -> CountShown:
    """The count, for who may see it."""
    return count_shown(here, poll)


@router.post(
    f"{ONE}/sign", summary="签署计票结果", description="令牌的账号须是本次表决的监票人员，并用密码再次证明身份。"
)
def sign(request: Request, here: Here, poll: ThePoll, body: Signing) -> PollShown:
    """Signs exactly the count that was shown."""
    desk_of(here, poll)
    by, house = _without_secret(here, poll, body.shown_hash), here.house
    try:
        position = counting.sign_count(
            house.office, house.private, by, poll, password=body.password, shown_hash=body.shown_hash
        )
    except WrongPassword:
        raise Invalid(field="password", reason="wrong_password") from None
    here.done(position)
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/declare", summary="宣布结果")
def declare(request: Request, here: Here, poll: ThePoll, body: Declaring) -> PollShown:
    """The signed result is declared; the voted list follows."""
    desk_of(here, poll).require_count()
    require_whole_number(body.notice_number)
    by, house = here.by(poll), here.house
    position = counting.declare_poll(
        house.office, house.private, by, poll, notice_number=body.notice_number, on=body.on
    )
    here.done(position)
    return poll_shown(request, here, poll)


@router.post(f"{ONE}/cancel", summary="取消表决")
def cancel(request: Request, here: Preparer, poll: ThePoll, body: Reason) -> PollShown:
    """Ends the poll without a result."""
    desk_of(here, poll)
    position = preparing.cancel_poll(here.house.office, here.by(poll), poll, body.reason)
    counting.erase_ended(here.house.office, here.house.private)
    here.done(position)
    return poll_shown(request, here, poll)


@router.get(f"{ONE}/report.pdf", summary="计票报告单", **file_of(PDF))
def report(here: Here, poll: ThePoll) -> Response:
    """The count report to sign by hand."""
    return reports.report_pdf(desk_of(here, poll))


@router.get(f"{ONE}/count.json", summary="被签署的计票文本", description="其 SHA-256 就是校验码。", **file_of(JSON))
def canonical(here: Here, poll: ThePoll) -> Response:
    """Exactly the text whose SHA-256 is signed."""
    desk_of(here, poll)
    answer = reports.canonical(here.house, here.place, poll)
    return Response(
        answer.body, media_type=JSON, headers={"Content-Disposition": answer.headers["Content-Disposition"]}
    )


@router.get(f"{ONE}/tally.zip", summary="复核计票用的文件", **file_of(ZIP))
def for_the_tally(here: Here, poll: ThePoll) -> Response:
    """What a recount on another computer needs."""
    desk_of(here, poll)
    return reports.for_the_tally(here.house, here.place, poll)


@router.get(f"{ONE}/poll.pb", summary="Pabulib 格式", description="只有已宣布的表决才有。", **file_of(PABULIB))
def for_pabulib(here: Here, poll: ThePoll) -> Response:
    """A declared poll in Pabulib's format."""
    desk_of(here, poll)
    return reports.for_pabulib(here.house, here.place, poll)


def _without_secret(here: At, poll: UUID, content: str) -> By:
    """Who asks, with a key that stands for everything but the secret that came with the request."""
    return replace(here.by(poll), content=f"{poll} {content}"[:100])


def _listed(poll: BoardPoll) -> ListedPoll:
    return ListedPoll(
        id=poll.id,
        title=poll.title,
        stage=poll.stage.value,
        year=poll.year,
        items=poll.items,
        rehearsal=poll.rehearsal,
    )
