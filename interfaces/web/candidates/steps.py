"""The way of a candidate to the congress as a line of steps: screening, approvals, the list."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from application.history.recorded import Recorded
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded
from domain.projects.card import CandidateCard
from domain.projects.project import CandidateDrafted, CandidateRevised, Project, Stage
from domain.proposals.screening import AdoptedRules, ApprovalKind
from interfaces.web._base.language import gettext as _
from interfaces.web.screening.words import APPROVALS, OUTCOME_TAGS, OUTCOMES, rules_named

DONE, STOPPED, NEXT, LATER = "done", "stopped", "next", "later"


class Said(NamedTuple):
    """One body's word under a step."""

    approval: ApprovalRecorded | None
    body: str
    on: date | None
    tag: str
    outcome: str
    words: str


class Step(NamedTuple):
    """One step of the line."""

    kind: str
    """Of the approval; empty for screening and list."""
    title: str
    state: str
    said: tuple[Said, ...]
    note: str = ""


def steps_of(state: Project, rules: AdoptedRules | None, listed_on: date | None = None) -> list[Step]:
    """The steps the congress's rules ask for, or those taken where it has none; in their order."""
    examined = state.examined
    order = rules.rules.approvals if rules else ()
    recorded = {one.kind for one in examined.approvals}
    others = [kind for kind in ApprovalKind if kind not in order and kind in recorded]
    steps = [_screened(state), *(_approval(kind, examined.approvals) for kind in (*order, *others))]
    steps.append(_listed(state, listed_on))
    return [step._replace(state=found) for step, found in zip(steps, _states(steps), strict=True)]


def revised_since(recorded: Iterable[Recorded], state: Project) -> datetime | None:
    """When the card was last changed since the latest approval that stands; support frozen with a list is no change."""
    standing = {one.approval for one in state.examined.approvals}
    card: CandidateCard | None = None
    spoken, changed = False, None
    for one in recorded:
        match one.fact:
            case ApprovalRecorded(approval=approval) if approval in standing:
                spoken, changed = True, None
            case CandidateDrafted(card=drafted):
                card = drafted
            case CandidateRevised(card=revised):
                frozen = card and replace(
                    card, support_proposals=revised.support_proposals, supporters=revised.supporters
                )
                changed = one.at if spoken and frozen != revised else changed
                card = revised
    return changed


def may_follow(state: Project, rules: AdoptedRules | None) -> list[ApprovalKind]:
    """The kinds that may be recorded next; after a refusal only other departments', and only of one of theirs."""
    refused = {one.kind for one in state.examined.approvals if one.outcome is ApprovalOutcome.REFUSAL}
    if refused:
        return [ApprovalKind.DEPARTMENTS] if refused == {ApprovalKind.DEPARTMENTS} else []
    recorded = {one.kind for one in state.examined.approvals}
    order = rules.rules.approvals if rules else tuple(ApprovalKind)
    if rules is None:
        return [kind for kind in order if kind is ApprovalKind.DEPARTMENTS or kind not in recorded]
    first = next((kind for kind in order if kind not in recorded), None)
    again = [ApprovalKind.DEPARTMENTS] if ApprovalKind.DEPARTMENTS in recorded and first else []
    return [*again, *([first] if first else [])]


def _states(steps: list[Step]) -> list[str]:
    found, reached = [], True
    for step in steps:
        if step.state == STOPPED:
            found.append(STOPPED)
            reached = False
        elif step.state == DONE:
            found.append(DONE)
        else:
            found.append(NEXT if reached else LATER)
            reached = False
    return found


def _screened(state: Project) -> Step:
    screening = state.examined.screening
    if screening is None:
        is_over = state.stage not in (Stage.DRAFT, Stage.WITHDRAWN)
        return Step("", _("初筛"), DONE if is_over else LATER, (), _("没有登记") if is_over else "")
    if screening.hits:
        return Step("", _("初筛"), STOPPED, (), _("命中 %(rules)s", rules=rules_named(screening.hits)))
    unmet = _("不符合正面清单 %(rules)s", rules=rules_named(screening.unmet)) if screening.unmet else ""
    return Step("", _("初筛"), DONE, (), unmet or _("没有命中负面清单"))


def _approval(kind: ApprovalKind, approvals: tuple[ApprovalRecorded, ...]) -> Step:
    ours = [one for one in approvals if one.kind is kind]
    said = tuple(
        Said(one, one.body, one.on, OUTCOME_TAGS[one.outcome], str(OUTCOMES[one.outcome]), one.words) for one in ours
    )
    refused = any(one.outcome is ApprovalOutcome.REFUSAL for one in ours)
    state = STOPPED if refused else DONE if ours else LATER
    return Step(kind.value, str(APPROVALS[kind]), state, said)


def _listed(state: Project, on: date | None) -> Step:
    if state.stage in (Stage.DRAFT, Stage.WITHDRAWN):
        return Step("", _("列入名单"), LATER, ())
    number = _("第 %(n)s 号", n=state.number) if state.stage is Stage.LISTED else ""
    return Step("", _("列入名单"), DONE, (Said(None, number, on, "", "", ""),) if number or on else ())
