"""The rules of the four asks as a form."""

from typing import Any, Final

from domain.asks.rules import (
    ADDRESSEES,
    CAN_BE_REQUIRED,
    MOST_QUESTIONS,
    MOST_STEPS,
    Addressee,
    AskKind,
    AskRule,
    AskRules,
    CountedFrom,
    EscalationStep,
    Question,
    WindowDay,
)
from interfaces.web._base.forms import Sheet, Typed
from interfaces.web.asks.words import ADDRESSEES as ADDRESSEE_WORDS
from interfaces.web.asks.words import KINDS, LABELS

SPARE: Final = 2
"""Empty rows under the questions of each ask."""
PARTS: Final = ("opens", "due")


def values_of(rules: AskRules) -> dict[str, Any]:
    """What stands in the form for known rules."""
    known: dict[str, Any] = {"rework_days": rules.rework_days}
    for rule in rules.rules:
        kind = rule.kind.value
        known |= {
            f"{kind}_from": rule.opens.counted_from.value,
            f"{kind}_to": rule.to,
            f"{kind}_required": rule.required,
        }
        for part, day in zip(PARTS, (rule.opens, rule.due), strict=True):
            told = {"years": day.years, "month": day.month, "day": day.day, "days": day.days}
            known |= {f"{kind}_{part}_{name}": value for name, value in told.items()}
        for place, question in enumerate(rule.questions, 1):
            known |= {f"{kind}_q{place}": question.words, f"{kind}_q{place}_required": question.required}
    for place, step in enumerate(rules.escalation, 1):
        known |= {f"step{place}_after": step.after, f"step{place}_to": step.to}
    return known


def read_rules(typed: Typed) -> AskRules:
    """What was typed; questions and steps without a word are left out. Raises WrongFields."""
    rules = tuple(_rule(typed, kind) for kind in AskKind)
    steps = [
        EscalationStep(after=typed.integer(f"step{place}_after"), to=typed.text(f"step{place}_to"))
        for place in range(1, MOST_STEPS + 1)
        if typed.text(f"step{place}_to") or typed.text(f"step{place}_after")
    ]
    rework_days = typed.integer("rework_days")
    typed.settle()
    return AskRules(rules=rules, escalation=tuple(steps), rework_days=rework_days)


def parts_of(form: Sheet) -> list[dict[str, Any]]:
    """What the form draws for each of the four."""
    return [_part(form, kind) for kind in AskKind]


def _part(form: Sheet, kind: AskKind) -> dict[str, Any]:
    filled = [place for place in range(1, MOST_QUESTIONS + 1) if form.value(f"{kind.value}_q{place}")]
    rows = min(max(filled, default=0) + SPARE, MOST_QUESTIONS)
    return {
        "kind": kind.value,
        "title": str(KINDS[kind]),
        "to": [(one.value, str(ADDRESSEE_WORDS[one])) for one in ADDRESSEES[kind]],
        "fields": [(name, str(LABELS[kind][name])) for name in CAN_BE_REQUIRED[kind]],
        "questions": range(1, rows + 1),
    }


def _rule(typed: Typed, kind: AskKind) -> AskRule:
    name = kind.value
    counted = CountedFrom.SESSION if typed.text(f"{name}_from") == CountedFrom.SESSION else CountedFrom.YEAR
    chosen = [text for text in typed.texts(f"{name}_to") if text in {one.value for one in ADDRESSEES[kind]}]
    wanted = set(typed.texts(f"{name}_required"))
    to = tuple(Addressee(text) for text in chosen) or ADDRESSEES[kind][:1] * (len(ADDRESSEES[kind]) == 1)
    return AskRule(
        kind=kind,
        opens=_day(typed, f"{name}_opens", counted),
        due=_day(typed, f"{name}_due", counted),
        to=to,
        required=tuple(field for field in CAN_BE_REQUIRED[kind] if field in wanted),
        questions=_questions(typed, name),
    )


def _day(typed: Typed, name: str, counted: CountedFrom) -> WindowDay:
    if counted is CountedFrom.SESSION:
        return WindowDay(counted_from=counted, days=typed.integer(f"{name}_days"))
    return WindowDay(
        years=typed.integer(f"{name}_years"), month=typed.integer(f"{name}_month"), day=typed.integer(f"{name}_day")
    )


def _questions(typed: Typed, kind: str) -> tuple[Question, ...]:
    told = [
        (f"q{place}", typed.text(f"{kind}_q{place}"), bool(typed.text(f"{kind}_q{place}_required")))
        for place in range(1, MOST_QUESTIONS + 1)
    ]
    return tuple(Question(code=code, words=words, required=required) for code, words, required in told if words)
