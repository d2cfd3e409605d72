"""A table that somebody sends to be imported: sent, checked, confirmed, the same whatever its rows mean."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from fastapi import Request, Response
from starlette.datastructures import UploadFile

from application.office import By
from application.private import uploads
from application.private.uploads import Upload
from domain.shared import Refused
from interfaces.composition import House
from interfaces.tables.faults import Fault, sentence
from interfaces.tables.reading import read_table
from interfaces.tables.table import LARGEST_FILE, Table
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page

MOST_MEGABYTES: Final = LARGEST_FILE // 1024 // 1024

Read = TypeVar("Read")
"""What a good row means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTable(Generic[Read]):
    """What a table would bring: its good rows and its mistakes."""

    source: str
    rows: tuple[Read, ...]
    faults: tuple[Fault, ...]

    @property
    def bad_rows(self) -> int:
        """Rows with at least one mistake."""
        return len({fault.row for fault in self.faults})

    @property
    def said(self) -> list[tuple[Fault, str]]:
        """The mistakes with their sentences."""
        return [(fault, sentence(fault)) for fault in self.faults]


def sent_table(typed: Typed) -> Upload:
    """What was sent in the field `table`, one byte more than allowed at most, or pasted. Raises WrongFields."""
    pasted, chosen = typed.text("pasted"), typed.data.get("table")
    is_chosen = isinstance(chosen, UploadFile) and bool(chosen.filename)
    if pasted and is_chosen:
        typed.wrong("pasted", "file_and_pasted")
    found = typed.file("table") if is_chosen or not pasted else None
    typed.settle()
    if found is None:
        return Upload(name=_("粘贴的表格"), content=pasted.encode())
    return Upload(name=found.filename or "", content=found.file.read(LARGEST_FILE + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImport(Generic[Read]):
    """The steps of one kind of import. Its two pages are `import.html` and `check.html` of the folder `kind`.

    `of` is what a table belongs to: mostly a year, told along with every step.
    """

    kind: str
    read: Callable[[House, Place, Table, int], tuple[tuple[Read, ...], tuple[Fault, ...]]]
    """What a table means as things are now."""
    root: Callable[[Request, Place], str]
    form: Callable[[Request, House, Place, int], dict[str, Any]]
    """What the page with the form shows, for the year asked for (0: none)."""
    coming: Callable[[House, Place, CheckedTable[Read], int], dict[str, Any]] = lambda *_asked: {}
    """What the page with the good rows shows beside them."""

    def keep(self, house: House, here: Place, sent: Upload) -> UUID:
        """Keeps a table that can be read for an hour. Raises UnreadableTable."""
        read_table(sent.content)
        return uploads.keep(house.private, here.actor.account, self._purpose(here), sent, house.office.now())

    def check(self, house: House, here: Place, upload: UUID, year: int) -> CheckedTable[Read]:
        """A kept table against what is known now. Raises UploadForgotten."""
        kept = uploads.kept(house.private, here.actor.account, self._purpose(here), upload, house.office.now())
        rows, faults = self.read(house, here, read_table(kept.content), year)
        return CheckedTable(source=kept.name, rows=rows, faults=faults)

    def start(self, request: Request, house: House, here: Place, year: int) -> Response:
        """The form for a table."""
        return page(request, f"{self.kind}/import.html", **self.form(request, house, here, year))

    def take(self, request: Request, house: House, here: Place, typed: Typed) -> Response:
        """Keeps the table and leads to what is right and wrong in it."""
        try:
            year = typed.integer("year")
            upload = self.keep(house, here, sent_table(typed))
        except Refused as refused:
            return again(request, f"{self.kind}/import.html", typed, refused, **self.form(request, house, here, 0))
        return led_to(request, f"{self.root(request, here)}/import/{upload}?year={year}")

    def preview(self, request: Request, house: House, here: Place, upload: UUID, year: int) -> Response:
        """Every mistake, and the rows that would be taken in."""
        return page(request, f"{self.kind}/check.html", **self._checked(request, house, here, upload, year))

    def confirm(
        self,
        request: Request,
        house: House,
        here: Place,
        upload: UUID,
        typed: Typed,
        act: Callable[[By, int, tuple[Read, ...]], int],
        said: Callable[[int], str],
    ) -> Response:
        """Takes the good rows in; `said` tells of how many."""
        by, year = here.by(typed), typed.integer("year")
        try:
            typed.settle()
            rows = self.check(house, here, upload, year).rows
            position = act(by, year, rows)
        except Refused as refused:
            shown = self._checked(request, house, here, upload, year)
            return again(request, f"{self.kind}/check.html", typed, refused, **shown)
        return done(request, position, f"{self.root(request, here)}?year={year}", said(len(rows)))

    def _checked(self, request: Request, house: House, here: Place, upload: UUID, year: int) -> dict[str, Any]:
        checked = self.check(house, here, upload, year)
        return {
            "checked": checked,
            "faults": checked.said,
            "upload": upload,
            "year": year,
            "root": self.root(request, here),
            **self.coming(house, here, checked, year),
        }

    def _purpose(self, here: Place) -> str:
        return f"{self.kind}/{here.congress.id}"
