"""What was done about calls, houses and proposals, as one sentence each."""

from typing import Final

from domain.projects.origins import ProposalGivenBack, ProposalTakenUp
from domain.proposals.call import CallExtended, CallPublished, CallReworded
from domain.proposals.house import HouseChanged, HouseOpened
from domain.proposals.proposal import (
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalHidden,
    ProposalLetGo,
    ProposalMerged,
    ProposalPhotoErased,
    ProposalPutRight,
    ProposalReceived,
    ProposalReopened,
    ProposalReserved,
    ProposalScreened,
    ProposalShown,
    ProposalTookIn,
    ProposalTransferred,
    ProposerForgotten,
    TransferTo,
)
from domain.proposals.screening import ScreeningRulesAdopted
from domain.proposals.support import SupportGiven, SupportSource
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.words import DECLINE_REASONS


def _screened(fact: ProposalScreened, _names: Names) -> str:
    if not fact.screening.hits:
        return _("初筛：不在负面清单之内。")
    rules = _("、").join(f"{line.code} {line.name}" for line in fact.screening.hits)
    return _("初筛：在负面清单之内（%(rules)s）。", rules=rules)


def _transferred(fact: ProposalTransferred, _names: Names) -> str:
    if fact.to is TransferTo.HOTLINE:
        said = _("转 12345 热线办理（工单 %(name)s）。", name=fact.name) if fact.name else _("转 12345 热线办理。")
    else:
        said = _("转%(name)s办理。", name=fact.name)
    return with_reason(said, fact.reason)


def _declined(fact: ProposalDeclined, _names: Names) -> str:
    return _("不采纳：%(reason)s。%(words)s", reason=DECLINE_REASONS[fact.reason], words=fact.words)


def _supported(fact: SupportGiven, names: Names) -> str:
    said = {"title": names.of(fact.proposal), "n": number(fact.voices)}
    if fact.source is SupportSource.PAPER:
        return _("登记“%(title)s”的书面附议 %(n)s 人。", **said)
    return _("“%(title)s”得到附议 %(n)s 人。", **said)


def _forgotten(fact: ProposerForgotten, _names: Names) -> str:
    return _("应建议人要求删除联系方式。") if fact.asked_by_proposer else _("删除建议人的联系方式。")


PROPOSALS: Final[dict[type, Told]] = {
    CallPublished: lambda f, _n: _(
        "发布 %(year)s 年征集公告，%(from)s 至 %(to)s。",
        year=f.year,
        **{"from": day(f.opens_on), "to": day(f.closes_on)},
    ),
    CallExtended: lambda f, _n: with_reason(_("征集延长到 %(day)s。", day=day(f.closes_on)), f.reason),
    CallReworded: lambda f, _n: _("更正征集公告“%(title)s”的文字、渠道或联系方式。", title=f.title),
    HouseOpened: lambda f, _n: _("登记代表之家“%(name)s”（%(address)s）。", name=f.name, address=f.address),
    HouseChanged: lambda f, _n: _("代表之家“%(name)s”的信息更改为 %(address)s。", name=f.name, address=f.address),
    ScreeningRulesAdopted: lambda f, _n: _(
        "启用初筛清单第 %(version)s 版（%(decision)s）。", version=f.version, decision=f.decision
    ),
    ProposalReceived: lambda f, _n: _(
        "收到 %(year)s 年建议“%(title)s”（%(channel)s，查询码 %(code)s）。",
        year=f.year,
        title=f.suggestion.title,
        channel=CHANNELS[f.channel],
        code=f.code,
    ),
    ProposalPutRight: lambda f, _n: with_reason(
        _("更正建议，现在的标题是“%(title)s”。", title=f.suggestion.title), f.reason
    ),
    ProposalShown: lambda f, _n: _("公开建议，公开的标题是“%(title)s”。", title=f.title),
    ProposalHidden: lambda f, _n: with_reason(_("不再公开建议。"), f.reason),
    ProposalScreened: _screened,
    ProposalMerged: lambda f, n: with_reason(_("合并到建议“%(title)s”。", title=n.of(f.into)), f.reason),
    ProposalTookIn: lambda f, n: _("并入了建议“%(title)s”。", title=n.of(f.proposal)),
    ProposalLetGo: lambda f, n: _("建议“%(title)s”不再并入这一件。", title=n.of(f.proposal)),
    ProposalTransferred: _transferred,
    ProposalReserved: lambda f, _n: with_reason(_("列入储备库。"), f.reason),
    ProposalDeclined: _declined,
    ProposalBecameCandidate: lambda f, _n: _("成为候选项目“%(name)s”。", name=f.name),
    ProposalReopened: lambda f, _n: with_reason(_("撤回原来的结果，重新办理。"), f.reason),
    ProposerForgotten: _forgotten,
    ProposalPhotoErased: lambda f, _n: with_reason(_("删除建议的一张照片。"), f.reason),
    SupportGiven: _supported,
    ProposalTakenUp: lambda f, _n: _("候选项目采纳建议“%(title)s”（查询码 %(code)s）。", title=f.title, code=f.code),
    ProposalGivenBack: lambda f, n: _("候选项目退回建议“%(title)s”。", title=n.of(f.proposal)),
}
