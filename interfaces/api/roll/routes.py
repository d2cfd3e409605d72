"""The roll of a congress: its delegates, one by one and as a table."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.roll import roll_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import MAYBE_LINE
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import WORKBOOK, file_of
from interfaces.api.roll import importing
from interfaces.api.roll.models import (
    Delegate,
    DelegateBody,
    DelegationShown,
    TheDelegate,
    delegate_shown,
    entry_of,
)
from interfaces.web.roll.routes import export
from projections import roll
from projections.roll import ListedDelegate

router = operations("roll", read=Scope.ROLL_READ, write=Scope.ROLL_WRITE)
router.routes.extend(importing.router.routes)

PATH = "/congresses/{slug}/delegates"
ONE = f"{PATH}/{{delegate}}"

RollKeeper = Annotated[At, Depends(needing(Act.KEEP_ROLL))]
OfDelegation = Annotated[
    str, Query(pattern=MAYBE_LINE, max_length=60, description="只要这个代表团的。", examples=["城中代表团"])
]
WithWords = Annotated[
    str, Query(pattern=MAYBE_LINE, max_length=60, description="姓名、代表证号或所在单位中的字。", examples=["王"])
]


@router.get(PATH, summary="代表名册")
def delegates(
    here: OfficeReader, paging: Paged, delegation: OfDelegation = "", named: WithWords = ""
) -> Page[Delegate]:
    """By delegation and certificate number."""
    with here.house.reading.connect() as connection:
        found, _total = roll.delegates_of(connection, here.congress.id, delegation=delegation, named=named.strip())
    return paging.part(here.told, found, lambda one: one.id, delegate_shown)


@router.post(PATH, status_code=201, summary="添加代表")
def add(here: RollKeeper, body: DelegateBody) -> Delegate:
    """One more delegate."""
    by = here.by(roll_stream(here.congress.id))
    delegate = here.house.office.new_id(by, "delegate")
    position = commands.add_delegate(here.house.office, by, here.congress.id, entry_of(body, delegate))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/delegates/{delegate}")
    return one(here, delegate)


@router.get(ONE, summary="一位代表")
def one(here: OfficeReader, delegate: TheDelegate) -> Delegate:
    """One line of the roll."""
    here.shows(roll_stream(here.congress.id))
    return delegate_shown(_known(here, delegate))


@router.put(ONE, summary="更正代表资料")
def correct(here: RollKeeper, delegate: TheDelegate, body: DelegateBody) -> Delegate:
    """A line of the roll is put right."""
    _known(here, delegate)
    by = here.by(roll_stream(here.congress.id))
    here.done(commands.correct_delegate(here.house.office, by, here.congress.id, entry_of(body, delegate)))
    return one(here, delegate)


@router.delete(ONE, status_code=204, summary="移出名册", description="代表职务终止：辞职、罢免、调离、去世。")
def end(here: RollKeeper, delegate: TheDelegate) -> None:
    """The office has ended."""
    by = here.by(roll_stream(here.congress.id))
    here.done(commands.end_office(here.house.office, by, here.congress.id, delegate))


@router.get("/congresses/{slug}/delegations", summary="代表团")
def delegations(here: OfficeReader, paging: Paged) -> Page[DelegationShown]:
    """In the order of the roll."""
    with here.house.reading.connect() as connection:
        found = roll.delegations_of(connection, here.congress.id)
    return paging.part(here.told, found, lambda one: one.name, lambda one: DelegationShown(**one._asdict()))


@router.get(
    "/congresses/{slug}/roll.xlsx", summary="导出名册", description="可以再次导入的工作簿。", **file_of(WORKBOOK)
)
def workbook(here: OfficeReader) -> Response:
    """The whole roll."""
    return export(here.house, here.place)


def _known(here: At, delegate: UUID) -> ListedDelegate:
    with here.house.reading.connect() as connection:
        known = roll.delegate_at(connection, here.congress.id, delegate)
    if known is None:
        raise NotFound(kind="delegate", id=str(delegate))
    return known
