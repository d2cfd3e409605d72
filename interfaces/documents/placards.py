"""QR placards for adopted projects: hung at the site, so that anyone can look the project up."""

from dataclasses import dataclass
from enum import StrEnum

from interfaces.documents.typesetting import qr_svg, typeset


class PlacardSize(StrEnum):
    """How large a placard is printed."""

    WHOLE_PAGE = "whole_page"
    """One A4 page a project, to be hung up."""
    SIX_A_PAGE = "six_a_page"
    """Six on an A4 page with cut marks, to be stuck on notice boards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placard:
    """One adopted project. `code` is its short code, `address` the public page it leads to (…/p/CODE)."""

    number: int
    name: str
    code: str
    address: str
    lead_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacardSheets:
    """The placards of one congress and year."""

    congress: str
    year: int
    placards: tuple[Placard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    placard: Placard
    shown_address: str
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    title: str
    congress: str
    year: int
    placards: tuple[_Drawn, ...]


def placards(sheets: PlacardSheets, size: PlacardSize) -> bytes:
    """The PDF of all placards, in the order given."""
    drawn = tuple(
        _Drawn(placard=p, shown_address=_without_scheme(p.address), qr=qr_svg(p.address)) for p in sheets.placards
    )
    title = f"{sheets.congress} {sheets.year}年度民生实事项目二维码"
    template = "placard" if size is PlacardSize.WHOLE_PAGE else "placards"
    return typeset(template, _Sheets(title=title, congress=sheets.congress, year=sheets.year, placards=drawn))


def _without_scheme(address: str) -> str:
    return address.partition("://")[2] or address
