"""What was done about plans, progress, adjustments and closing, as one sentence each."""

from typing import Final

from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import (
    AdjustmentDecided,
    AdjustmentKind,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.duty_list import DutyListPublished
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    LookBackRecorded,
    MilestoneReached,
    MilestoneTakenBack,
    PlanFiled,
    PlanPublished,
    PlanSentBack,
    ProgressPhotoErased,
    ProgressReported,
    ProjectAccepted,
    ProjectUrged,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.periods import ProgressRulesAdopted
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, percent
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names, value_words
from interfaces.web.plans.words import BODIES, departures_said


def _proposed(fact: AdjustmentProposed, names: Names) -> str:
    kind = value_words("kind", fact.kind, names)
    if fact.kind is not AdjustmentKind.CHANGE:
        return with_reason(_("提请%(kind)s项目，等待决定。", kind=kind), fact.reason)
    what = departures_said(fact.departures)
    return with_reason(_("提请重大调整，等待决定：%(what)s。", what=what), fact.reason)


def _decided(fact: AdjustmentDecided, _names: Names) -> str:
    return _(
        "%(body)s同意调整（%(number)s，%(day)s公布），从现在起按决定执行。",
        body=_body(fact.body),
        number=fact.number,
        day=day(fact.notice_on),
    )


def _reported(fact: ProgressReported, _names: Names) -> str:
    return _(
        "填报 %(due)s 这一期的进度：形象进度 %(percent)s，当年已支出 %(spent)s。",
        due=day(fact.due_on),
        percent=percent(fact.percent),
        spent=money(fact.funds_spent),
    )


def _difficulty_decided(fact: DifficultyDecided, _names: Names) -> str:
    return _("“%(title)s”（%(day)s）决定：%(words)s", title=fact.title, day=day(fact.held_on), words=fact.words)


def _completed(fact: CompletionRecorded, names: Names) -> str:
    completion = value_words("completion", fact.completion, names)
    if fact.carried_to is not None:
        return _("登记完成情况：%(what)s，结转到 %(year)s 年。", what=completion, year=fact.carried_to)
    return _("登记完成情况：%(what)s。", what=completion)


def _looked_back(fact: LookBackRecorded, _names: Names) -> str:
    state = _("正常使用") if fact.in_use else _("没有正常使用")
    return _("第 %(n)s 年回头看：%(state)s。%(findings)s", n=fact.nth, state=state, findings=fact.findings)


def _body(body: DecidedBy) -> str:
    return str(BODIES[body])


IMPLEMENTATION: Final[dict[type, Told]] = {
    PlanFiled: lambda f, _n: _("填报“%(name)s”的实施计划，牵头单位%(unit)s。", name=f.name, unit=f.plan.lead_unit_name),
    PlanSentBack: lambda f, _n: with_reason(_("退回实施计划。"), f.reason),
    PlanPublished: lambda f, _n: _("公布实施计划，%(day)s起执行。", day=day(f.on)),
    DutyListPublished: lambda f, _n: _(
        "公布 %(year)s 年责任分解清单（%(number)s），%(n)s 个项目。", year=f.year, number=f.number, n=len(f.projects)
    ),
    MilestoneReached: lambda f, _n: _("节点“%(name)s”在%(day)s完成。", name=f.name, day=day(f.on)),
    MilestoneTakenBack: lambda f, _n: with_reason(_("撤销节点“%(name)s”的完成。", name=f.name), f.reason),
    ProgressReported: _reported,
    ReportSentBack: lambda f, _n: with_reason(_("退回进度填报。"), f.reason),
    ReportApproved: lambda f, _n: _("核对进度填报，%(day)s起公开。", day=day(f.on)),
    ProgressPhotoErased: lambda f, _n: with_reason(_("删除填报或者回头看的一张照片。"), f.reason),
    AdjustmentLogged: lambda f, _n: with_reason(_("一般调整，立即生效。"), f.reason),
    AdjustmentProposed: _proposed,
    AdjustmentDecided: _decided,
    AdjustmentRefused: lambda f, _n: with_reason(_("%(body)s没有同意调整。", body=_body(f.body)), f.reason),
    AdjustmentWithdrawn: lambda f, _n: with_reason(_("撤回调整。"), f.reason),
    SessionInformed: lambda f, _n: _("调整已向%(session)s报告。", session=f.session_title),
    DifficultyRaised: lambda f, _n: _("提出困难：%(words)s", words=f.words),
    DifficultyDecided: _difficulty_decided,
    DifficultyResolved: lambda f, _n: _("困难已解决：%(words)s", words=f.words),
    ProjectUrged: lambda f, n: with_reason(_("%(level)s。", level=value_words("level", f.level, n)), f.words),
    ProjectAccepted: lambda f, _n: _("%(body)s验收（%(day)s）。", body=f.body, day=day(f.on)),
    AcceptanceUndone: lambda f, _n: with_reason(_("撤销验收。"), f.reason),
    CompletionRecorded: _completed,
    LookBackRecorded: _looked_back,
    LeadingGroupMet: lambda f, _n: _("召开“%(title)s”（%(day)s）。", title=f.title, day=day(f.held_on)),
    ProgressRulesAdopted: lambda f, n: _(
        "启用进度办法“%(title)s”：%(rhythm)s。", title=f.rules.title, rhythm=value_words("rhythm", f.rules.rhythm, n)
    ),
}
