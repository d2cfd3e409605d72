"""One line of the roll as it is typed; it is read as a line of an imported table is."""

from collections.abc import Callable
from uuid import UUID

from domain.congress.roll import DelegateEntry, Gender
from interfaces.tables import cells
from interfaces.tables.cells import CellRefused
from interfaces.tables.table import tidy
from interfaces.web._base.forms import Typed

LONGEST = 60
"""Characters of the place of work."""


def read_entry(typed: Typed, delegate: UUID) -> DelegateEntry:
    """The entry that was typed. Raises WrongFields."""
    entry = DelegateEntry(
        delegate=delegate,
        number=_read(typed, "number", cells.certificate_number, "certificate_number"),
        name=_read(typed, "name", cells.person, "person"),
        delegation=_read(typed, "delegation", cells.delegation, "delegation"),
        gender=typed.choice("gender", Gender) if typed.text("gender") else None,
        ethnicity=_short(typed, "ethnicity"),
        special_committee=typed.ticked("special_committee"),
        unit=_short(typed, "unit"),
    )
    typed.settle()
    return entry


def _read(typed: Typed, name: str, meaning: Callable[[str], str], reason: str) -> str:
    text = tidy(typed.required(name))
    if not text:
        return ""
    try:
        return meaning(text)
    except CellRefused:
        typed.wrong(name, reason, text[:LONGEST])
        return ""


def _short(typed: Typed, name: str) -> str:
    text = cells.without_padding(tidy(typed.text(name)))
    if len(text) > LONGEST:
        typed.wrong(name, "too_long")
    return text
