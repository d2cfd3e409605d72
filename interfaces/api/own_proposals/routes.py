"""What delegates and units propose themselves, and what became of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path
from pydantic import Field
from sqlalchemy import Connection

from application.proposals.receiving import receive_proposal
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.proposals.call import Channel
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_PLACE, LONGEST_TITLE
from domain.proposals.proposal import ProposalForm, ProposalReceived, Suggestion
from domain.shared import Money as Yuan
from domain.shared import NotFound, NotPermitted, Year
from interfaces.api._base.callers import At, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Money, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.calls.routes import ID, WRITTEN
from interfaces.public.tracking import trail
from interfaces.web.delegate_proposals import views
from interfaces.web.delegate_proposals.views import Mine
from interfaces.web.unit_proposals import routes as of_units
from projections import proposal_register
from projections.proposal_register import ProposalRow

router = operations("own-proposals", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)

OF_DELEGATE = "/congresses/{slug}/own-proposals"
OF_UNIT = "/congresses/{slug}/unit-proposals"

Proposing = Annotated[At, Depends(needing(Act.PROPOSE))]
TheProposal = Annotated[UUID, Path(description="建议的标识。", examples=[ID])]


class Matter(Asked):
    """One matter."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目，须有征集公告。", examples=[2027])
    title: str = Field(
        pattern=LINE, max_length=LONGEST_TITLE, description="做什么，一句话。", examples=["给北街小学门口装红绿灯"]
    )
    content: str = Field(
        pattern=WRITTEN,
        max_length=LONGEST_CONTENT,
        description="具体内容和理由，不得写手机号、证件号。",
        examples=["放学时车多"],
    )
    place: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_PLACE, description="地点，可以为空。", examples=["北街"]
    )
    category: str = Field(
        default="", pattern=MAYBE_LINE, max_length=40, description="类别，可以为空。", examples=["交通出行"]
    )
    beneficiaries: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=LONGEST_PLACE,
        description="谁受益、多少人。",
        examples=["学生 1200 人"],
    )

    def suggestion(self, funds: Decimal | None = None) -> Suggestion:
        """As the domain knows it."""
        return Suggestion(
            title=self.title,
            content=self.content,
            place=self.place,
            category=self.category,
            beneficiaries=self.beneficiaries,
            estimated_funds=None if funds is None else Yuan(funds),
        )


class DelegateMatter(Matter):
    """A delegate's own idea, or what was heard on a visit."""

    visited_on: Day | None = Field(
        default=None, description="走访日期，须在征集期内；不填为自己的想法。", examples=["2026-10-08"]
    )
    house: Id | None = Field(default=None, description="在哪个代表之家听到的；不填为不在代表之家。", examples=[None])
    signatories: Whole = Field(default=1, ge=1, le=10_000, description="多少人这样提。", examples=[46])


class UnitMatter(Matter):
    """A department's or the government office's proposal."""

    unit: Id | None = Field(
        default=None, description="以哪个单位的名义；部门的账号不填为本单位，政府办的不填为政府办公室。", examples=[ID]
    )
    estimated_funds: Annotated[Money, Field(ge=0, max_digits=18, decimal_places=2)] | None = Field(
        default=None, description="估算资金，元。", examples=["2300000"]
    )


class Step(Shown):
    """What happened on a day."""

    on: date = Field(description="日期。", examples=["2026-11-08"])
    words: str = Field(description="发生了什么。", examples=["收到建议，发给查询码。"])
    more: list[str] = Field(description="说明，可以为空。", examples=[[]])


class OwnProposal(Shown):
    """One's own proposal with where it stands."""

    id: UUID = Field(description="标识。", examples=[ID])
    code: str = Field(description="查询码。", examples=["G0A7E69VP2H"])
    year: int = Field(description="哪一年的项目。", examples=[2027])
    channel: str = Field(description="`delegate` `visit` `unit`。", examples=["visit"])
    received_on: date = Field(description="提出或者走访的日期。", examples=["2026-11-08"])
    title: str = Field(description="做什么。", examples=["给北街小学门口装红绿灯"])
    content: str = Field(description="具体内容和理由。", examples=["放学时车多"])
    place: str = Field(description="地点，可以为空。", examples=["北街"])
    signatories: int = Field(description="多少人这样提。", examples=[46])
    unit_name: str = Field(description="单位的名称；代表提的为空。", examples=[""])
    outcome: str | None = Field(
        description="`became_candidate` `merged` `transferred` `reserve` `declined`；待办为 null。", examples=[None]
    )
    state: str = Field(description="现在怎样，中文；成为项目后说项目怎样。", examples=["待办"])
    project_code: str | None = Field(description="最后成为哪个项目（短码），没有为 null。", examples=[None])
    steps: list[Step] = Field(description="办理过程，从收到开始。列表里为空。")


@router.get(OF_DELEGATE, summary="本人提的建议", description="令牌的账号是代表的，列出他提的建议，新的在前。")
def own(here: Proposing, paging: Paged) -> Page[OwnProposal]:
    """What the delegate of the account has brought."""
    delegate = here.place.delegate
    with here.house.reading.connect() as connection:
        rows = proposal_register.brought_by(connection, here.congress.id, delegate=delegate) if delegate else []
        return _part(here, paging, connection, rows)


@router.post(OF_DELEGATE, status_code=201, summary="代表提一件建议")
def bring(here: Proposing, body: DelegateMatter) -> OwnProposal:
    """An own idea, or what was heard on a visit."""
    is_visit = body.visited_on is not None
    proposal = _received(
        here,
        OF_DELEGATE,
        year=body.year,
        form=ProposalForm.PERSON,
        channel=Channel.VISIT if is_visit else Channel.DELEGATE,
        received_on=body.visited_on or here.house.office.today(),
        suggestion=body.suggestion(),
        signatories=body.signatories,
        delegate=_required(here.place.delegate),
        house=body.house,
    )
    return own_one(here, proposal)


@router.get(f"{OF_DELEGATE}/{{proposal}}", summary="本人提的一件建议")
def own_one(here: Proposing, proposal: TheProposal) -> OwnProposal:
    """One with its way."""
    here.shows(proposal)
    with here.house.reading.connect() as connection:
        row = proposal_register.proposal_at(connection, proposal)
        if row is None or row.congress != here.congress.id or row.delegate != _required(here.place.delegate):
            raise NotFound(kind="proposal", id=str(proposal))
        return _whole(*views.way(connection, row, here.house.office.today()))


@router.get(
    OF_UNIT,
    summary="单位提的建议",
    description="令牌的账号是部门的，列出本单位提的建议；是政府办的，列出各单位提的。新的在前。",
)
def of_unit(here: Proposing, paging: Paged) -> Page[OwnProposal]:
    """What the unit has brought."""
    of_units.require_unit(here.place)
    with here.house.reading.connect() as connection:
        return _part(here, paging, connection, of_units.own_rows(connection, here.place))


@router.post(OF_UNIT, status_code=201, summary="单位提一件建议")
def bring_for_unit(here: Proposing, body: UnitMatter) -> OwnProposal:
    """In the name of a unit."""
    of_units.require_unit(here.place)
    unit = body.unit or here.place.unit
    proposal = _received(
        here,
        OF_UNIT,
        year=body.year,
        form=ProposalForm.UNIT,
        channel=Channel.UNIT,
        received_on=here.house.office.today(),
        suggestion=body.suggestion(body.estimated_funds),
        unit=unit,
        unit_name=of_units.name_of(here.house, here.congress.id, unit),
    )
    return unit_one(here, proposal)


@router.get(f"{OF_UNIT}/{{proposal}}", summary="单位提的一件建议")
def unit_one(here: Proposing, proposal: TheProposal) -> OwnProposal:
    """One with its way."""
    of_units.require_unit(here.place)
    here.shows(proposal)
    with here.house.reading.connect() as connection:
        row = of_units.known(connection, here.place, proposal)
        return _whole(*views.way(connection, row, here.house.office.today()))


def _received(here: At, path: str, **told: Any) -> UUID:
    by = here.by()
    proposal = here.house.office.new_id(by, "proposal")
    fact = ProposalReceived(congress=here.congress.id, code="", **told | {"year": Year(told["year"])})
    position = receive_proposal(here.house.office, by, proposal, fact)
    here.done(position, f"{ROOT}{path.replace('{slug}', here.congress.slug)}/{proposal}")
    return proposal


def _required(delegate: UUID | None) -> UUID:
    """Raises NotPermitted for an account that is no delegate's."""
    if delegate is None:
        raise NotPermitted(act=Act.PROPOSE.value)
    return delegate


def _part(here: At, paging: Paged, connection: Connection, rows: list[ProposalRow]) -> Page[OwnProposal]:
    def shown(row: ProposalRow) -> OwnProposal:
        return _whole(views.mine(connection, [row], here.house.office.today())[0], ())

    return paging.part(here.told, rows, lambda row: row.proposal, shown)


def _whole(one: Mine, steps: Iterable[trail.Step]) -> OwnProposal:
    same = {name: getattr(one.row, name) for name in OwnProposal.model_fields if name in one.row._fields}
    told = [Step(on=step.on, words=step.said, more=list(step.more)) for step in steps]
    code = one.page.code if one.page else None
    return OwnProposal(**same | {"id": one.row.proposal, "state": one.state, "project_code": code, "steps": told})
