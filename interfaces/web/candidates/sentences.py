"""What refusals about candidate projects and their list say."""

from collections.abc import Iterable

from domain.projects.card import CardGap, CardIncomplete, Gap
from domain.projects.project import Stage, WrongStage
from domain.shared import Refused
from interfaces.tables.candidates import COLUMNS
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _

STAGES: dict[str, Lazy] = {
    Stage.DRAFT: lazy("草稿"),
    Stage.LISTED: lazy("已列入名单"),
    Stage.ADOPTED: lazy("已列入年度清单"),
    Stage.NOT_ADOPTED: lazy("未列入年度清单"),
    Stage.WITHDRAWN: lazy("已撤回"),
}

LABELS: dict[str, Lazy] = {
    "number": lazy("编号"),
    "name": lazy("名称"),
    "category": lazy("类别"),
    "purpose": lazy("建设目的"),
    "content": lazy("建设内容与规模"),
    "targets": lazy("量化指标"),
    "place": lazy("地点"),
    "longitude": lazy("经度"),
    "latitude": lazy("纬度"),
    "total_funds": lazy("总投资"),
    "year_funds": lazy("当年投资"),
    "sources": lazy("资金来源"),
    "beneficiaries": lazy("受益群众"),
    "beneficiary_count": lazy("受益人数"),
    "starts_on": lazy("开工时间"),
    "finishes_on": lazy("完成时间"),
    "cross_year": lazy("跨年度"),
    "annual_targets": lazy("年度目标"),
    "lead_unit_name": lazy("牵头单位"),
    "assisting_units": lazy("配合单位"),
    "responsible": lazy("责任人"),
    "support_proposals": lazy("民意件数"),
    "supporters": lazy("民意支持数"),
    "risks": lazy("风险"),
}
HEADINGS = {column.field: column.heading for column in COLUMNS}

_GAPS: dict[str, Lazy] = {
    Gap.MISSING: lazy("还没有填写"),
    Gap.SOURCES_DO_NOT_ADD_UP: lazy("资金来源合计 %(value)s%%，应为 100%%"),
    Gap.YEAR_ABOVE_TOTAL: lazy("当年投资超过了总投资"),
    Gap.FINISH_BEFORE_START: lazy("完成时间早于开工时间"),
    Gap.NEEDS_ANNUAL_TARGETS: lazy("跨年度项目必须填写年度目标"),
    Gap.FINISH_IN_LATER_YEAR: lazy("完成时间在下一年度，应注明跨年度"),
    Gap.NOT_POSITIVE: lazy("%(field)s应大于零"),
    Gap.OUT_OF_RANGE: lazy("%(field)s超出了范围"),
}


def gap_words(field: str, gap: str, value: str) -> str:
    """What is wrong with one field, as it is said beside the field."""
    return _GAPS[gap].filled(field=LABELS[field], value=value)


def gaps_said(gaps: Iterable[tuple[str, str, str]]) -> str:
    """All gaps of a card (field, kind, value) in one line: 缺：建设目的、责任人；资金来源合计 90%，应为 100%."""
    told = list(gaps)
    missing = [str(LABELS[field]) for field, gap, _value in told if gap == Gap.MISSING]
    parts = [_("缺：%(fields)s", fields=_("、").join(missing))] if missing else []
    parts += [gap_words(field, gap, value) for field, gap, value in told if gap != Gap.MISSING]
    return _("；").join(parts)


def as_told(gaps: Iterable[CardGap]) -> list[tuple[str, str, str]]:
    """The gaps of a card as `gaps_said` takes them."""
    return [(gap.field, gap.gap.value, gap.value) for gap in gaps]


def _incomplete(refused: Refused) -> str:
    if not isinstance(refused, CardIncomplete):
        raise TypeError(type(refused).__name__)
    return _("“%(name)s”还不能列入名单（%(gaps)s）。", name=refused.name, gaps=gaps_said(as_told(refused.gaps)))


def _wrong_stage(refused: Refused) -> str:
    if not isinstance(refused, WrongStage):
        raise TypeError(type(refused).__name__)
    return _("“%(name)s”现在是“%(stage)s”，不能这样办理。", name=refused.name, stage=STAGES[refused.stage])


SENTENCES = {
    "CardIncomplete": _incomplete,
    "WrongStage": _wrong_stage,
    "UnreadableCard": lazy("有几处看不懂，请改正。"),
    "ListAlreadyPublished": lazy("%(year)s 年的候选项目名单已经公布。要修改，请先撤回名单。"),
    "ListNotPublished": lazy("%(year)s 年的候选项目名单还没有公布。"),
    "ListAtVote": lazy("%(year)s 年的名单已经用于表决，不能撤回；请先取消那次表决。"),
    "NumberRepeated": lazy("有两个候选项目都是第 %(number)s 号，请改正编号。"),
    "ListNotAnnounced": lazy("%(year)s 年的年度票决清单还没有公告。"),
    "ListHasChanged": lazy(
        "%(year)s 年的候选项目清单在上次表决以后有了变动，不能原样重新表决。请按现在的清单另行准备表决。"
    ),
    "ListAlreadyAnnounced": lazy("%(year)s 年的年度票决清单已经公告。"),
}

FIELDS = {
    **{name: label for name, label in LABELS.items() if name != "name"},
    "candidates": lazy("候选项目"),
    "decision": lazy("主席团决定"),
    "session": lazy("会议"),
}

STATUS = {"UnreadableCard": 422}

KINDS = {"candidate_list": lazy("候选项目名单")}
