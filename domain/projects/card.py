"""The candidate card: everything a delegate reads about a project before voting on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.shared import Money, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A quantified target 量化指标, e.g. 雨水管网 42 公里."""

    name: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundSource:
    """A share of the total funds, in percent."""

    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """All fields of a candidate project. A draft may have gaps; a listed card has none (rule 16)."""

    number: int | None = None
    name: str = ""
    category: str = ""
    purpose: str = ""
    content: str = ""
    targets: tuple[Target, ...] = ()
    place: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    total_funds: Money | None = None
    """Yuan."""
    year_funds: Money | None = None
    """Yuan to be spent in the voted year."""
    sources: tuple[FundSource, ...] = ()
    beneficiaries: str = ""
    beneficiary_count: int | None = None
    starts_on: date | None = None
    finishes_on: date | None = None
    cross_year: bool = False
    annual_targets: str = ""
    lead_unit: UUID | None = None
    lead_unit_name: str = ""
    assisting_units: tuple[str, ...] = ()
    responsible: str = ""
    support_proposals: int = 0
    """Proposals behind the project (民意指数)."""
    supporters: int = 0
    risks: str = ""


class Gap(StrEnum):
    """What is wrong with a field of a card."""

    MISSING = "missing"
    SOURCES_DO_NOT_ADD_UP = "sources_do_not_add_up"
    YEAR_ABOVE_TOTAL = "year_above_total"
    FINISH_BEFORE_START = "finish_before_start"
    NEEDS_ANNUAL_TARGETS = "needs_annual_targets"
    FINISH_IN_LATER_YEAR = "finish_in_later_year"
    NOT_POSITIVE = "not_positive"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGap:
    """One field that keeps a card from being listed; `value` shows what is there instead."""

    field: str
    gap: Gap
    value: str = ""


@dataclass(eq=False)
class CardIncomplete(Refused):
    """The card cannot be listed; every gap is named (rule 16)."""

    name: str
    gaps: tuple[CardGap, ...]


REQUIRED = (
    "number",
    "name",
    "category",
    "purpose",
    "content",
    "targets",
    "place",
    "total_funds",
    "year_funds",
    "sources",
    "beneficiaries",
    "beneficiary_count",
    "starts_on",
    "finishes_on",
    "lead_unit_name",
    "responsible",
)


def gaps(card: CandidateCard) -> tuple[CardGap, ...]:
    """Everything that keeps the card from being listed, in the order of the form."""
    missing = tuple(CardGap(field=name, gap=Gap.MISSING) for name in REQUIRED if not _filled(getattr(card, name)))
    return missing + _money_gaps(card) + _time_gaps(card) + _range_gaps(card)


def _filled(value: object) -> bool:
    return value is not None and value not in ("", ())


def _money_gaps(card: CandidateCard) -> tuple[CardGap, ...]:
    found: list[CardGap] = []
    total = sum((source.percent for source in card.sources), Decimal(0))
    if card.sources and total != 100:
        found.append(CardGap(field="sources", gap=Gap.SOURCES_DO_NOT_ADD_UP, value=f"{total.normalize():f}"))
    if card.total_funds is not None and card.year_funds is not None and card.year_funds > card.total_funds:
        found.append(CardGap(field="year_funds", gap=Gap.YEAR_ABOVE_TOTAL, value=str(card.year_funds)))
    return tuple(found)


def _time_gaps(card: CandidateCard) -> tuple[CardGap, ...]:
    found: list[CardGap] = []
    if card.cross_year and not card.annual_targets.strip():
        found.append(CardGap(field="annual_targets", gap=Gap.NEEDS_ANNUAL_TARGETS))
    if card.starts_on and card.finishes_on:
        if card.finishes_on < card.starts_on:
            found.append(CardGap(field="finishes_on", gap=Gap.FINISH_BEFORE_START, value=card.finishes_on.isoformat()))
        elif card.finishes_on.year > card.starts_on.year and not card.cross_year:
            found.append(CardGap(field="finishes_on", gap=Gap.FINISH_IN_LATER_YEAR, value=card.finishes_on.isoformat()))
    return tuple(found)


def _range_gaps(card: CandidateCard) -> tuple[CardGap, ...]:
    found = [
        CardGap(field=name, gap=Gap.NOT_POSITIVE, value=str(value))
        for name in ("number", "total_funds", "beneficiary_count")
        if (value := getattr(card, name)) is not None and value <= 0
    ]
    found += [
        CardGap(field=name, gap=Gap.NOT_POSITIVE, value=str(value))
        for name in ("year_funds", "support_proposals", "supporters")
        if (value := getattr(card, name)) is not None and value < 0
    ]
    for name, limit in (("longitude", 180), ("latitude", 90)):
        value = getattr(card, name)
        if value is not None and abs(value) > limit:
            found.append(CardGap(field=name, gap=Gap.OUT_OF_RANGE, value=str(value)))
    return tuple(found)
