"""Sentences about the four asks."""

from typing import Final

from domain.asks.ask import (
    AskApproved,
    AskEscalated,
    AskFellOverdue,
    AskHandedOver,
    AskIssued,
    AskPhotoErased,
    AskSentBack,
    AskUrged,
    AskWithdrawn,
    NextYearOpened,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from domain.asks.rules import AskRulesAdopted
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names, value_words


def _progress(fact: ProgressAnswered, _names: Names) -> str:
    spent = money(fact.answer.funds_spent)
    return _("答复问进展：形象进度 %(percent)s%%，已支出 %(spent)s。", percent=fact.answer.percent, spent=spent)


def _asked(fact: AskIssued, names: Names) -> str:
    kind = value_words("kind", fact.kind, names)
    about = names.of(fact.project) if fact.project else _("%(year)s 年", year=fact.year)
    if fact.asked_by is not None:
        said = {"kind": kind, "about": about, "upper": names.of(fact.asked_by), "due": day(fact.due_on)}
        return _("%(upper)s发出“%(kind)s”：%(about)s，%(due)s 前答复。", **said)
    return _("发出“%(kind)s”：%(about)s，%(due)s 前答复。", kind=kind, about=about, due=day(fact.due_on))


def _sent_back(fact: AskSentBack, _names: Names) -> str:
    if fact.due_on is None:
        return with_reason(_("退回答复。"), fact.reason)
    return with_reason(_("退回答复，%(due)s 前重报。", due=day(fact.due_on)), fact.reason)


ASKS: Final[dict[type, Told]] = {
    AskIssued: _asked,
    PlanAnswered: lambda _f, _n: _("答复问计划。"),
    ResultAnswered: lambda f, _n: _(
        "答复问结果：候选 %(n)s 项，列入 %(adopted)s 项。", n=f.answer.candidates, adopted=f.answer.adopted
    ),
    ProgressAnswered: _progress,
    SummaryAnswered: lambda f, n: _(
        "答复问总结：%(completion)s。", completion=value_words("completion", f.answer.completion, n)
    ),
    AskSentBack: _sent_back,
    AskApproved: lambda f, _n: _("认可答复。%(remark)s", remark=f.remark),
    AskUrged: lambda f, _n: _("催办，请尽快答复。%(words)s", words=f.words),
    AskFellOverdue: lambda f, _n: _("%(due)s 到期没有答复，已经逾期。", due=day(f.due_on)),
    AskEscalated: lambda f, _n: _(
        "逾期 %(n)s 个工作日，第 %(step)s 级督办：%(to)s。", n=f.working_days, step=f.step, to=f.to
    ),
    AskWithdrawn: lambda f, _n: with_reason(_("撤回这一问，不必再答复。"), f.reason),
    AskHandedOver: lambda f, _n: _("牵头单位改变，这一问转由%(unit)s答复。", unit=f.unit_name),
    AskPhotoErased: lambda f, _n: with_reason(_("删除答复的一张照片。"), f.reason),
    NextYearOpened: lambda f, _n: _("%(n)s 件事项转入 %(year)s 年建议。", n=len(f.proposals), year=f.year),
    AskRulesAdopted: lambda f, _n: _(
        "四问规则第 %(version)s 版启用（%(decision)s）。", version=f.version, decision=f.decision
    ),
}
