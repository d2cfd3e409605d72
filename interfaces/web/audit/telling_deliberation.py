"""What was done about materials, remarks and questions, as one sentence each."""

from typing import Final

from domain.congress.materials import (
    MaterialRead,
    MaterialReplaced,
    MaterialSent,
    MaterialWithdrawn,
    ReadersReminded,
)
from domain.projects.remark import (
    AnswerSentBack,
    QuestionAsked,
    RemarkAnswered,
    RemarkAssigned,
    RemarkRecorded,
    RemarksClosed,
    RemarkTakenBack,
)
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.deliberation.words import REMARK_KINDS


def _sent(fact: MaterialSent, _names: Names) -> str:
    to = _("、").join(fact.delegations) or _("全体代表")
    return _("把材料“%(title)s”发给%(to)s。", title=fact.title, to=to)


def _remarked(fact: RemarkRecorded, names: Names) -> str:
    said = {"delegation": fact.delegation, "kind": REMARK_KINDS[fact.kind.value], "project": names.of(fact.project)}
    return _("%(delegation)s对“%(project)s”提出审议意见（%(kind)s）。", **said)


def _asked(fact: QuestionAsked, names: Names) -> str:
    return _("代表 %(name)s 就“%(project)s”提问。", name=names.of(fact.delegate), project=names.of(fact.project))


DELIBERATION: Final[dict[type, Told]] = {
    MaterialSent: _sent,
    MaterialReplaced: lambda f, _n: with_reason(_("更换材料“%(title)s”。", title=f.title), f.reason),
    MaterialWithdrawn: lambda f, _n: with_reason(_("撤回材料。"), f.reason),
    MaterialRead: lambda f, n: _(
        "代表 %(name)s 阅读材料“%(title)s”（第 %(edition)s 版）。",
        name=n.of(f.delegate),
        title=n.of(f.material),
        edition=f.edition,
    ),
    ReadersReminded: lambda f, _n: _("提醒 %(n)s 名代表阅读。", n=number(f.unread)),
    RemarkRecorded: _remarked,
    QuestionAsked: _asked,
    RemarkTakenBack: lambda f, _n: with_reason(_("撤回意见。"), f.reason),
    RemarkAssigned: lambda f, _n: _("意见交%(unit)s在 %(due)s 前答复。", unit=f.unit_name, due=day(f.due_on)),
    RemarkAnswered: lambda f, _n: _("%(unit)s答复意见。", unit=f.answered_by_name or _("政府办公室")),
    AnswerSentBack: lambda f, _n: with_reason(_("退回对意见的答复。"), f.reason),
    RemarksClosed: lambda f, _n: _("截止 %(year)s 年候选项目的审议意见和提问。", year=f.year),
}
