"""What was found and said about a candidate before it was listed, as one sentence each."""

from typing import Final

from domain.projects.approvals import ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.screening.words import APPROVALS, OUTCOMES, rules_named


def _screened(fact: CandidateScreened, _names: Names) -> str:
    if not fact.screening.hits:
        return _("候选项目初筛通过。")
    return _("候选项目初筛：命中负面清单 %(rules)s。", rules=rules_named(fact.screening.hits))


def _recorded(fact: ApprovalRecorded, _names: Names) -> str:
    said = {"kind": APPROVALS[fact.kind], "body": fact.body, "day": day(fact.on), "outcome": OUTCOMES[fact.outcome]}
    return with_reason(_("登记%(kind)s：%(body)s %(day)s %(outcome)s。", **said), fact.words)


EXAMINED: Final[dict[type, Told]] = {
    CandidateScreened: _screened,
    ApprovalRecorded: _recorded,
    ApprovalWithdrawn: lambda f, _n: with_reason(_("撤回一条审定意见。"), f.reason),
}
