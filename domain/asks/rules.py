"""The rules of the four asks as data: windows, addressees, required fields, own questions, escalation."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, Refused


class AskKind(StrEnum):
    """Which of the four checkpoints."""

    PLAN = "plan"
    RESULT = "result"
    PROGRESS = "progress"
    SUMMARY = "summary"


class Addressee(StrEnum):
    """Who answers."""

    GOVERNMENT = "government"
    """The government's office, once for the year."""
    OFFICE = "office"
    """The congress's own office, once for the year."""
    LEAD_UNITS = "lead_units"
    """The lead unit of every adopted project, once a project."""


class CountedFrom(StrEnum):
    """What a day of a window is counted from."""

    YEAR = "year"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowDay:
    """A day of the calendar, `years` before or after the year of the projects; or `days` after the session's last."""

    counted_from: CountedFrom = CountedFrom.YEAR
    years: int = 0
    month: int = 1
    day: int = 1
    days: int = 0

    def of(self, year: int, session_ends_on: date | None) -> date:
        """The day in a year; the 29th of February falls on the last of the month. Raises SessionUnknown or Invalid."""
        if self.counted_from is CountedFrom.SESSION:
            if session_ends_on is None:
                raise SessionUnknown(year=year)
            if date.max - session_ends_on < timedelta(days=self.days):
                raise Invalid(field="due_on", reason="date", value=session_ends_on.isoformat())
            return session_ends_on + timedelta(days=self.days)
        there = year + self.years
        return date(there, self.month, min(self.day, monthrange(there, self.month)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that a congress adds. `code` is short and unique among the questions of its ask."""

    code: str
    words: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRule:
    """One of the four asks: when, to whom, and what must be told."""

    kind: AskKind
    opens: WindowDay
    due: WindowDay
    to: tuple[Addressee, ...]
    required: tuple[str, ...] = ()
    """Fields beside those that every answer of the kind must hold."""
    questions: tuple[Question, ...] = ()

    def window(self, year: int, session_ends_on: date | None) -> tuple[date, date]:
        """First and last day. Raises SessionUnknown, or Invalid where it would end before it begins."""
        opens, due = self.opens.of(year, session_ends_on), self.due.of(year, session_ends_on)
        if due < opens:
            raise Invalid(field="due_on", reason="ends_before_start", value=due.isoformat())
        return opens, due


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """After so many working days overdue the matter goes to `to`."""

    after: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRules:
    """The rules of all four, in their order."""

    rules: tuple[AskRule, ...]
    escalation: tuple[EscalationStep, ...] = ()
    rework_days: int = 5
    """Working days for an answer that was sent back after (or just before) its due date."""

    def of(self, kind: AskKind) -> AskRule:
        """The rule of one ask."""
        return next(rule for rule in self.rules if rule.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRulesAdopted:
    """Asks are issued by these rules from now on; what is out keeps what it was issued with."""

    congress: UUID
    version: int
    rules: AskRules
    decision: str
    """By whom and when, as cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedAskRules:
    """The rules of a congress as they stand."""

    congress: UUID
    version: int
    rules: AskRules
    decision: str


@dataclass(eq=False)
class SessionUnknown(Refused):
    """The window is counted from a session that is not known yet."""

    year: int


ALWAYS: Final[dict[AskKind, tuple[str, ...]]] = {
    AskKind.PLAN: ("call_from", "call_until", "channels"),
    AskKind.RESULT: (),
    AskKind.PROGRESS: ("milestones",),
    AskKind.SUMMARY: ("results",),
}
"""What no answer of the kind can be without."""

CAN_BE_REQUIRED: Final[dict[AskKind, tuple[str, ...]]] = {
    AskKind.PLAN: (
        "proposals_received",
        "draft_candidates",
        "funds",
        "party_review_on",
        "rule_profile_draft",
        "training",
    ),
    AskKind.RESULT: ("duty_list_on", "remarks"),
    AskKind.PROGRESS: ("problems", "adjustments", "photos"),
    AskKind.SUMMARY: ("evaluation", "leftovers", "lessons", "proposals"),
}

ADDRESSEES: Final[dict[AskKind, tuple[Addressee, ...]]] = {
    AskKind.PLAN: (Addressee.GOVERNMENT, Addressee.OFFICE),
    AskKind.RESULT: (Addressee.OFFICE,),
    AskKind.PROGRESS: (Addressee.LEAD_UNITS,),
    AskKind.SUMMARY: (Addressee.LEAD_UNITS, Addressee.GOVERNMENT, Addressee.OFFICE),
}
"""Whom each may be put to."""

MOST_QUESTIONS = 10
MOST_STEPS = 5
LONGEST_WAIT = 250
"""Working days: about a year."""


def rules_stream(congress: UUID) -> UUID:
    """The ask rules of a congress, version after version."""
    return uuid5(congress, "ask-rules")


def adopt_rules(current: AdoptedAskRules | None, congress: UUID, rules: AskRules, decision: str) -> AskRulesAdopted:
    """The next version. Raises Missing (decision, to, words) or Invalid."""
    if not decision.strip():
        raise Missing(fields=("decision",))
    checked = replace(rules, rules=tuple(_checked(rules.of(kind)) for kind in AskKind))
    _require_steps(checked.escalation)
    if not 1 <= checked.rework_days <= LONGEST_WAIT:
        raise Invalid(field="rework_days", reason="out_of_range", value=str(checked.rework_days))
    version = current.version + 1 if current else 1
    return AskRulesAdopted(congress=congress, version=version, rules=checked, decision=decision.strip())


def evolve_rules(_current: AdoptedAskRules | None, fact: AskRulesAdopted) -> AdoptedAskRules:
    """The rules after one more fact."""
    return AdoptedAskRules(congress=fact.congress, version=fact.version, rules=fact.rules, decision=fact.decision)


def _checked(rule: AskRule) -> AskRule:
    name = rule.kind.value
    for part, day in (("opens", rule.opens), ("due", rule.due)):
        if not (-1 <= day.years <= 1 and 1 <= day.month <= 12 and 1 <= day.day <= 31 and 0 <= day.days <= 366):
            raise Invalid(field=f"{name}_{part}", reason="out_of_range", value=str(day.day))
    if rule.opens.counted_from is not rule.due.counted_from:
        raise Invalid(field=f"{name}_due", reason="counted_differently")
    rule.window(2024, date(2024, 1, 31))
    if not rule.to:
        raise Missing(fields=(f"{name}_to",))
    if strange := set(rule.to) - set(ADDRESSEES[rule.kind]):
        raise Invalid(field=f"{name}_to", reason="choice", value=min(strange))
    if strange_fields := set(rule.required) - set(CAN_BE_REQUIRED[rule.kind]):
        raise Invalid(field=f"{name}_required", reason="choice", value=min(strange_fields))
    return replace(rule, questions=_questions(rule))


def _questions(rule: AskRule) -> tuple[Question, ...]:
    """Raises Invalid for too many, Missing for one without words; codes are given by place."""
    if len(rule.questions) > MOST_QUESTIONS:
        raise Invalid(field=f"{rule.kind.value}_questions", reason="too_many_rules", value=str(MOST_QUESTIONS))
    if any(not one.words.strip() for one in rule.questions):
        raise Missing(fields=(f"{rule.kind.value}_questions",))
    return tuple(replace(one, code=f"q{place}", words=one.words.strip()) for place, one in enumerate(rule.questions, 1))


def _require_steps(steps: Iterable[EscalationStep]) -> None:
    before = 0
    known = tuple(steps)
    if len(known) > MOST_STEPS:
        raise Invalid(field="escalation", reason="too_many_rules", value=str(MOST_STEPS))
    for step in known:
        if not step.to.strip():
            raise Missing(fields=("escalation",))
        if not before < step.after <= LONGEST_WAIT:
            raise Invalid(field="escalation", reason="steps_not_rising", value=str(step.after))
        before = step.after


def _of_year(month: int, day: int, years: int = 0) -> WindowDay:
    return WindowDay(years=years, month=month, day=day)


def _after_session(days: int) -> WindowDay:
    return WindowDay(counted_from=CountedFrom.SESSION, days=days)


READY_MADE: Final = AskRules(
    rules=(
        AskRule(kind=AskKind.PLAN, opens=_of_year(10, 1, -1), due=_of_year(12, 31, -1), to=(Addressee.GOVERNMENT,)),
        AskRule(kind=AskKind.RESULT, opens=_after_session(0), due=_after_session(15), to=(Addressee.OFFICE,)),
        AskRule(kind=AskKind.PROGRESS, opens=_of_year(6, 1), due=_of_year(7, 31), to=(Addressee.LEAD_UNITS,)),
        AskRule(kind=AskKind.SUMMARY, opens=_of_year(11, 1), due=_of_year(12, 31), to=(Addressee.LEAD_UNITS,)),
    ),
    escalation=(
        EscalationStep(after=3, to="答复单位主要负责人"),
        EscalationStep(after=7, to="分管领导"),
        EscalationStep(after=15, to="主任会议"),
    ),
)
"""The table of domain.md, stage 6, used until a congress or one above it adopts its own; version 0."""
