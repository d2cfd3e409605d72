"""After closing: unused cards handed in, incidents; and papers on their way to the delegates."""

from dataclasses import replace
from typing import Annotated

from fastapi import Path, Request, Response

from application.polls import after_closing as commands
from application.polls import papers_out
from domain.accounts.scopes import Scope
from domain.polls.after_closing import account_of
from interfaces.api._base.callers import Here
from interfaces.api._base.operations import operations
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.polls.models import (
    AccountShown,
    IncidentDecidedBody,
    IncidentShown,
    NewIncident,
    PapersBody,
    PollShown,
    ScannedCard,
    ThePoll,
)
from interfaces.api.polls.seen import desk_of, poll_shown
from interfaces.web.papers_out.routes import papers_pdf
from interfaces.web.polls.downloads import pdf

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

ONE = "/congresses/{slug}/polls/{poll}"
TheIncident = Annotated[int, Path(ge=1, le=9999, description="第几件异常。", examples=[1])]


@router.get(f"{ONE}/account", summary="票在哪里", description="截止以后才有：发出＝票箱里＋交回未用＋没有交回。")
def account(here: Here, poll: ThePoll) -> AccountShown:
    """Where every card and paper is, and what does not fit."""
    here.shows(poll)
    state = desk_of(here, poll).state
    known = account_of(state)
    return AccountShown(
        **{name: getattr(known, name) for name in AccountShown.model_fields if name != "incidents"},
        incidents=[
            IncidentShown(
                number=one.number,
                kind=one.kind.value,
                note=one.note,
                decision=one.decision.value if one.decision else None,
                reason=one.reason,
            )
            for one in state.cards.incidents.values()
        ],
    )


@router.post(
    f"{ONE}/hand-in",
    summary="清点一张未用票卡",
    description="每张只计一次，从不记是哪一张。已经投过票的卡不计，并自动报告一件异常（CardHasBallot）。",
)
def hand_in(here: Here, poll: ThePoll, body: ScannedCard) -> AccountShown:
    """One card that was not used."""
    desk_of(here, poll)
    by = replace(here.by(poll), content=str(poll))
    here.done(commands.hand_in_unused(here.house.office, here.house.box, by, poll, body.code))
    return account(here, poll)


@router.post(f"{ONE}/incidents", status_code=201, summary="报告异常")
def report_incident(request: Request, here: Here, poll: ThePoll, body: NewIncident) -> PollShown:
    """Something that blocks the opening of the box until the chief has decided."""
    desk_of(here, poll)
    here.done(commands.report_incident(here.house.office, here.by(poll), poll, body.kind, body.note))
    return poll_shown(request, here, poll)


@router.post(
    f"{ONE}/incidents/{{number}}/decide",
    summary="决定一件异常",
    description="只有总监票人。单张选票从不剔除：继续，或者重新表决。",
)
def decide_incident(
    request: Request, here: Here, poll: ThePoll, number: TheIncident, body: IncidentDecidedBody
) -> PollShown:
    """The chief's decision."""
    desk_of(here, poll)
    by = here.by(poll)
    here.done(commands.decide_incident(here.house.office, by, poll, number, body.decision, body.reason))
    return poll_shown(request, here, poll)


@router.post(
    f"{ONE}/print-papers",
    summary="印纸质票",
    description="回应就是要打印的 PDF。同一次表决的纸质票都一样，没有编号，可以再印。",
    **file_of(PDF),
)
def print_papers(here: Here, poll: ThePoll, body: PapersBody) -> Response:
    """So many papers, all alike."""
    desk = desk_of(here, poll)
    made = papers_pdf(desk, body.papers)
    here.told.position = papers_out.print_papers(here.house.office, here.by(poll), poll, body.papers)
    return pdf(made, f"{desk.state.prepared.title}.pdf")


@router.post(f"{ONE}/replace-paper", summary="换一张写坏的纸质票", description="发出的张数不变，也不记是谁换的。")
def replace_paper(request: Request, here: Here, poll: ThePoll) -> PollShown:
    """A spoiled paper came back and another was handed out."""
    desk_of(here, poll)
    here.done(papers_out.replace_spoiled_paper(here.house.office, here.by(poll), poll))
    return poll_shown(request, here, poll)
