"""Importing a list of delegates: sent, checked, confirmed, and taken back."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import congress as commands
from domain.congress.roll import ImportInUse
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.tables.delegates import COLUMNS
from interfaces.tables.faults import sentence
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web._base.sent_tables import MOST_MEGABYTES, sent_table
from interfaces.web.roll import checking
from interfaces.web.roll.checking import CheckedList
from interfaces.web.roll.views import GENDERS, RollKeeper, as_workbook
from projections import roll
from projections.accounts import names_of

router = APIRouter()

PATH = "/staff/{slug}/delegates/import"
SHOWN = 100
"""Rows of a preview."""

_NOTES = (
    "一行一位代表，第一行是标题，不要改标题的文字。",
    "代表证号、姓名、代表团必须填写；同一个证号不能出现两次。",
    "性别填“男”或“女”。专门委员会成员填“是”或“否”，不填算“否”。",
    "所在单位请写单位名录里的全称：在候选项目责任单位工作的代表不能担任监票人。",
)


@router.get(PATH)
def start(request: Request, house: TheHouse, here: RollKeeper) -> Response:
    """The form for a file, and the imports so far."""
    return page(request, "roll/import.html", **_context(house, here))


@router.get("/staff/{slug}/delegates/template.xlsx")
def template(here: RollKeeper) -> Response:
    """An empty list with the headings and how to fill it in."""
    headings = [worded(column.heading) for column in COLUMNS]
    roll_of, notes = worded("代表名册"), [worded(note) for note in _NOTES]
    return as_workbook(sheet(roll_of, headings, [], notes=notes), f"{roll_of}模板-{here.congress.short_name}.xlsx")


@router.post(PATH)
def send(request: Request, house: TheHouse, here: RollKeeper, typed: Form) -> Response:
    """Keeps the file for an hour and leads to what is right and wrong in it."""
    try:
        upload = checking.keep(house, here, sent_table(typed))
    except Refused as refused:
        return again(request, "roll/import.html", typed, refused, **_context(house, here))
    query = "?new=yes" if typed.ticked("new_delegations") else ""
    return led_to(request, f"{_root(here)}/{upload}{query}")


@router.get(f"{PATH}/{{upload}}")
def preview(request: Request, house: TheHouse, here: RollKeeper, upload: UUID, new: str = "") -> Response:
    """Every mistake, and the rows that would be taken in."""
    checked = checking.check(house, here, upload, new_delegations=bool(new))
    return page(request, "roll/check.html", **_checked(here, checked, upload, new))


@router.post(f"{PATH}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: RollKeeper, upload: UUID, typed: Form) -> Response:
    """Takes the good rows in, as many as were shown."""
    by, new = here.by(typed), typed.text("new")
    import_id = house.office.new_id(by, "import")
    checked = checking.check(house, here, upload, new_delegations=bool(new), import_id=import_id)
    if not _is_repeated(house, here, import_id) and str(len(checked.entries)) != typed.text("rows"):
        return led_to(
            request, f"{_root(here)}/{upload}{'?new=yes' if new else ''}", _("名册刚才有变动，请再核对一遍。")
        )
    try:
        position = commands.import_delegates(
            house.office, by, here.congress.id, import_id, checked.source, checked.entries
        )
    except Refused as refused:
        context = _checked(here, checked, upload, new)
        return again(request, "roll/check.html", typed, refused, **context)
    said = _("已导入 %(n)s 位代表。", n=typed.text("rows"))
    return done(request, position, f"/staff/{here.congress.slug}/delegates", said)


@router.post("/staff/{slug}/delegates/imports/{import_id}/undo")
def undo(request: Request, house: TheHouse, here: RollKeeper, import_id: UUID, typed: Form) -> Response:
    """Takes an import back while nothing depends on it."""
    try:
        position = commands.undo_import(house.office, here.by(typed), here.congress.id, import_id)
    except ImportInUse as refused:
        return again(request, "roll/import.html", typed, refused, **_context(house, here))
    return done(request, position, _root(here), _("已撤销这次导入，名册恢复到导入以前。"))


def _is_repeated(house: House, here: Place, import_id: UUID) -> bool:
    """Whether this very form was confirmed before: its rows are on the roll already."""
    with house.reading.connect() as connection:
        return any(one.id == import_id for one in roll.imports_of(connection, here.congress.id))


def _context(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as connection:
        imports = roll.imports_of(connection, here.congress.id)
        names = names_of(connection, {one.by for one in imports if one.by})
        delegations = roll.delegations_of(connection, here.congress.id)
    return {
        "imports": imports,
        "names": names,
        "delegations": delegations,
        "headings": [(column.heading, column.required) for column in COLUMNS],
        "root": _root(here),
        "list_root": f"/staff/{here.congress.slug}/delegates",
        "most_mb": MOST_MEGABYTES,
    }


def _checked(here: Place, checked: CheckedList, upload: UUID, new: str) -> dict[str, Any]:
    return {
        "checked": checked,
        "faults": [(fault, sentence(fault)) for fault in checked.faults],
        "shown": checked.entries[:SHOWN],
        "genders": GENDERS,
        "upload": upload,
        "new": new,
        "root": _root(here),
        "list_root": f"/staff/{here.congress.slug}/delegates",
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/delegates/import"
