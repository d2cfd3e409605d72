"""The roll of a congress: its delegates by delegation, added, corrected, taken off, imported, exported."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.tables.delegates import COLUMNS
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.paging import pager
from interfaces.web.roll import importing
from interfaces.web.roll.forms import read_entry
from interfaces.web.roll.views import GENDERS, RollKeeper, as_workbook, rows
from projections import roll
from projections.congress_register import units_of
from projections.roll import ListedDelegate

router = APIRouter()
router.routes.extend(importing.router.routes)

PATH = "/staff/{slug}/delegates"


@router.get(PATH)
def delegates(request: Request, house: TheHouse, here: OfficeReader, q: str = "", delegation: str = "") -> Response:
    """The roll, or a part of it."""
    named = q.strip()
    with house.reading.connect() as connection:
        delegations = roll.delegations_of(connection, here.congress.id)
        _none, total = roll.delegates_of(connection, here.congress.id, delegation=delegation, named=named, limit=0)
        pages = pager(request, total)
        found, _total = roll.delegates_of(
            connection,
            here.congress.id,
            delegation=delegation,
            named=named,
            offset=pages.offset,
            limit=pages.per_page,
        )
    return page(
        request,
        "roll/list.html",
        form=blank(request, q=named, delegation=delegation),
        delegations=delegations,
        everybody=sum(one.delegates for one in delegations),
        delegates=found,
        pager=pages,
        chosen=delegation,
        named=named,
        genders=GENDERS,
        may_keep=here.may(Act.KEEP_ROLL),
        may_issue=here.may(Act.ISSUE_SLIPS),
        root=_root(here),
    )


@router.get(f"{PATH}/roll.xlsx")
def export(house: TheHouse, here: OfficeReader) -> Response:
    """The whole roll as a workbook that can be imported again."""
    with house.reading.connect() as connection:
        found, total = roll.delegates_of(connection, here.congress.id)
    roll_of = worded("代表名册")
    caption = f"{here.congress.name}{roll_of}（{total}人）"
    content = sheet(roll_of, [worded(column.heading) for column in COLUMNS], rows(found), caption=caption)
    return as_workbook(content, f"{roll_of}-{here.congress.short_name}-{house.office.today():%Y%m%d}.xlsx")


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: RollKeeper, delegation: str = "") -> Response:
    """The form for one more delegate."""
    return page(request, "roll/new.html", form=blank(request, delegation=delegation), **_choices(house, here))


@router.post(f"{PATH}/new")
def add(request: Request, house: TheHouse, here: RollKeeper, typed: Form) -> Response:
    """Adds a delegate by hand."""
    by = here.by(typed)
    try:
        entry = read_entry(typed, house.office.new_id(by, "delegate"))
        position = commands.add_delegate(house.office, by, here.congress.id, entry)
    except Refused as refused:
        return again(request, "roll/new.html", typed, refused, **_choices(house, here))
    return done(request, position, _root(here), _("%(name)s已列入名册。", name=entry.name))


@router.get(f"{PATH}/{{delegate}}")
def one(request: Request, house: TheHouse, here: RollKeeper, delegate: UUID) -> Response:
    """The form that puts a line of the roll right."""
    known = _delegate(house, here, delegate)
    form = blank(
        request,
        number=known.number,
        name=known.name,
        delegation=known.delegation,
        gender=known.gender,
        ethnicity=known.ethnicity,
        special_committee=known.special_committee,
        unit=known.unit,
    )
    return page(request, "roll/one.html", form=form, delegate=known, **_choices(house, here))


@router.post(f"{PATH}/{{delegate}}")
def correct(request: Request, house: TheHouse, here: RollKeeper, delegate: UUID, typed: Form) -> Response:
    """Puts a line of the roll right."""
    known = _delegate(house, here, delegate)
    try:
        entry = read_entry(typed, delegate)
        position = commands.correct_delegate(house.office, here.by(typed), here.congress.id, entry)
    except Refused as refused:
        return again(request, "roll/one.html", typed, refused, delegate=known, **_choices(house, here))
    return done(request, position, _root(here), _("%(name)s的资料已更正。", name=entry.name))


@router.post(f"{PATH}/{{delegate}}/end")
def end(request: Request, house: TheHouse, here: RollKeeper, delegate: UUID, typed: Form) -> Response:
    """Takes a delegate whose office ended off the roll."""
    known = _delegate(house, here, delegate)
    position = commands.end_office(house.office, here.by(typed), here.congress.id, delegate)
    return done(request, position, _root(here), _("%(name)s已移出名册。", name=known.name))


def _delegate(house: House, here: Place, delegate: UUID) -> ListedDelegate:
    with house.reading.connect() as connection:
        known = roll.delegate_at(connection, here.congress.id, delegate)
    if known is None:
        raise NotFound(kind="delegate", id=str(delegate))
    return known


def _choices(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as connection:
        delegations = roll.delegations_of(connection, here.congress.id)
        units = units_of(connection, here.congress.id)
    return {
        "delegations": [one.name for one in delegations],
        "units": [unit.name for unit in units if not unit.withdrawn],
        "genders": list(GENDERS.items()),
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/delegates"
