"""Facts about carrying out one project, told in the words of a test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from domain.files import Attached, FileType
from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import AdjustmentDecided, AdjustmentKind, AdjustmentLogged, AdjustmentProposed
from domain.projects.card import Target
from domain.projects.implementation import implementation_stream
from domain.projects.implementation_facts import (
    MilestoneReached,
    PlanFiled,
    PlanPublished,
    ProgressReported,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.plan import ImplementationPlan, Milestone
from domain.shared import Money, Year
from tests.support import facts
from tests.support.facts import CONGRESS, UNIT, YEAR, Told

PLAN = ImplementationPlan(
    lead_unit=UNIT,
    lead_unit_name="市水务局",
    responsible="张建国",
    duty_phone="0571-8123 4567",
    targets=(Target(name="改造点位", amount=Decimal(1000), unit="处"),),
    place="全市",
    starts_on=date(YEAR, 1, 1),
    deadline=date(YEAR, 12, 20),
    total_funds=Money(Decimal(90_000_000)),
    year_funds=Money(Decimal(90_000_000)),
    safeguards="专班推进",
    milestones=(
        Milestone(number=1, name="全面开工", due_on=date(YEAR, 3, 31), percent=Decimal(20)),
        Milestone(number=2, name="主体完工", due_on=date(YEAR, 9, 30), percent=Decimal(80)),
    ),
)


def carried_out(number: int = 1) -> UUID:
    """The stream."""
    return implementation_stream(facts.project(number))


def of(number: int, fact: object) -> Told:
    return carried_out(number), fact


def id_of(name: str) -> UUID:
    return uuid5(CONGRESS, name)


def filed(number: int = 1, plan: ImplementationPlan = PLAN) -> Told:
    fact = PlanFiled(
        congress=CONGRESS,
        year=Year(YEAR),
        project=facts.project(number),
        name=f"项目{number}",
        adopted=plan,
        plan=plan,
        on=date(YEAR, 1, 25),
    )
    return of(number, fact)


def published(number: int = 1, plan: ImplementationPlan = PLAN) -> Told:
    return of(number, PlanPublished(plan=plan, on=date(YEAR, 2, 1)))


def reached(step: int, name: str, on: date, number: int = 1) -> Told:
    return of(number, MilestoneReached(number=step, name=name, on=on))


def photo(name: str) -> Attached:
    return Attached(file=id_of(name), name=f"{name}.jpg", type=FileType.JPEG, size=1000, digest="0" * 64)


def reported(name: str, due_on: date, percent: int, number: int = 1, **more: Any) -> Told:
    fact = ProgressReported(
        report=id_of(name),
        due_on=due_on,
        on=due_on,
        percent=Decimal(percent),
        funds_spent=Money(Decimal(1_000_000) * percent),
        words=f"完成{percent}%",
    )
    return of(number, replace(fact, **more))


def approved(name: str, on: date, number: int = 1) -> Told:
    return of(number, ReportApproved(report=id_of(name), on=on))


def smaller(amount: int) -> ImplementationPlan:
    return replace(PLAN, targets=(Target(name="改造点位", amount=Decimal(amount), unit="处"),))


def logged(amount: int, on: date) -> Told:
    return of(1, AdjustmentLogged(adjustment=id_of(f"to {amount}"), plan=smaller(amount), reason="点位重复", on=on))


def proposed(amount: int | None, on: date, kind: AdjustmentKind = AdjustmentKind.CHANGE) -> Told:
    plan = None if amount is None else smaller(amount)
    fact = AdjustmentProposed(adjustment=id_of(kind), kind=kind, plan=plan, departures=(), reason="征迁受阻", on=on)
    return of(1, fact)


def decided(on: date, kind: AdjustmentKind = AdjustmentKind.CHANGE) -> Told:
    body, number = DecidedBy.STANDING_COMMITTEE, "江人常〔2026〕12号"
    return of(1, AdjustmentDecided(adjustment=id_of(kind), body=body, number=number, notice_on=on, on=on))


def sent_back(name: str, on: date, number: int = 1) -> Told:
    return of(number, ReportSentBack(report=id_of(name), reason="数字不实", on=on))
