"""Words about screening and approvals: who consents, what was said, how far a candidate is."""

from collections.abc import Iterable
from typing import Final

from domain.projects.approvals import ApprovalOutcome
from domain.proposals.screening import ApprovalKind, Criterion
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from projections.candidate_board import ListedCandidate, Standing

APPROVALS: Final[dict[str, Lazy]] = {
    ApprovalKind.DEPARTMENTS: lazy("部门意见"),
    ApprovalKind.EXECUTIVE_MEETING: lazy("政府常务会议"),
    ApprovalKind.PARTY_COMMITTEE: lazy("党委会议"),
    ApprovalKind.LEGALITY: lazy("合法性审查"),
}
"""In the order in which they usually come; the congress's rules give its own."""

OUTCOMES: Final[dict[str, Lazy]] = {
    ApprovalOutcome.CONSENT: lazy("同意"),
    ApprovalOutcome.CONSENT_WITH_CHANGES: lazy("修改后同意"),
    ApprovalOutcome.REFUSAL: lazy("不同意"),
}
OUTCOME_TAGS: Final[dict[str, str]] = {
    ApprovalOutcome.CONSENT: "ok",
    ApprovalOutcome.CONSENT_WITH_CHANGES: "warn",
    ApprovalOutcome.REFUSAL: "bad",
}

STANDINGS: Final[dict[str, Lazy]] = {
    Standing.TO_SCREEN: lazy("待初筛"),
    Standing.SCREENED: lazy("初筛通过"),
    Standing.IN_APPROVAL: lazy("审定中"),
    Standing.READY: lazy("可上会"),
    Standing.LISTED: lazy("已列入名单"),
    Standing.WITHDRAWN: lazy("已撤回"),
}
STANDING_TAGS: Final[dict[str, str]] = {
    Standing.TO_SCREEN: "idle",
    Standing.SCREENED: "info",
    Standing.IN_APPROVAL: "warn",
    Standing.READY: "ok",
    Standing.LISTED: "ok",
    Standing.WITHDRAWN: "idle",
}


def rules_named(rules: Iterable[Criterion | list[str]]) -> str:
    """负1“以社会资本投入为主”、负3“增加负担或者债务风险”."""
    told = [(rule.code, rule.name) if isinstance(rule, Criterion) else (rule[0], rule[1]) for rule in rules]
    return _("、").join(_("%(code)s“%(name)s”", code=code, name=name) for code, name in told)


def kinds_named(kinds: Iterable[str]) -> str:
    """部门意见、合法性审查."""
    return _("、").join(str(APPROVALS[kind]) for kind in kinds)


def missing_words(one: ListedCandidate, gaps: str) -> list[tuple[bool, str]]:
    """What keeps a draft from the list, each with whether it blocks the rest; `gaps` in the words of the card."""
    found: list[tuple[bool, str]] = []
    if one.hits:
        found.append((True, _("命中负面清单：%(rules)s", rules=rules_named(one.hits))))
    if one.refused_by:
        found.append((True, _("%(body)s不同意", body=one.refused_by)))
    if one.lacking and not found:
        found.append((False, _("待审定：%(kinds)s", kinds=kinds_named(one.lacking))))
    if not one.screened and not one.hits and one.by_rules:
        found.insert(0, (False, _("还没有初筛")))
    if gaps:
        found.append((False, gaps))
    return found
