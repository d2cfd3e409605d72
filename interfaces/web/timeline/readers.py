"""Whose eyes a signed-in person reads timelines with."""

from typing import Final
from uuid import UUID

from domain.accounts.permissions import Act
from interfaces.web._base.asking import Place
from projections.progress_timeline import Reader

AS: Final = {"unit": Reader.UNIT, "delegate": Reader.DELEGATE, "resident": Reader.RESIDENT}
"""What `as` in an address asks for."""


def reader_of(here: Place) -> Reader:
    """The office reads everything; units what goes to and fro about their projects; delegates what they watch."""
    if here.may(Act.READ_OFFICE):
        return Reader.OFFICE
    return Reader.UNIT if here.may(Act.REPORT_PROGRESS) else Reader.DELEGATE


def reader_of_candidate(here: Place, lead_unit: UUID | None) -> Reader:
    """The same where every unit looks: what goes to and fro is for the one that leads, and the government office."""
    own = reader_of(here)
    return Reader.DELEGATE if own is Reader.UNIT and here.unit not in (None, lead_unit) else own
