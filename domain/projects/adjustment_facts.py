"""How an adopted project is adjusted, suspended, ended and resumed: facts of its implementation (rule 20)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.polls.places import DecidedBy
from domain.projects.plan import ImplementationPlan


class AdjustmentKind(StrEnum):
    """What is asked of the deciding body."""

    CHANGE = "change"
    SUSPENSION = "suspension"
    TERMINATION = "termination"
    RESUMPTION = "resumption"


class AdjustedField(StrEnum):
    """What of a plan only the deciding body may change beyond a bound (rule 20)."""

    TARGET = "target"
    TOTAL_FUNDS = "total_funds"
    YEAR_FUNDS = "year_funds"
    PLACE = "place"
    LEAD_UNIT = "lead_unit"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One way in which a plan departs from the adopted one; `percent` is signed, two decimals, where it is a number."""

    field: AdjustedField
    name: str
    """Of the target; else empty."""
    before: str
    after: str
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentLogged:
    """A minor change 一般调整: in force at once, and measured with all that follow (rule 20)."""

    adjustment: UUID
    plan: ImplementationPlan
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentProposed:
    """A major change, a suspension, a termination or a resumption waits for the deciding body (rule 20).

    The plan in force stays as it is until then.
    """

    adjustment: UUID
    kind: AdjustmentKind
    plan: ImplementationPlan | None
    """What the plan is to become; None where the plan stays."""
    departures: tuple[Departure, ...]
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentDecided:
    """The body consented, by a numbered decision; the change is in force and has to be reported to the next session."""

    adjustment: UUID
    body: DecidedBy
    number: str
    notice_on: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRefused:
    """The body did not consent; the plan in force stays."""

    adjustment: UUID
    body: DecidedBy
    number: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentWithdrawn:
    """Whoever proposed it took it back before it was decided."""

    adjustment: UUID
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInformed:
    """The decided adjustment was reported to the next session: the duty is done (rule 20)."""

    adjustment: UUID
    session: UUID
    session_title: str
    on: date
