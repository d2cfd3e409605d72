"""One account, as those who look after it see it: opened, renamed, given roles, disabled, let in anew."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import account_slips, identity, second_factor
from application import accounts as commands
from application.private import identities, sign_in_log, sign_ins
from domain.accounts.permissions import Grant, Role
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Seat, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.accounts.listing import units_in
from interfaces.web.accounts.places import (
    EVERYWHERE,
    HERE,
    AccountReader,
    CongressDesk,
    Desk,
    common,
    congress_of,
    may_manage,
    root_of,
)
from interfaces.web.accounts.signing import provider_name
from projections import accounts as register
from projections.congress_directory import all_congresses

router = APIRouter()


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
def one_of_congress(request: Request, house: TheHouse, here: AccountReader, account: UUID) -> Response:
    """One account with its roles; without anything to press for those who only read."""
    return page(request, "accounts/one.html", **_one_context(house, here, account))


@router.get(f"{EVERYWHERE}/{{account}}")
def one_of_installation(request: Request, house: TheHouse, seat: Desk, account: UUID) -> Response:
    """One account with its roles."""
    return page(request, "accounts/one.html", **_one_context(house, seat, account))


@router.post(f"{HERE}/{{account}}/{{act}}")
def change_in_congress(
    request: Request, house: TheHouse, here: CongressDesk, account: UUID, act: str, typed: Form
) -> Response:
    """Whatever can be done to an account of the congress."""
    return _change(request, house, here, account, act, typed)


@router.post(f"{EVERYWHERE}/{{account}}/{{act}}")
def change_in_installation(
    request: Request, house: TheHouse, seat: Desk, account: UUID, act: str, typed: Form
) -> Response:
    """Whatever can be done to any account."""
    return _change(request, house, seat, account, act, typed)


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
    try:
        if act == "slip":
            return _slip(request, house, seat, account, typed)
        position, said = _done(house, seat, account, act, typed, context["account"].name)
    except Refused as refused:
        return again(request, "accounts/one.html", typed, refused, **context)
    house.followers.wait_for(position)
    with house.reading.connect() as connection:
        after = register.account_named(connection, account)
    still_here = after is not None and (congress_of(seat) is None or after.roles_in(congress_of(seat)))
    return done(request, position, f"{root_of(seat)}/{account}" if still_here else root_of(seat), said)


def _done(house: House, seat: Seat, account: UUID, act: str, typed: Typed, name: str) -> tuple[int, str]:
    """The position, and what is said. Raises NotFound for an unknown act."""
    office, private, by = house.office, house.private, seat.by(typed)
    match act:
        case "grant":
            grant = _grant(seat, typed)
            typed.settle()
            return commands.grant_role(office, by, account, grant), _("已给%(name)s增加角色。", name=name)
        case "revoke":
            role = typed.choice("role", Role)
            typed.settle()
            return commands.revoke_role(office, by, account, role, congress_of(seat)), _(
                "已收回%(name)s的这个角色。", name=name
            )
        case "rename":
            return commands.rename_account(office, by, account, typed.text("name")), _(
                "姓名已更正，原来是%(name)s。", name=name
            )
        case "disable":
            position = commands.disable_account(office, private, by, account, typed.text("reason"))
            return position, _("已停用%(name)s的账号，所有登录已退出。", name=name)
        case "enable":
            return commands.enable_account(office, by, account, typed.text("reason")), _(
                "已恢复%(name)s的账号。", name=name
            )
        case "sign-out":
            return commands.end_sign_ins(office, private, by, account), _(
                "%(name)s在所有设备上的登录已退出。", name=name
            )
        case "reset-second-factor":
            reason = typed.required("lost")
            typed.settle()
            position = second_factor.reset(office, private, by, account, reason)
            return position, _("已重置%(name)s的二次验证。", name=name)
        case "link" | "unlink" if house.settings.oidc_issuer:
            return _relinked(house, seat, account, act, typed, name)
    raise NotFound(kind="page", id=act)


def _relinked(house: House, seat: Seat, account: UUID, act: str, typed: Typed, name: str) -> tuple[int, str]:
    office, private, by = house.office, house.private, seat.by(typed)
    provider = provider_name(house)
    if act == "unlink":
        return identity.unlink(office, private, by, account, provider=provider), _(
            "%(name)s的统一认证关联已解除。", name=name
        )
    position = identity.link(
        office,
        private,
        by,
        account,
        provider=provider,
        issuer=house.settings.oidc_issuer,
        subject=typed.text("subject"),
    )
    return position, _("%(name)s今后可以用统一认证登录。", name=name)


def _slip(request: Request, house: House, seat: Seat, account: UUID, typed: Typed) -> Response:
    """A slip on the screen, once: the secret is nowhere else."""
    position, slip = account_slips.issue_slip(
        house.office,
        house.private,
        seat.by(typed).step("slip"),
        account,
        house.slips_last,
        stops_password=typed.ticked("at_once"),
    )
    house.followers.wait_for(position)
    return page(
        request,
        "accounts/slip.html",
        slip=slip,
        address=f"{house.settings.public_url}/a/{slip.secret}",
        grouped=grouped(slip.secret),
        at_once=typed.ticked("at_once"),
        **common(seat),
    )


def grouped(secret: str) -> str:
    """A secret as people read and type it: in groups of five, the check symbol with the last."""
    return " ".join(secret[start : start + 5] for start in range(0, len(secret) - 1, 5)) + secret[-1]


def _grant(seat: Seat, typed: Typed) -> Grant:
    congress = congress_of(seat)
    role = typed.choice("role", Role) if congress else Role.ADMINISTRATOR
    if role is Role.DELEGATE:
        typed.wrong("role", "choice")
    unit = typed.id("unit") if role is Role.DEPARTMENT else None
    return Grant(role=role, congress=congress, unit=unit)


def _one_context(house: House, seat: Seat, account: UUID) -> dict[str, Any]:
    with house.reading.connect() as connection:
        found = register.account_named(connection, account)
        names = {congress.id: congress.name for congress in all_congresses(connection)}
    if found is None or not (seat.is_administrator or found.roles_in(congress_of(seat))):
        raise NotFound(kind="account", id=str(account))
    issuer = house.settings.oidc_issuer
    return {
        "account": found,
        "own": seat.actor.account == account,
        "can_manage": may_manage(seat),
        "congress_names": names,
        "last": sign_in_log.last_days(house.private, [account]).get(account),
        "living": len(sign_ins.living(house.private, account, house.office.now(), house.endurance)),
        "provider": provider_name(house) if issuer else "",
        "by_subject": house.settings.oidc_claim == identity.SUBJECT,
        "subject": identities.subject_of(house.private, issuer, account) if issuer else "",
        **_form_context(house, seat),
    }


def _form_context(house: House, seat: Seat) -> dict[str, Any]:
    units = units_in(house, seat)
    return {"units": units, "unit_options": list(units.items()), **common(seat)}
