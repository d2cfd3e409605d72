"""Importing a list of delegates: checked, confirmed, and taken back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Form, Response

from application import congress as commands
from application.private.uploads import UploadForgotten
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.roll import roll_stream
from domain.shared import Invalid, NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import WORKBOOK, SentTable, file_of, upload_of
from interfaces.api.roll.models import (
    Checked,
    ImportBody,
    ImportShown,
    TheImport,
    checked_shown,
    import_shown,
)
from interfaces.web.roll import checking, importing
from projections import roll
from projections.accounts import names_of
from projections.roll import RollImport

router = operations("roll", read=Scope.ROLL_READ, write=Scope.ROLL_WRITE)

PATH = "/congresses/{slug}/delegate-imports"
ONE = f"{PATH}/{{import_id}}"

RollKeeper = Annotated[At, Depends(needing(Act.KEEP_ROLL))]
NewDelegations = Annotated[
    Literal["refused", "allowed"],
    Form(description="名册上还没有的代表团：refused 算差错，allowed 接受。", examples=["refused"]),
]


@router.get(PATH, summary="导入记录")
def imports(here: OfficeReader, paging: Paged) -> Page[ImportShown]:
    """The newest first."""
    found, names = _imports(here)
    return paging.part(here.told, found, lambda one: one.id, lambda one: import_shown(one, names))


@router.post(
    f"{PATH}/check", summary="核对名册文件", description="留存文件一小时并逐格核对，不改动名册；随后凭 `upload` 导入。"
)
def check(here: RollKeeper, table: SentTable, new_delegations: NewDelegations = "refused") -> Checked:
    """What a file would bring; its version is the roll's."""
    here.shows(roll_stream(here.congress.id))
    upload = checking.keep(here.house, here.place, upload_of(table))
    allowed = new_delegations == "allowed"
    return checked_shown(upload, checking.check(here.house, here.place, upload, new_delegations=allowed))


@router.post(PATH, status_code=201, summary="导入名册")
def confirm(here: RollKeeper, body: ImportBody) -> ImportShown:
    """The good rows of a checked file are taken in."""
    by = here.by(roll_stream(here.congress.id))
    import_id = here.house.office.new_id(by, "import")
    try:
        checked = checking.check(
            here.house, here.place, body.upload, new_delegations=body.new_delegations == "allowed", import_id=import_id
        )
    except UploadForgotten:
        raise Invalid(field="upload", reason="forgotten", value="") from None
    known, _names = _imports(here)
    if len(checked.entries) != body.rows and not any(one.id == import_id for one in known):
        raise Invalid(field="rows", reason="rows_changed", value=str(len(checked.entries)))
    position = commands.import_delegates(
        here.house.office, by, here.congress.id, import_id, checked.source, checked.entries
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/delegate-imports/{import_id}")
    return one_import(here, import_id)


@router.get(ONE, summary="一次导入")
def one_import(here: OfficeReader, import_id: TheImport) -> ImportShown:
    """One import."""
    here.shows(roll_stream(here.congress.id))
    found, names = _imports(here)
    return import_shown(_known(found, import_id), names)


@router.delete(ONE, summary="撤销导入", description="导入的代表还没有签到、领票、启用账号或阅读候选项目时，可以撤销。")
def undo(here: RollKeeper, import_id: TheImport) -> ImportShown:
    """The delegates it brought leave the roll."""
    _known(_imports(here)[0], import_id)
    by = here.by(roll_stream(here.congress.id))
    here.done(commands.undo_import(here.house.office, by, here.congress.id, import_id))
    return one_import(here, import_id)


@router.get("/congresses/{slug}/roll-template.xlsx", summary="名册模板", **file_of(WORKBOOK))
def template(here: OfficeReader) -> Response:
    """An empty list with the headings and how to fill it in."""
    return importing.template(here.place)


def _imports(here: At) -> tuple[list[RollImport], dict[UUID, str]]:
    with here.house.reading.connect() as connection:
        found = roll.imports_of(connection, here.congress.id)
        return found, names_of(connection, {one.by for one in found if one.by})


def _known(found: list[RollImport], import_id: UUID) -> RollImport:
    known = next((one for one in found if one.id == import_id), None)
    if known is None:
        raise NotFound(kind="import", id=str(import_id))
    return known
