"""The administrator's pages: accounts of a congress, and of the installation."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import account_slips
from application import accounts as commands
from domain.accounts.permissions import Act, Grant, Role
from domain.congress import congress as congresses
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, Seat, Seated, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.paging import pager
from interfaces.web.accounts import words
from projections import accounts as register
from projections.congress_directory import all_congresses

router = APIRouter()

HERE = "/staff/{slug}/accounts"
EVERYWHERE = "/staff/accounts"


def installation(seat: Seated) -> Seat:
    """The desk of the whole installation. Raises NotPermitted."""
    seat.actor.require(Act.MANAGE_ACCOUNTS, None)
    return seat


Desk = Annotated[Seat, Depends(installation)]
CongressDesk = Annotated[Place, Depends(needing(Act.MANAGE_ACCOUNTS))]


@router.get(HERE)
def of_congress(request: Request, house: TheHouse, here: CongressDesk) -> Response:
    """Accounts with a role in the congress, delegates apart."""
    return _list(request, house, here, words.OFFICE_ROLES)


@router.get(EVERYWHERE)
def of_installation(request: Request, house: TheHouse, seat: Desk) -> Response:
    """Administrators of the installation."""
    return _list(request, house, seat, (Role.ADMINISTRATOR,))


@router.get(f"{HERE}/new")
def new_in_congress(request: Request, house: TheHouse, here: CongressDesk) -> Response:
    """The form for a new account."""
    return page(request, "accounts/new.html", form=blank(request, role=Role.STAFF), **_form_context(house, here))


@router.get(f"{EVERYWHERE}/new")
def new_in_installation(request: Request, house: TheHouse, seat: Desk) -> Response:
    """The form for a new administrator."""
    form = blank(request, role=Role.ADMINISTRATOR)
    return page(request, "accounts/new.html", form=form, **_form_context(house, seat))


@router.post(f"{HERE}/new")
def open_in_congress(request: Request, house: TheHouse, here: CongressDesk, typed: Form) -> Response:
    """Opens an account and shows its slip, once."""
    return _open(request, house, here, typed)


@router.post(f"{EVERYWHERE}/new")
def open_in_installation(request: Request, house: TheHouse, seat: Desk, typed: Form) -> Response:
    """Opens an administrator's account and shows its slip, once."""
    return _open(request, house, seat, typed)


@router.get(f"{HERE}/{{account}}")
def one_of_congress(request: Request, house: TheHouse, here: CongressDesk, account: UUID) -> Response:
    """One account with its roles."""
    return page(request, "accounts/one.html", **_one_context(house, here, account))


@router.get(f"{EVERYWHERE}/{{account}}")
def one_of_installation(request: Request, house: TheHouse, seat: Desk, account: UUID) -> Response:
    """One account with its roles."""
    return page(request, "accounts/one.html", **_one_context(house, seat, account))


@router.post(f"{HERE}/{{account}}/{{act}}")
def change_in_congress(
    request: Request, house: TheHouse, here: CongressDesk, account: UUID, act: str, typed: Form
) -> Response:
    """Grants, takes back, disables, enables, or hands out a slip."""
    return _change(request, house, here, account, act, typed)


@router.post(f"{EVERYWHERE}/{{account}}/{{act}}")
def change_in_installation(
    request: Request, house: TheHouse, seat: Desk, account: UUID, act: str, typed: Form
) -> Response:
    """Grants, takes back, disables, enables, or hands out a slip."""
    return _change(request, house, seat, account, act, typed)


def _list(request: Request, house: House, seat: Seat, roles: tuple[Role, ...]) -> Response:
    named = request.query_params.get("q", "").strip()
    with house.reading.connect() as connection:
        _, total = register.accounts_in(connection, _congress(seat), roles, named=named, limit=0)
        pages = pager(request, total)
        found, _ = register.accounts_in(
            connection, _congress(seat), roles, named=named, offset=pages.offset, limit=pages.per_page
        )
    return page(
        request,
        "accounts/list.html",
        form=blank(request, q=named),
        accounts=found,
        pager=pages,
        units=_units(house, seat),
        **_common(seat),
    )


def _open(request: Request, house: House, seat: Seat, typed: Typed) -> Response:
    account = house.office.new_id(seat.by(typed), "account")
    try:
        grant = _grant(seat, typed)
        login, name = typed.required("login"), typed.required("name")
        typed.settle()
        commands.open_account(house.office, seat.by(typed), account, login, name, grant)
        return _slip(request, house, seat, account, typed)
    except Refused as refused:
        return again(request, "accounts/new.html", typed, refused, **_form_context(house, seat))


def _change(request: Request, house: House, seat: Seat, account: UUID, act: str, typed: Typed) -> Response:
    context = _one_context(house, seat, account)
    by, name = seat.by(typed), context["account"].name
    try:
        match act:
            case "slip":
                return _slip(request, house, seat, account, typed)
            case "grant":
                grant = _grant(seat, typed)
                typed.settle()
                position = commands.grant_role(house.office, by, account, grant)
                said = _("已给%(name)s增加角色。", name=name)
            case "revoke":
                role = typed.choice("role", Role)
                typed.settle()
                position = commands.revoke_role(house.office, by, account, role, _congress(seat))
                said = _("已收回%(name)s的这个角色。", name=name)
            case "disable":
                position = commands.disable_account(house.office, house.private, by, account, typed.text("reason"))
                said = _("已停用%(name)s的账号，所有登录已退出。", name=name)
            case "enable":
                position = commands.enable_account(house.office, by, account)
                said = _("已恢复%(name)s的账号。", name=name)
            case _:
                raise NotFound(kind="page", id=act)
    except Refused as refused:
        return again(request, "accounts/one.html", typed, refused, **context)
    house.followers.wait_for(position)
    with house.reading.connect() as connection:
        after = register.account_named(connection, account)
    still_here = after is not None and after.roles_in(_congress(seat))
    return done(request, position, f"{_root(seat)}/{account}" if still_here else _root(seat), said)


def _slip(request: Request, house: House, seat: Seat, account: UUID, typed: Typed) -> Response:
    """A slip on the screen, once: the secret is nowhere else."""
    by = seat.by(typed).step("slip")
    position, slip = account_slips.issue_slip(house.office, house.private, by, account, house.slips_last)
    house.followers.wait_for(position)
    address = f"{house.settings.public_url}/a/{slip.secret}"
    return page(
        request, "accounts/slip.html", slip=slip, address=address, grouped=grouped(slip.secret), **_common(seat)
    )


def grouped(secret: str) -> str:
    """A secret as people read and type it: in groups of five, the check symbol with the last."""
    return " ".join(secret[start : start + 5] for start in range(0, len(secret) - 1, 5)) + secret[-1]


def _grant(seat: Seat, typed: Typed) -> Grant:
    congress = _congress(seat)
    role = typed.choice("role", Role) if congress else Role.ADMINISTRATOR
    if role is Role.DELEGATE:
        typed.wrong("role", "choice")
    unit = typed.id("unit") if role is Role.DEPARTMENT else None
    return Grant(role=role, congress=congress, unit=unit)


def _one_context(house: House, seat: Seat, account: UUID) -> dict[str, Any]:
    with house.reading.connect() as connection:
        found = register.account_named(connection, account)
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    if found is None or not (seat.is_administrator or found.roles_in(_congress(seat))):
        raise NotFound(kind="account", id=str(account))
    return {
        "account": found,
        "own": seat.actor.account == account,
        "congress_names": names,
        **_form_context(house, seat),
    }


def _form_context(house: House, seat: Seat) -> dict[str, Any]:
    units = _units(house, seat)
    return {"units": units, "unit_options": [(unit, name) for unit, name in units.items()], **_common(seat)}


def _common(seat: Seat) -> dict[str, Any]:
    return {
        "root": _root(seat),
        "congress": _congress(seat),
        "role_words": words.ROLES,
        "role_options": [(role, f"{words.ROLES[role]}（{about}）") for role, about in words.ABOUT.items()],
        "state_of": words.state_of,
    }


def _units(house: House, seat: Seat) -> dict[UUID, str]:
    congress = _congress(seat)
    state = house.office.state_of(congress, congresses.evolve) if congress else None
    return {unit.id: unit.name for unit in state.units.values() if not unit.withdrawn} if state else {}


def _congress(seat: Seat) -> UUID | None:
    return seat.congress.id if isinstance(seat, Place) else None


def _root(seat: Seat) -> str:
    return f"/staff/{seat.congress.slug}/accounts" if isinstance(seat, Place) else EVERYWHERE
