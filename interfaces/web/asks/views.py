"""The asks as lists and pages show them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from domain.asks.ask import AskKind, AskStage
from interfaces.public.projects.timeline import ASKS, COMPLETIONS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day, money
from interfaces.web.asks.words import STAGES
from projections.asks_board import AskRow

_KIND_OF_STAGE = {
    AskStage.ISSUED: "idle",
    AskStage.ANSWERED: "info",
    AskStage.SENT_BACK: "warn",
    AskStage.APPROVED: "ok",
}


class ShownAsk(NamedTuple):
    """One ask with its state in words. `order`: overdue ones first."""

    row: AskRow
    title: str
    addressee: str
    tag: str
    state: str
    is_open: bool
    overdue: bool
    late: bool


def shown(row: AskRow, today: date, office_name: str) -> ShownAsk:
    """An ask on a day."""
    stage = AskStage(row.stage)
    overdue = row.is_overdue(today)
    state = str(STAGES[row.stage])
    if overdue:
        state = _("逾期 %(days)s 天", days=(today - row.due_on).days)
    elif today < row.opens_on:
        state = _("%(day)s 起答复", day=day(row.opens_on))
    return ShownAsk(
        row=row,
        title=str(ASKS[row.kind]),
        addressee=row.unit_name or (_("政府办公室") if row.kind == AskKind.PLAN else office_name),
        tag="bad" if overdue else _KIND_OF_STAGE[stage],
        state=state,
        is_open=today >= row.opens_on and stage is not AskStage.APPROVED,
        overdue=overdue,
        late=row.answered_late(),
    )


class Tally(NamedTuple):
    """How far one of the four asks is."""

    kind: str
    title: str
    issued: int
    answered: int
    overdue: int


def tallies(asks: list[ShownAsk]) -> list[Tally]:
    """The four asks in their order, with how many are out, answered and overdue."""
    return [
        Tally(
            kind.value,
            str(ASKS[kind.value]),
            sum(ask.row.kind == kind for ask in asks),
            sum(ask.row.kind == kind and ask.row.stage in (AskStage.ANSWERED, AskStage.APPROVED) for ask in asks),
            sum(ask.row.kind == kind and ask.overdue for ask in asks),
        )
        for kind in AskKind
    ]


def answer_lines(row: AskRow) -> list[tuple[str, str]]:
    """The answer as pairs of label and text."""
    if row.answer is None:
        return []
    labels = _LABELS[row.kind]
    return [(str(label), _text(name, row.answer)) for name, label in labels.items() if _text(name, row.answer)]


def _text(name: str, answer: Mapping[str, Any]) -> str:
    value = answer.get(name)
    if value is None or value == "":
        return ""
    if name in ("funds", "funds_spent"):
        return money(Decimal(value))
    if name.endswith(("_on", "_from", "_until")):
        return day(date.fromisoformat(value))
    if name == "percent":
        return f"{value}%"
    if name == "completion":
        return str(COMPLETIONS[value])
    return str(value)


_LABELS = {
    "plan": {
        "call_from": lazy("征集开始日期"),
        "call_until": lazy("征集结束日期"),
        "channels": lazy("征集渠道"),
        "proposals_received": lazy("收到建议（件）"),
        "draft_candidates": lazy("初步候选项目（个）"),
        "funds": lazy("资金安排"),
        "party_review_on": lazy("党委研究日期"),
        "rule_profile_draft": lazy("票决办法草案"),
        "training": lazy("培训安排"),
    },
    "result": {
        "all_delegates": lazy("全体代表"),
        "attending": lazy("到会"),
        "issued": lazy("发出"),
        "returned": lazy("收回"),
        "candidates": lazy("候选项目"),
        "quota": lazy("应选"),
        "adopted": lazy("列入"),
        "notice_number": lazy("公告文号"),
        "duty_list_on": lazy("责任清单印发日期"),
        "remarks": lazy("说明"),
    },
    "progress": {
        "percent": lazy("形象进度"),
        "funds_spent": lazy("已支出资金"),
        "milestones": lazy("完成的节点"),
        "problems": lazy("困难和问题"),
        "adjustments": lazy("需要调整的事项"),
        "inspections": lazy("视察次数"),
    },
    "summary": {
        "completion": lazy("完成等次"),
        "results": lazy("完成情况"),
        "leftovers": lazy("遗留事项"),
        "lessons": lazy("经验教训"),
        "proposals": lazy("对下一年的建议"),
    },
}
