"""What is shown of the screening and the approvals of a candidate."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import Field

from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded
from domain.proposals.screening import ApprovalKind, Criterion, Screening
from interfaces.api._base.models import Shown

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"


class RuleShown(Shown):
    """A line of a list."""

    code: str = Field(description="编号。", examples=["负1"])
    name: str = Field(description="名称。", examples=["以社会资本投入为主"])


class ScreeningShown(Shown):
    """What was found."""

    version: int = Field(description="按初筛清单第几版；0 为通用清单。", examples=[1])
    hits: list[RuleShown] = Field(description="命中的负面清单条目；有一条就不能作为候选项目。")
    unmet: list[RuleShown] = Field(description="不符合的正面清单条目。")
    note: str = Field(description="说明。", examples=[""])


class ApprovalShown(Shown):
    """What a body said."""

    id: UUID = Field(description="标识。", examples=[ID])
    kind: ApprovalKind = Field(description="审定环节。", examples=["departments"])
    body: str = Field(description="单位或者会议。", examples=["市财政局"])
    unit: UUID | None = Field(description="单位的标识；不在单位名录里为 null。", examples=[ID])
    outcome: ApprovalOutcome = Field(description="结论。", examples=["consent"])
    number: str = Field(description="文号或者纪要号，可以为空。", examples=["纪要第 42 号"])
    on: date = Field(description="日期。", examples=["2025-11-03"])
    document: str | None = Field(description="文件名；没有文件为 null。", examples=["意见.pdf"])
    words: str = Field(description="意见内容；只有办公室和政府办能看到，别人为空。", examples=[""])


def rules_shown(rules: Iterable[Criterion]) -> list[RuleShown]:
    """As they are shown."""
    return [RuleShown(code=rule.code, name=rule.name) for rule in rules]


def screening_shown(found: Screening | None) -> ScreeningShown | None:
    """As it is shown."""
    if found is None:
        return None
    hits, unmet = rules_shown(found.hits), rules_shown(found.unmet)
    return ScreeningShown(version=found.version, hits=hits, unmet=unmet, note=found.note)


def approval_shown(one: ApprovalRecorded, *, papers: bool) -> ApprovalShown:
    """As it is shown; `papers`: whether the reader may see what lies beside it."""
    return ApprovalShown(
        id=one.approval,
        kind=one.kind,
        body=one.body,
        unit=one.unit,
        outcome=one.outcome,
        number=one.number,
        on=one.on,
        document=one.document.name if one.document and papers else None,
        words=one.words if papers else "",
    )
