"""What is sent and shown of candidate projects."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.projects.card import CandidateCard, CardGap, gaps
from domain.projects.project import Project, Stage
from domain.proposals.screening import ApprovalKind
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Flag, Money, Shown, Whole
from interfaces.api.candidates.examined import ApprovalShown, RuleShown, ScreeningShown, approval_shown, screening_shown
from interfaces.public.projects import timeline
from interfaces.web.candidates.forms import read_values
from interfaces.web.candidates.sentences import gap_words
from projections.candidate_board import ListedCandidate, Standing
from projections.progress_timeline import Entry

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"
NAME = r"^[^\x00-\x1F\x7F=:;,、＝：；，]*[^\s\x00-\x1F\x7F=:;,、＝：；，][^\x00-\x1F\x7F=:;,、＝：；，]*$"
"""One line without the signs that part lists in a table."""

SHARE = r"^[^\x00-\x1F\x7F=:;,、＝：；，.%％．0-9０-９]*[^\s\x00-\x1F\x7F=:;,、＝：；，.%％．0-9０-９]$"
MEASURE = r"^[^\s\x00-\x1F\x7F;、；0-9０-９][^\x00-\x1F\x7F;、；]*$"

TheProject = Annotated[UUID, Path(description="项目的标识。", examples=[ID])]
TheYear = Annotated[int, Path(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]
Degrees = Annotated[Money, Field(max_digits=13, decimal_places=10)]
Yuan = Annotated[Money, Field(max_digits=17, decimal_places=2)]


class TargetBody(Asked):
    """A quantified target."""

    name: str = Field(pattern=NAME, max_length=100, description="指标。", examples=["雨水管网"])
    amount: Money = Field(ge=0, max_digits=15, decimal_places=6, description="数量。", examples=["42"])
    unit: str = Field(pattern=MEASURE, max_length=40, description="单位。", examples=["公里"])


class SourceBody(Asked):
    """A share of the funds."""

    name: str = Field(pattern=SHARE, max_length=100, description="来源。", examples=["本级财政"])
    percent: Money = Field(ge=0, max_digits=15, decimal_places=6, description="百分数，合计 100。", examples=["60"])


class CardBody(Asked):
    """A candidate card; it may have gaps until it is listed."""

    number: Whole | None = Field(default=None, ge=-999, le=9999, description="编号；还没有为 null。", examples=[1])
    name: str = Field(pattern=LINE, max_length=200, description="名称。", examples=["老旧小区改造"])
    category: str = Field(default="", pattern=MAYBE_LINE, max_length=80, description="类别。", examples=["城市更新"])
    purpose: str = Field(
        default="", pattern=LINES, max_length=5000, description="建设目的。", examples=["改善居住条件。"]
    )
    content: str = Field(
        default="", pattern=LINES, max_length=5000, description="建设内容与规模。", examples=["改造老旧小区 30 个。"]
    )
    targets: tuple[TargetBody, ...] = Field(default=(), max_length=20, description="量化指标。")
    place: str = Field(default="", pattern=MAYBE_LINE, max_length=400, description="地点。", examples=["新城区"])
    longitude: Degrees | None = Field(default=None, description="经度，可以为 null。", examples=["111.67"])
    latitude: Degrees | None = Field(default=None, description="纬度，可以为 null。", examples=["40.82"])
    total_funds: Yuan | None = Field(default=None, description="总投资，单位元。", examples=["650000000"])
    year_funds: Yuan | None = Field(default=None, description="当年投资，单位元。", examples=["650000000"])
    sources: tuple[SourceBody, ...] = Field(default=(), max_length=20, description="资金来源。")
    beneficiaries: str = Field(
        default="", pattern=MAYBE_LINE, max_length=400, description="受益群众。", examples=["老旧小区居民"]
    )
    beneficiary_count: Whole | None = Field(
        default=None, ge=-1, le=2_000_000_000, description="受益人数。", examples=[93000]
    )
    starts_on: Day | None = Field(default=None, description="开工日期。", examples=["2026-03-15"])
    finishes_on: Day | None = Field(default=None, description="完成日期。", examples=["2026-11-30"])
    cross_year: Flag = Field(default=False, description="是否跨年度。", examples=[False])
    annual_targets: str = Field(
        default="", pattern=LINES, max_length=5000, description="跨年度项目的年度目标。", examples=[""]
    )
    lead_unit_name: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=100,
        description="牵头单位，写单位名录里的全称。",
        examples=["市住建局"],
    )
    assisting_units: tuple[Annotated[str, Field(pattern=NAME, max_length=100)], ...] = Field(
        default=(), max_length=20, description="配合单位。", examples=[["市财政局"]]
    )
    responsible: str = Field(default="", pattern=MAYBE_LINE, max_length=100, description="责任人。", examples=["李强"])
    support_proposals: Whole = Field(default=0, ge=-1, le=2_000_000_000, description="民意件数。", examples=[12])
    supporters: Whole = Field(default=0, ge=-1, le=2_000_000_000, description="民意支持数。", examples=[3400])
    risks: str = Field(default="", pattern=LINES, max_length=5000, description="风险，可以为空。", examples=[""])


class NewCandidate(CardBody):
    """A card of a year."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])


class Withdrawal(Asked):
    """Why something is taken back."""

    reason: str = Field(pattern=LINE, max_length=500, description="理由。", examples=["与另一项目重复"])


class GapShown(Shown):
    """What keeps a card from being listed."""

    field: str = Field(description="哪一项。", examples=["purpose"])
    code: str = Field(description="哪里不对，给程序看的固定用词。", examples=["missing"])
    detail: str = Field(description="给人看的话。", examples=["还没有填写"])


class LineShown(Shown):
    """A line of a project's way so far."""

    on: date = Field(description="日期。", examples=["2026-01-20"])
    kind: str = Field(description="什么事，给程序看的固定用词。", examples=["listed"])
    detail: str = Field(description="给人看的话。", examples=["列入候选项目名单，第 1 号，送代表阅读。"])


class CandidateLine(Shown):
    """A candidate in a list."""

    id: UUID = Field(description="标识。", examples=[ID])
    code: str = Field(description="公开短码。", examples=["7K2M9QXA"])
    stage: Stage = Field(description="到了哪一步。", examples=["draft"])
    number: int | None = Field(description="编号；还没有为 null。", examples=[1])
    listed_number: int | None = Field(description="在名单中的编号；没有列入为 null。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    category: str = Field(description="类别。", examples=["城市更新"])
    lead_unit: str = Field(description="牵头单位。", examples=["市住建局"])
    total_funds: Money | None = Field(description="总投资，单位元；未填写为 null。", examples=["650000000"])
    beneficiary_count: int | None = Field(description="受益人数；未填写为 null。", examples=[93000])
    supporters: int = Field(description="民意支持数。", examples=[3400])
    gaps: list[GapShown] = Field(description="列入名单以前还要补齐的。")
    support_proposals: int = Field(description="背后的建议件数；没有列入名单的随记录变化。", examples=[12])
    standing: Standing = Field(description="在候选项目板上的哪一栏。", examples=["in_approval"])
    hits: list[RuleShown] = Field(description="命中的负面清单条目。")
    refused_by: str = Field(description="不同意的单位或者会议；没有为空。", examples=[""])
    lacking: list[ApprovalKind] = Field(description="还缺哪些审定环节，按先后。", examples=[["legality"]])


class TargetShown(Shown):
    """A quantified target."""

    name: str = Field(description="指标。", examples=["雨水管网"])
    amount: Money = Field(description="数量。", examples=["42"])
    unit: str = Field(description="单位。", examples=["公里"])


class SourceShown(Shown):
    """A share of the funds."""

    name: str = Field(description="来源。", examples=["本级财政"])
    percent: Money = Field(description="百分数。", examples=["60"])


class CardShown(Shown):
    """A candidate card."""

    number: int | None = Field(description="编号；还没有为 null。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    category: str = Field(description="类别。", examples=["城市更新"])
    purpose: str = Field(description="建设目的。", examples=["改善居住条件。"])
    content: str = Field(description="建设内容与规模。", examples=["改造老旧小区 30 个。"])
    targets: list[TargetShown] = Field(description="量化指标。")
    place: str = Field(description="地点。", examples=["新城区"])
    longitude: Money | None = Field(description="经度；未填写为 null。", examples=["111.67"])
    latitude: Money | None = Field(description="纬度；未填写为 null。", examples=["40.82"])
    total_funds: Money | None = Field(description="总投资，单位元；未填写为 null。", examples=["650000000"])
    year_funds: Money | None = Field(description="当年投资，单位元；未填写为 null。", examples=["650000000"])
    sources: list[SourceShown] = Field(description="资金来源。")
    beneficiaries: str = Field(description="受益群众。", examples=["老旧小区居民"])
    beneficiary_count: int | None = Field(description="受益人数；未填写为 null。", examples=[93000])
    starts_on: date | None = Field(description="开工日期；未填写为 null。", examples=["2026-03-15"])
    finishes_on: date | None = Field(description="完成日期；未填写为 null。", examples=["2026-11-30"])
    cross_year: bool = Field(description="是否跨年度。", examples=[False])
    annual_targets: str = Field(description="跨年度项目的年度目标。", examples=[""])
    lead_unit: UUID | None = Field(description="牵头单位的标识；不在单位名录里为 null。", examples=[ID])
    lead_unit_name: str = Field(description="牵头单位。", examples=["市住建局"])
    assisting_units: list[str] = Field(description="配合单位。", examples=[["市财政局"]])
    responsible: str = Field(description="责任人。", examples=["李强"])
    support_proposals: int = Field(description="民意件数。", examples=[12])
    supporters: int = Field(description="民意支持数。", examples=[3400])
    risks: str = Field(description="风险。", examples=[""])


class CandidateShown(Shown):
    """A project with its card and its way so far."""

    id: UUID = Field(description="标识。", examples=[ID])
    code: str = Field(description="公开短码。", examples=["7K2M9QXA"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    stage: Stage = Field(description="到了哪一步。", examples=["draft"])
    listed_number: int | None = Field(description="在名单或年度清单中的编号；没有列入为 null。", examples=[1])
    card: CardShown = Field(description="卡片。")
    gaps: list[GapShown] = Field(description="列入名单以前还要补齐的。")
    timeline: list[LineShown] = Field(description="经过，新的在前。")
    proposals: list[UUID] = Field(description="背后的建议的标识，不含并入它们的。", examples=[[ID]])
    screening: ScreeningShown | None = Field(description="初筛结果；没有初筛为 null。")
    approvals: list[ApprovalShown] = Field(description="审定意见，按登记的先后。")


class Imported(Shown):
    """What an import has made."""

    projects: list[UUID] = Field(description="新建的候选项目，按文件的次序。", examples=[[ID]])


def card_of(body: CardBody, units: dict[str, UUID]) -> CandidateCard:
    """The card, read as a typed one is, so that nothing passes here that a form would refuse. Raises WrongFields."""
    sent = body.model_dump(exclude={"year"})
    values = {name: _typed(value) for name, value in sent.items()}
    values["targets"] = ";".join(f"{one.name}={_plain(one.amount)}{one.unit}" for one in body.targets)
    values["sources"] = ";".join(f"{one.name}{_plain(one.percent)}%" for one in body.sources)
    values["assisting_units"] = ";".join(body.assisting_units)
    for name in ("total_funds", "year_funds"):
        funds: Decimal | None = getattr(body, name)
        values[name] = "" if funds is None else _plain(funds / 10_000)
    return read_values(values, units)


def gaps_shown(found: Iterable[CardGap | list[str]]) -> list[GapShown]:
    """In the language of the request."""
    told = [(gap.field, gap.gap.value, gap.value) if isinstance(gap, CardGap) else tuple(gap) for gap in found]
    return [GapShown(field=field, code=gap, detail=gap_words(field, gap, value)) for field, gap, value in told]


def line_shown(one: ListedCandidate) -> CandidateLine:
    """As it is shown."""
    known = {name: getattr(one, name) for name in CandidateLine.model_fields if hasattr(one, name)}
    gaps = gaps_shown(one.gaps if one.stage == Stage.DRAFT else [])
    hits = [RuleShown(code=code, name=name) for code, name in one.hits]
    return CandidateLine(**{**known, "id": one.project, "gaps": gaps, "hits": hits})


def candidate_shown(project: UUID, state: Project, entries: list[Entry], *, papers: bool) -> CandidateShown:
    """As it is shown; `papers`: whether the reader may see what lies beside approvals."""
    said = timeline.lines(entries, with_counts=True)
    lines = [
        LineShown(on=line.on, kind=entry.kind, detail=" ".join(filter(None, (line.heading, line.said, *line.more))))
        for entry, line in zip(entries, said, strict=True)
    ]
    return CandidateShown(
        id=project,
        code=state.code,
        year=state.year,
        stage=state.stage,
        listed_number=state.number,
        card=card_shown(state.card),
        gaps=gaps_shown(gaps(state.card)) if state.stage is Stage.DRAFT else [],
        timeline=lines,
        proposals=list(state.proposals),
        screening=screening_shown(state.examined.screening),
        approvals=[approval_shown(one, papers=papers) for one in state.examined.approvals],
    )


def card_shown(card: CandidateCard) -> CardShown:
    """As it is shown."""
    known = {name: getattr(card, name) for name in CardShown.model_fields}
    for name in ("total_funds", "year_funds", "longitude", "latitude"):
        known[name] = None if known[name] is None else Decimal(_plain(known[name]))
    known["targets"] = [TargetShown(name=one.name, amount=one.amount, unit=one.unit) for one in card.targets]
    known["sources"] = [SourceShown(name=one.name, percent=one.percent) for one in card.sources]
    return CardShown(**known)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return _plain(value)
    return "" if value is None else str(value)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
