"""Screening of a candidate and its approvals 审定, in the order that the congress's rules give them."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.proposals.screening import AdoptedRules, ApprovalKind, Screening, require_clean
from domain.shared import Invalid, Missing, NotFound, Refused


class ApprovalOutcome(StrEnum):
    """What a body said to a candidate."""

    CONSENT = "consent"
    CONSENT_WITH_CHANGES = "consent_with_changes"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateScreened:
    """The candidate was held against the positive and the negative list."""

    screening: Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRecorded:
    """A body said yes or no to the candidate, on this day."""

    approval: UUID
    kind: ApprovalKind
    body: str
    """The department, or the meeting as it is cited, e.g. 市政府第 42 次常务会议."""
    unit: UUID | None = None
    """The department, where the congress knows it."""
    outcome: ApprovalOutcome
    number: str = ""
    """Of the minutes, the reply or the opinion; departments often give none."""
    on: date
    document: Attached | None = None
    words: str = ""
    """What has to change, or why the body refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWithdrawn:
    """An approval does not stand any more: recorded wrongly, or to be given anew."""

    approval: UUID
    reason: str


ApprovalFact = CandidateScreened | ApprovalRecorded | ApprovalWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What screening and approvals of a candidate have come to; approvals in the order of recording."""

    screening: Screening | None = None
    approvals: tuple[ApprovalRecorded, ...] = ()


NOTHING_YET = Examined()


@dataclass(eq=False)
class ApprovalOutOfOrder(Refused):
    """A body that comes first has not consented yet."""

    name: str
    kind: ApprovalKind
    first: ApprovalKind


@dataclass(eq=False)
class ApprovalRefused(Refused):
    """A body refused the candidate; nothing goes on while that stands."""

    name: str
    kind: ApprovalKind
    body: str


@dataclass(eq=False)
class ApprovalsMissing(Refused):
    """The candidate cannot be listed before these have consented."""

    name: str
    kinds: tuple[ApprovalKind, ...]


@dataclass(eq=False)
class ApprovalRunsBackwards(Refused):
    """The date lies on the wrong side of that of another approval."""

    name: str
    on: date
    kind: ApprovalKind
    """Of the other one."""
    other: date


@dataclass(eq=False)
class AlreadyApproved(Refused):
    """The word of a body is recorded already; it has to be withdrawn before another is."""

    name: str
    kind: ApprovalKind
    body: str


@dataclass(eq=False)
class LaterApprovalStands(Refused):
    """Another approval rests on this one and has to be withdrawn first."""

    name: str
    kind: ApprovalKind
    """Of the later one."""


def screen_candidate(examined: Examined, screening: Screening) -> tuple[CandidateScreened, ...]:
    """Nothing when nothing new was found."""
    return () if examined.screening == screening else (CandidateScreened(screening=screening),)


def record_approval(
    name: str, examined: Examined, rules: AdoptedRules | None, fact: ApprovalRecorded, today: date
) -> ApprovalRecorded:
    """One more body's word on the candidate called `name`, in the order of the rules; without rules in any order.

    Raises NotScreened, NegativeListHit (rule 18), Missing, Invalid (kind, on), AlreadyApproved, ApprovalRefused,
    ApprovalOutOfOrder or ApprovalRunsBackwards.
    """
    require_clean(name, examined.screening, needed=rules is not None)
    said = _said(fact, today)
    if any(_says_the_same(one, said) for one in examined.approvals):
        raise AlreadyApproved(name=name, kind=said.kind, body=said.body)
    require_no_refusal(name, examined, of_others=said.kind is ApprovalKind.DEPARTMENTS)
    if rules is not None:
        _require_order(name, examined, rules.rules.approvals, said)
    return said


def withdraw_approval(
    name: str, examined: Examined, rules: AdoptedRules | None, approval: UUID, reason: str
) -> ApprovalWithdrawn:
    """Raises NotFound, Missing (reason), or LaterApprovalStands where one further on in the order rests on it."""
    known = next((one for one in examined.approvals if one.approval == approval), None)
    if known is None:
        raise NotFound(kind="approval", id=str(approval))
    if not reason.strip():
        raise Missing(fields=("reason",))
    order = rules.rules.approvals if rules else ()
    later = order[order.index(known.kind) + 1 :] if known.kind in order else ()
    if standing := next((one.kind for one in examined.approvals if one.kind in later), None):
        raise LaterApprovalStands(name=name, kind=standing)
    return ApprovalWithdrawn(approval=approval, reason=reason.strip())


def missing_approvals(examined: Examined, rules: AdoptedRules | None) -> tuple[ApprovalKind, ...]:
    """Whose consent the congress's rules still ask for, in their order."""
    consented = {one.kind for one in examined.approvals if one.outcome is not ApprovalOutcome.REFUSAL}
    return tuple(kind for kind in (rules.rules.approvals if rules else ()) if kind not in consented)


def require_no_refusal(name: str, examined: Examined, *, of_others: bool = False) -> None:
    """Raises ApprovalRefused while a body's refusal stands; `of_others` than departments, who all may speak."""
    for one in examined.approvals:
        if one.outcome is ApprovalOutcome.REFUSAL and not (of_others and one.kind is ApprovalKind.DEPARTMENTS):
            raise ApprovalRefused(name=name, kind=one.kind, body=one.body)


def require_ready(name: str, examined: Examined, rules: AdoptedRules | None) -> None:
    """What the rules ask for before the candidate may go to the congress.

    Raises NotScreened, NegativeListHit (rule 18), ApprovalRefused or ApprovalsMissing.
    """
    require_clean(name, examined.screening, needed=rules is not None)
    require_no_refusal(name, examined)
    if missing := missing_approvals(examined, rules):
        raise ApprovalsMissing(name=name, kinds=missing)


def evolve_examined(examined: Examined, fact: ApprovalFact) -> Examined:
    """What was found and said after one more fact."""
    match fact:
        case CandidateScreened():
            return replace(examined, screening=fact.screening)
        case ApprovalRecorded():
            return replace(examined, approvals=(*examined.approvals, fact))
        case ApprovalWithdrawn():
            others = tuple(one for one in examined.approvals if one.approval != fact.approval)
            return replace(examined, approvals=others)


def _said(fact: ApprovalRecorded, today: date) -> ApprovalRecorded:
    said = replace(fact, body=" ".join(fact.body.split()), number=fact.number.strip(), words=fact.words.strip())
    needed = {
        "body": said.body,
        "number": said.number or said.kind is ApprovalKind.DEPARTMENTS,
        "words": said.words or said.outcome is ApprovalOutcome.CONSENT,
    }
    if empty := tuple(name for name, value in needed.items() if not value):
        raise Missing(fields=empty)
    if said.on > today:
        raise Invalid(field="on", reason="in_the_future", value=said.on.isoformat())
    return said


def _says_the_same(one: ApprovalRecorded, said: ApprovalRecorded) -> bool:
    """Of departments each speaks once, of the other bodies there is one."""
    return one.kind is said.kind and (one.kind is not ApprovalKind.DEPARTMENTS or one.body == said.body)


def _require_order(name: str, examined: Examined, order: tuple[ApprovalKind, ...], said: ApprovalRecorded) -> None:
    if said.kind not in order:
        raise Invalid(field="kind", reason="not_in_the_rules", value=said.kind.value)
    place = order.index(said.kind)
    recorded = {one.kind for one in examined.approvals}
    if first := next((kind for kind in order[:place] if kind not in recorded), None):
        raise ApprovalOutOfOrder(name=name, kind=said.kind, first=first)
    for one in examined.approvals:
        other = order.index(one.kind) if one.kind in order else place
        if (other < place and one.on > said.on) or (other > place and one.on < said.on):
            raise ApprovalRunsBackwards(name=name, on=said.on, kind=one.kind, other=one.on)
