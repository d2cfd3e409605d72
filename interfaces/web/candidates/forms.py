"""The candidate card as it is typed, and as the form shows a card that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.projects.card import CandidateCard
from domain.shared import Refused
from interfaces.tables.candidates import COLUMNS, read_typed_card
from interfaces.tables.faults import sentence
from interfaces.web._base.forms import Typed
from interfaces.web._base.shown import wan


@dataclass(eq=False)
class UnreadableCard(Refused):
    """Fields that could not be read; the sentence of each by its name."""

    said: dict[str, str]


def read_card(typed: Typed, units: Mapping[str, UUID]) -> CandidateCard:
    """The card that was typed, gaps and all. Raises UnreadableCard for fields that mean nothing."""
    values = {column.field: typed.text(column.field) for column in COLUMNS}
    for lines in ("targets", "sources", "assisting_units"):
        values[lines] = ";".join(part.strip() for part in values[lines].splitlines() if part.strip())
    values["cross_year"] = "是" if typed.ticked("cross_year") else "否"
    return read_values(values, units)


def read_values(values: Mapping[str, str], units: Mapping[str, UUID]) -> CandidateCard:
    """The card of what stands in each field. Raises UnreadableCard."""
    card, faults = read_typed_card(values, units)
    if faults:
        raise UnreadableCard(said={field: sentence(fault) for field, fault in faults.items()})
    return card


def known_values(card: CandidateCard) -> dict[str, object]:
    """What stands in the form for a card."""
    return {
        **{column.field: getattr(card, column.field) for column in COLUMNS},
        "targets": "\n".join(f"{one.name}={_plain(one.amount)}{one.unit}" for one in card.targets),
        "sources": "\n".join(f"{one.name}{_plain(one.percent)}%" for one in card.sources),
        "assisting_units": "\n".join(card.assisting_units),
        "total_funds": wan(card.total_funds),
        "year_funds": wan(card.year_funds),
        "cross_year": "yes" if card.cross_year else None,
    }


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
