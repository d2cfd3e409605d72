"""Whose eyes a signed-in person reads timelines with."""

from typing import Final

from domain.accounts.permissions import Act
from interfaces.web._base.asking import Place
from projections.progress_timeline import Reader

AS: Final = {"unit": Reader.UNIT, "delegate": Reader.DELEGATE, "resident": Reader.RESIDENT}
"""What `as` in an address asks for."""


def reader_of(here: Place) -> Reader:
    """The office reads everything; units what goes to and fro; delegates what they have to watch."""
    if here.may(Act.READ_OFFICE):
        return Reader.OFFICE
    return Reader.UNIT if here.may(Act.REPORT_PROGRESS) else Reader.DELEGATE
