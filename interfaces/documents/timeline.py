"""A project's timeline on paper: everything the reader may see, the oldest first."""

from dataclasses import dataclass

from interfaces.documents.typesetting import qr_svg, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line: the day, what kind it is, what happened, more of it."""

    day: str
    kind: str
    said: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetYear:
    """The lines of a year."""

    year: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSheet:
    """What is printed; `address` is empty where there is no public page, `reader` where residents may read it."""

    name: str
    about: str
    status: str
    reader: str
    made_on: str
    years: tuple[SheetYear, ...]
    address: str
    heads: tuple[str, str, str]
    """What the columns are called: day, kind, what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    title: str
    sheet: TimelineSheet
    qr: str


def timeline_sheet(sheet: TimelineSheet) -> bytes:
    """The PDF, A4."""
    qr = qr_svg(sheet.address) if sheet.address else ""
    return typeset("timeline", _View(title=sheet.name, sheet=sheet, qr=qr))
