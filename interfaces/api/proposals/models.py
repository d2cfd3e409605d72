"""Proposals as programs see them. Contact data are never among them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from domain.proposals.call import Channel
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_PLACE, LONGEST_TITLE
from domain.proposals.proposal import (
    DeclineReason,
    Outcome,
    Proposal,
    ProposalForm,
    Suggestion,
    TransferTo,
)
from domain.proposals.totals import Totals
from domain.shared import Money as Yuan
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Money, Shown, Whole
from interfaces.web.proposals.way import Step
from projections.proposal_register import ProposalRow
from projections.proposal_register.likeness import Like

ID = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"
WRITTEN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
WORDS = r"^[^\x00-\x1F\x7F]*$"

TheProposal = Annotated[UUID, Path(description="建议的标识。", examples=[ID])]
TheYear = Annotated[int, Path(ge=2000, le=2100, description="哪一年的建议。", examples=[2027])]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年的建议；不填为当前征集的。", examples=[2027])]


class SuggestionBody(Asked):
    """What is proposed, one matter only."""

    title: str = Field(
        pattern=LINE, max_length=LONGEST_TITLE, description="标题，一句话。", examples=["北街小区加装电梯"]
    )
    content: str = Field(
        pattern=WRITTEN,
        max_length=LONGEST_CONTENT,
        description="内容；不得写手机号、身份证号。",
        examples=["老人上下楼难。"],
    )
    place: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_PLACE, description="地点，可以为空。", examples=["北街"]
    )
    category: str = Field(
        default="", pattern=MAYBE_LINE, max_length=40, description="类别，可以为空。", examples=["住房改造"]
    )
    beneficiaries: str = Field(
        default="", pattern=MAYBE_LINE, max_length=200, description="受益群众，可以为空。", examples=["小区居民"]
    )
    estimated_funds: Money | None = Field(
        default=None,
        ge=0,
        max_digits=15,
        decimal_places=2,
        description="估算资金，单位元；没有为 null。",
        examples=["800000"],
    )


class ReceivedBody(SuggestionBody):
    """A proposal that reached the office."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的建议，须有征集公告。", examples=[2027])
    channel: Channel = Field(description="怎样收到的。", examples=["paper"])
    received_on: Day = Field(description="收到日期，在征集期内。", examples=["2026-09-15"])
    unit_name: str = Field(
        default="", pattern=MAYBE_LINE, max_length=100, description="单位建议的单位名称；个人建议为空。", examples=[""]
    )
    signatories: Whole = Field(default=1, ge=1, le=100_000, description="联名人数。", examples=[1])
    house: Id | None = Field(default=None, description="经过的代表之家；没有为 null。", examples=[ID])


class PutRightBody(SuggestionBody):
    """The suggestion as it should read."""

    reason: str = Field(default="", pattern=MAYBE_LINE, max_length=300, description="更正的理由。", examples=["补类别"])


class SplitBody(Asked):
    """One matter each; the first keeps the code."""

    parts: tuple[SuggestionBody, ...] = Field(
        min_length=2, max_length=10, description="拆分后的各件，第一件留用原来的查询码。"
    )
    reason: str = Field(pattern=LINE, max_length=300, description="拆分的理由。", examples=["一事一议"])


class PublicWording(Asked):
    """What residents read."""

    title: str = Field(
        pattern=LINE, max_length=LONGEST_TITLE, description="公开的标题。", examples=["北街小区加装电梯"]
    )
    content: str = Field(
        pattern=WRITTEN, max_length=LONGEST_CONTENT, description="公开的内容。", examples=["希望分批加装。"]
    )


class MergeBody(Asked):
    """Into which one."""

    into: Id = Field(description="并入的建议；须待办，或者已成为候选项目。", examples=[ID])
    reason: str = Field(default="", pattern=MAYBE_LINE, max_length=300, description="理由。", examples=["同一件事"])


class TransferBody(Asked):
    """To whom."""

    to: TransferTo = Field(description="转给谁。", examples=["hotline"])
    work_order: str = Field(
        default="", pattern=MAYBE_LINE, max_length=60, description="热线的工单号，可以为空。", examples=["WO-2026-1"]
    )
    unit: Id | None = Field(default=None, description="转给的单位；不转单位为 null。", examples=[ID])
    congress: Id | None = Field(default=None, description="转给的大会；不转大会为 null。", examples=[ID])
    reason: str = Field(pattern=LINE, max_length=500, description="理由，建议人可以看到。", examples=["属于日常维护"])


class DeclineBody(Asked):
    """Why, as a code and in words."""

    reason: DeclineReason = Field(description="原因。", examples=["already_planned"])
    words: str = Field(pattern=WRITTEN, max_length=500, description="给建议人的说明。", examples=["已列入今年计划。"])


class ReasonBody(Asked):
    """Why."""

    reason: str = Field(pattern=LINE, max_length=500, description="理由。", examples=["明年条件具备"])


class SignaturesBody(Asked):
    """Residents who support it on paper."""

    voices: Whole = Field(ge=1, le=100_000, description="签名人数。", examples=[36])
    words: str = Field(pattern=LINE, max_length=200, description="材料来源。", examples=["东街社区签名表 3 页"])


class DrawBody(Asked):
    """What is brought from the reserve into which year."""

    proposals: tuple[Id, ...] = Field(min_length=1, max_length=200, description="储备库里的建议。", examples=[[ID]])
    year: Whole = Field(ge=2000, le=2100, description="转入哪一年，须有征集公告。", examples=[2028])


class Imported(Shown):
    """What an import has made."""

    proposals: list[UUID] = Field(description="收到的建议，按文件的次序。", examples=[[ID]])


class TotalsShown(Shown):
    """Received is the sum of all others."""

    year: int = Field(description="哪一年。", examples=[2027])
    received: int = Field(description="收到。", examples=[37])
    became_candidate: int = Field(description="成为候选。", examples=[12])
    merged: int = Field(description="合并。", examples=[20])
    transferred: int = Field(description="转办。", examples=[0])
    reserve: int = Field(description="储备。", examples=[0])
    declined: int = Field(description="不采纳。", examples=[5])
    open: int = Field(description="待办。", examples=[0])


class ProposalLine(Shown):
    """A proposal in a list."""

    id: UUID = Field(description="标识。", examples=[ID])
    code: str = Field(description="查询码。", examples=["7K2M9QXA4BC"])
    year: int = Field(description="哪一年的建议。", examples=[2027])
    form: ProposalForm = Field(description="个人建议或单位建议。", examples=["person"])
    channel: Channel = Field(description="怎样收到的。", examples=["web"])
    received_on: date = Field(description="收到日期。", examples=["2026-09-15"])
    title: str = Field(description="标题。", examples=["北街小区加装电梯"])
    place: str = Field(description="地点。", examples=["北街"])
    category: str = Field(description="类别。", examples=["住房改造"])
    outcome: Outcome | None = Field(description="结果；待办为 null。", examples=["merged"])
    into: UUID | None = Field(description="并入的建议；没有合并为 null。", examples=[ID])
    project: UUID | None = Field(description="成为的候选项目；没有为 null。", examples=[ID])
    supporters: int = Field(description="附议人数。", examples=[34])
    taken_in: int = Field(description="并入几件。", examples=[2])
    shown: bool = Field(description="是否公开。", examples=[False])
    screened: bool = Field(description="是否已初筛。", examples=[True])
    hits: list[str] = Field(description="命中的负面清单条目。", examples=[["负6 形象工程"]])


class StepShown(Shown):
    """A step of a proposal's way."""

    on: date = Field(description="日期。", examples=["2026-10-20"])
    heading: str = Field(description="什么事。", examples=["合并"])
    detail: str = Field(description="给人看的话，可以为空。", examples=["北街小区加装电梯"])


class ProposalShown(ProposalLine):
    """A proposal with its text and its way so far."""

    content: str = Field(description="内容。", examples=["老人上下楼难。"])
    beneficiaries: str = Field(description="受益群众。", examples=["小区居民"])
    estimated_funds: Money | None = Field(description="估算资金，单位元；未填写为 null。", examples=["800000"])
    unit_name: str = Field(description="单位建议的单位名称。", examples=[""])
    signatories: int = Field(description="联名人数。", examples=[1])
    public_title: str = Field(description="公开的标题；从未公开为空。", examples=["北街小区加装电梯"])
    public_content: str = Field(description="公开的内容；从未公开为空。", examples=["希望分批加装。"])
    origin: UUID | None = Field(description="来自哪件建议（储备库、其他大会）；没有为 null。", examples=[ID])
    split_from: UUID | None = Field(description="拆分自哪件建议；没有为 null。", examples=[ID])
    way: list[StepShown] = Field(description="经过，新的在前。")


class LikeShown(Shown):
    """A proposal that says nearly the same."""

    proposal: ProposalLine = Field(description="相近的建议。")
    points: int = Field(description="相近的程度，百分数。", examples=[87])
    shared: list[str] = Field(description="两个标题里都有的词。", examples=[["小区", "电梯"]])
    same_place: bool = Field(description="地点是否相同。", examples=[True])


def suggestion_of(body: SuggestionBody, known: Suggestion | None = None) -> Suggestion:
    """As the domain takes it; where it is already, the coordinates stay."""
    return Suggestion(
        title=body.title,
        content=body.content,
        place=body.place,
        longitude=known.longitude if known else None,
        latitude=known.latitude if known else None,
        category=body.category,
        beneficiaries=body.beneficiaries,
        estimated_funds=None if body.estimated_funds is None else Yuan(Decimal(body.estimated_funds)),
    )


def totals_shown(year: int, totals: Totals) -> TotalsShown:
    """As they are shown."""
    return TotalsShown(
        year=year,
        received=totals.received,
        became_candidate=totals.became_candidate,
        merged=totals.merged,
        transferred=totals.transferred,
        reserve=totals.reserve,
        declined=totals.declined,
        open=totals.open,
    )


def line_shown(row: ProposalRow) -> ProposalLine:
    """As it is shown in a list."""
    return ProposalLine(**_line(row))


def proposal_shown(row: ProposalRow, state: Proposal, way: list[Step]) -> ProposalShown:
    """As it is shown."""
    said = state.suggestion
    more = {name: getattr(row, name) for name in ("unit_name", "signatories", "public_title", "public_content")}
    return ProposalShown(
        **_line(row),
        **more,
        content=said.content,
        beneficiaries=said.beneficiaries,
        estimated_funds=said.estimated_funds,
        origin=row.origin,
        split_from=row.split_from,
        way=[StepShown(on=step.on, heading=step.heading, detail=step.said) for step in way],
    )


def like_shown(one: Like) -> LikeShown:
    """As it is shown."""
    return LikeShown(
        proposal=line_shown(one.row), points=one.points, shared=list(one.shared), same_place=one.same_place
    )


def _line(row: ProposalRow) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in ProposalLine.model_fields if name not in {"id", "hits"}}
    return {**known, "id": row.proposal, "hits": [f"{code} {name}" for code, name in row.hits]}
