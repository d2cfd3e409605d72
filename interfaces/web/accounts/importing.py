"""Accounts of offices from a table: sent, checked, confirmed; then everybody's slip in one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import account_slips
from application import accounts as commands
from application.account_slips import PrintedSlip
from application.accounts import NewAccount
from application.private import uploads
from application.private.uploads import Upload
from domain.accounts import login as logins
from domain.shared import Missing, Refused
from interfaces.composition import House
from interfaces.documents.slips import Slip, SlipBook, activation_slips
from interfaces.documents.workbook import sheet
from interfaces.tables.accounts import COLUMNS, logins_in, read_accounts
from interfaces.tables.faults import Fault, sentence
from interfaces.tables.reading import read_table
from interfaces.tables.table import LARGEST_FILE
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.accounts import words
from interfaces.web.accounts.administration import grouped
from interfaces.web.accounts.listing import units_in
from interfaces.web.accounts.places import HERE, CongressDesk
from interfaces.web.roll.views import as_workbook
from projections import accounts as register
from projections.accounts import ListedAccount, Sought

router = APIRouter()

PATH: Final = f"{HERE}/import"
_NOTES = (
    "一行一个人，第一行是标题，不要改标题的文字。",
    "姓名、登录名必须填写；登录名用字母、数字、点和连字符，例如姓名全拼，不用手机号。",
    "角色不填，就是责任单位；责任单位的人要填单位名录里的全称。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPeople:
    """What a file would bring: its good rows and its mistakes."""

    source: str
    people: tuple[NewAccount, ...]
    faults: tuple[Fault, ...]

    @property
    def bad_rows(self) -> int:
        """Rows with at least one mistake."""
        return len({fault.row for fault in self.faults})


@router.get(PATH)
def start(request: Request, here: CongressDesk) -> Response:
    """The form for a file."""
    return page(request, "accounts/import.html", **_context(here))


@router.get(f"{HERE}/template.xlsx")
def template(here: CongressDesk) -> Response:
    """An empty list with the headings and how to fill it in."""
    headings = [column.heading for column in COLUMNS]
    return as_workbook(sheet("账号", headings, [], notes=_NOTES), f"账号模板-{here.congress.short_name}.xlsx")


@router.post(PATH)
def send(request: Request, house: TheHouse, here: CongressDesk, typed: Form) -> Response:
    """Keeps the file for an hour and leads to what is right and wrong in it."""
    try:
        upload = _sent(typed)
        read_table(upload.content)
        kept = uploads.keep(house.private, here.actor.account, _purpose(here), upload, house.office.now())
    except Refused as refused:
        return again(request, "accounts/import.html", typed, refused, **_context(here))
    return led_to(request, f"{_root(here)}/import/{kept}")


@router.get(f"{PATH}/{{upload}}")
def preview(request: Request, house: TheHouse, here: CongressDesk, upload: UUID) -> Response:
    """Every mistake, and the accounts that would be opened."""
    return page(request, "accounts/check.html", **_checked(house, here, _check(house, here, upload), upload))


@router.post(f"{PATH}/{{upload}}")
def confirm(request: Request, house: TheHouse, here: CongressDesk, upload: UUID, typed: Form) -> Response:
    """Opens the accounts of the good rows, and leads to those that wait for a slip."""
    checked = _check(house, here, upload)
    try:
        position = commands.open_accounts(house.office, here.by(typed), here.congress.id, checked.people)
    except Refused as refused:
        return again(request, "accounts/check.html", typed, refused, **_checked(house, here, checked, upload))
    said = _("账号已经开好，请印启用条发给本人。")
    return done(request, position, f"{_root(here)}?state=waiting", said)


@router.post(f"{HERE}/slips")
def print_slips(house: TheHouse, here: CongressDesk, typed: Form) -> Response:
    """One PDF with a slip for everybody of the offices who has not begun, made in memory and streamed once."""
    with house.reading.connect() as connection:
        sought = Sought(congress=here.congress.id, roles=words.OFFICE_ROLES, disabled=False, activated=False)
        waiting = register.accounts_named(connection, register.accounts_sought(connection, sought))
    position, printed = account_slips.issue_waiting_slips(
        house.office, house.private, here.by(typed), tuple(waiting), house.slips_last
    )
    house.followers.wait_for(position)
    name = f"启用条-{here.congress.short_name}.pdf"
    return Response(
        activation_slips(_book(house, here, printed, waiting)),
        media_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"},
    )


def _book(house: House, here: Place, printed: Sequence[PrintedSlip], waiting: dict[UUID, ListedAccount]) -> SlipBook:
    """The slips by unit, those of no unit by their role. Papers are Chinese, whoever prints them."""
    url, units = house.settings.public_url, units_in(house, here)

    def place(account: UUID) -> str:
        held = waiting[account].roles_in(here.congress.id)[0]
        return units.get(held.unit, "") if held.unit else str(words.ROLES[held.role])

    with speaking(CHINESE):
        return SlipBook(
            congress=here.congress.name,
            printed_on=house.office.today(),
            valid_until=printed[0].expires_at.date(),
            sign_in=f"{url}/a",
            kind="账号启用条",
            slips=tuple(
                Slip(
                    login=slip.login,
                    name=slip.name,
                    delegation=place(slip.account),
                    address=f"{url}/a/{slip.secret}",
                    typed=grouped(slip.secret),
                )
                for slip in printed
            ),
        )


def _check(house: House, here: Place, upload: UUID) -> CheckedPeople:
    """The kept file against the accounts and units as they are now. Raises UploadForgotten."""
    kept = uploads.kept(house.private, here.actor.account, _purpose(here), upload, house.office.now())
    table = read_table(kept.content)
    asked = {logins.login_stream(login): login for login in logins_in(table)}
    held = house.office.states_of(asked, logins.evolve_login)
    with speaking(CHINESE):
        roles = {str(words.ROLES[role]): role for role in words.OFFICE_ROLES}
    units = {name: unit for unit, name in units_in(house, here).items()}
    people, faults = read_accounts(table, roles=roles, units=units, taken={asked[stream] for stream in held})
    return CheckedPeople(source=kept.name, people=people, faults=faults)


def _sent(typed: Typed) -> Upload:
    found = typed.file("table")
    typed.settle()
    if found is None:
        raise Missing(fields=("table",))
    return Upload(name=found.filename or "", content=found.file.read(LARGEST_FILE + 1))


def _context(here: Place) -> dict[str, Any]:
    return {
        "headings": [(column.heading, column.required) for column in COLUMNS],
        "roles": [words.ROLES[role] for role in words.OFFICE_ROLES],
        "root": _root(here),
        "most_mb": LARGEST_FILE // 1024 // 1024,
    }


def _checked(house: House, here: Place, checked: CheckedPeople, upload: UUID) -> dict[str, Any]:
    return {
        "checked": checked,
        "faults": [(fault, sentence(fault)) for fault in checked.faults],
        "units": units_in(house, here),
        "role_words": words.ROLES,
        "upload": upload,
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/accounts"


def _purpose(here: Place) -> str:
    return f"accounts/{here.congress.id}"
