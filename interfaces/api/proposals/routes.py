"""Proposals: listed, received, and every decision on one."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from application.proposals import handling
from application.proposals.receiving import receive_proposal
from application.proposals.support import count_signatures
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.proposals.call import Channel
from domain.proposals.proposal import Outcome, ProposalForm, ProposalReceived, TransferTo
from domain.shared import Invalid, Missing, Year
from interfaces.api._base.callers import At, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged, cursor_at
from interfaces.api.proposals import lists
from interfaces.api.proposals.models import (
    WORDS,
    DeclineBody,
    LikeShown,
    MergeBody,
    OfYear,
    ProposalLine,
    ProposalShown,
    PublicWording,
    PutRightBody,
    ReasonBody,
    ReceivedBody,
    SignaturesBody,
    SplitBody,
    TheProposal,
    TransferBody,
    like_shown,
    line_shown,
    proposal_shown,
    suggestion_of,
)
from interfaces.web.proposals.desk import chosen_year, known_proposal, shown_row
from interfaces.web.proposals.one import way
from projections import proposal_register
from projections.proposal_register import CLEAN, HIT, OPEN, UNSCREENED
from projections.proposal_register.likeness import like

router = operations("proposals", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)
router.routes.extend(lists.router.routes)

PATH = "/congresses/{slug}/proposals"
ONE = f"{PATH}/{{proposal}}"

Reader = Annotated[At, Depends(needing(Act.READ_PROPOSALS))]
Receiver = Annotated[At, Depends(needing(Act.RECEIVE_PROPOSALS))]
Decider = Annotated[At, Depends(needing(Act.DECIDE_PROPOSALS))]

_STATES = "|".join((*(outcome.value for outcome in Outcome), OPEN))
State = Annotated[
    str, Query(pattern=rf"^({_STATES})?$", description="结果；待办为 open，空为全部。", examples=["open"])
]
Way = Annotated[Channel | None, Query(description="怎样收到的；不填为全部。", examples=["web"])]
Category = Annotated[str, Query(pattern=WORDS, max_length=40, description="类别；空为全部。", examples=["住房改造"])]
Screened = Annotated[
    str,
    Query(
        pattern=rf"^({CLEAN}|{HIT}|{UNSCREENED})?$",
        description="初筛：不在负面清单之内 clean、在 hit、还没有 unscreened；空为全部。",
        examples=["hit"],
    ),
]
Words = Annotated[str, Query(pattern=WORDS, max_length=200, description="文字或查询码；空为全部。", examples=["电梯"])]


@router.get(PATH, summary="建议列表", description="新收到的在前。")
def proposals(
    here: Reader,
    paging: Paged,
    year: OfYear = None,
    outcome: State = "",
    channel: Way = None,
    category: Category = "",
    screening: Screened = "",
    words: Words = "",
) -> Page[ProposalLine]:
    """The year's proposals that fit."""
    seen = paging.last_seen()
    if seen is not None and not 0 <= seen[1] <= 2**31:
        raise Invalid(field="cursor", reason="malformed", value=str(seen[1])[:40])
    start = seen[1] if seen else 0
    with here.house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here.place, here.house.office.today(), year or 0)
        rows = proposal_register.proposals_of(
            conn,
            here.congress.id,
            chosen,
            outcome=outcome,
            channel=channel.value if channel else "",
            category=category or None,
            screening=screening,
            words=words,
            offset=start,
            limit=paging.limit + 1,
        )
    part = rows[: paging.limit]
    cursor = cursor_at(part[-1].proposal, start + len(part)) if len(rows) > len(part) else None
    return paging.page(here.told, [line_shown(row) for row in part], cursor)


@router.post(PATH, status_code=201, summary="录入建议", description="录入书面、电话、来信、座谈会等收到的建议。")
def receive(here: Receiver, body: ReceivedBody) -> ProposalShown:
    """One more proposal."""
    by = here.by(here.congress.id)
    proposal = here.house.office.new_id(by, "proposal")
    fact = ProposalReceived(
        congress=here.congress.id,
        year=Year(body.year),
        code="",
        form=ProposalForm.UNIT if body.unit_name.strip() else ProposalForm.PERSON,
        channel=body.channel,
        received_on=body.received_on,
        suggestion=suggestion_of(body),
        signatories=body.signatories,
        unit_name=body.unit_name,
        house=body.house,
    )
    position = receive_proposal(here.house.office, by, proposal, fact)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/proposals/{proposal}")
    return one(here, proposal)


@router.get(ONE, summary="一件建议")
def one(here: Reader, proposal: TheProposal) -> ProposalShown:
    """What was proposed, and its way so far."""
    here.shows(proposal)
    state = known_proposal(here.house, here.place, proposal)
    with here.house.reading.connect() as conn:
        row = shown_row(conn, here.place, proposal)
        return proposal_shown(row, state, way(conn, row))


@router.get(
    f"{ONE}/near",
    summary="相近的建议",
    description="同一年度里说法相近的建议，地点相同的在前，再按相近的程度，不超过五件。",
)
def near(here: Reader, proposal: TheProposal) -> list[LikeShown]:
    """Near-duplicates with what they share."""
    with here.house.reading.connect() as conn:
        row = shown_row(conn, here.place, proposal)
        found = like(conn, row, proposal_register.place_in_line(conn, proposal))
    return [like_shown(each) for each in found]


@router.put(ONE, summary="更正建议", description="待办时可以更正；最初的文字留在记录里。")
def put_right(here: Decider, proposal: TheProposal, body: PutRightBody) -> ProposalShown:
    """The suggestion as it should read."""
    said = suggestion_of(body, known_proposal(here.house, here.place, proposal).suggestion)
    return _done(here, proposal, handling.put_right(here.house.office, here.by(proposal), proposal, said, body.reason))


@router.post(f"{ONE}/split", summary="拆分建议", description="第一件留用原来的查询码，其余重新收到。")
def split(here: Decider, proposal: TheProposal, body: SplitBody) -> list[ProposalLine]:
    """One matter each."""
    known = known_proposal(here.house, here.place, proposal).suggestion
    parts = [suggestion_of(part, known if place == 0 else None) for place, part in enumerate(body.parts)]
    here.done(handling.split(here.house.office, here.by(proposal), proposal, parts, body.reason))
    with here.house.reading.connect() as conn:
        return [
            line_shown(shown_row(conn, here.place, proposal)),
            *map(line_shown, proposal_register.parts_of(conn, proposal)),
        ]


@router.post(f"{ONE}/show", summary="公开建议", description="居民可以看到并附议。")
def show(here: Decider, proposal: TheProposal, body: PublicWording) -> ProposalShown:
    """In the office's wording."""
    known_proposal(here.house, here.place, proposal)
    by = here.by(proposal)
    return _done(here, proposal, handling.show(here.house.office, by, proposal, body.title, body.content))


@router.post(f"{ONE}/hide", summary="不再公开建议")
def hide(here: Decider, proposal: TheProposal, body: ReasonBody) -> ProposalShown:
    """Residents read it no longer."""
    known_proposal(here.house, here.place, proposal)
    return _done(here, proposal, handling.hide(here.house.office, here.by(proposal), proposal, body.reason))


@router.post(f"{ONE}/merge", summary="合并建议", description="原来并入这一件的随同移动。")
def merge(here: Decider, proposal: TheProposal, body: MergeBody) -> ProposalShown:
    """Into another one."""
    known_proposal(here.house, here.place, proposal)
    known_proposal(here.house, here.place, body.into)
    by = here.by(proposal)
    return _done(here, proposal, handling.merge(here.house.office, by, [proposal], body.into, body.reason))


@router.post(f"{ONE}/transfer", summary="转办建议", description="转给其他大会的，在那里重新收到。")
def transfer(here: Decider, proposal: TheProposal, body: TransferBody) -> ProposalShown:
    """To the hotline, a unit or another congress."""
    known_proposal(here.house, here.place, proposal)
    office, by = here.house.office, here.by(proposal)
    match body.to:
        case TransferTo.HOTLINE:
            position = handling.transfer_to_hotline(office, by, proposal, body.work_order, body.reason)
        case TransferTo.UNIT:
            position = handling.transfer_to_unit(office, by, proposal, _given("unit", body.unit), body.reason)
        case TransferTo.CONGRESS:
            to = _given("congress", body.congress)
            position = handling.transfer_to_congress(office, by, proposal, to, body.reason)
    return _done(here, proposal, position)


@router.post(f"{ONE}/reserve", summary="列入储备库")
def reserve(here: Decider, proposal: TheProposal, body: ReasonBody) -> ProposalShown:
    """For a later year."""
    known_proposal(here.house, here.place, proposal)
    return _done(here, proposal, handling.reserve(here.house.office, here.by(proposal), [proposal], body.reason))


@router.post(f"{ONE}/decline", summary="不采纳建议")
def decline(here: Decider, proposal: TheProposal, body: DeclineBody) -> ProposalShown:
    """With a reason and words for its author."""
    known_proposal(here.house, here.place, proposal)
    by = here.by(proposal)
    return _done(here, proposal, handling.decline(here.house.office, by, [proposal], body.reason, body.words))


@router.post(f"{ONE}/reopen", summary="重新办理建议", description="撤回原来的结果；合并的从那一件移出。")
def reopen(here: Decider, proposal: TheProposal, body: ReasonBody) -> ProposalShown:
    """Open again."""
    known_proposal(here.house, here.place, proposal)
    return _done(here, proposal, handling.reopen(here.house.office, here.by(proposal), proposal, body.reason))


@router.post(f"{ONE}/signatures", summary="登记书面附议", description="计入附议人数。")
def signatures(here: Receiver, proposal: TheProposal, body: SignaturesBody) -> ProposalShown:
    """Counted by the office."""
    known_proposal(here.house, here.place, proposal)
    by, congress = here.by(proposal), here.congress.id
    return _done(here, proposal, count_signatures(here.house.office, by, congress, proposal, body.voices, body.words))


def _done(here: At, proposal: UUID, position: int) -> ProposalShown:
    here.done(position)
    return one(here, proposal)


def _given(name: str, thing: UUID | None) -> UUID:
    if thing is None:
        raise Missing(fields=(name,))
    return thing
