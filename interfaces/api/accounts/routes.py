"""Accounts and their roles, for those who manage them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from application import account_slips, identity, second_factor
from application import accounts as commands
from domain.accounts import account as accounts
from domain.accounts.permissions import Act, Grant, Role
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import SLUG, Caller, Here, TheCaller
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.accounts import many, tokens
from interfaces.api.accounts.models import (
    AccountShown,
    DelegateSlipsWanted,
    Given,
    GivenRole,
    MaybeReason,
    NewAccount,
    NewName,
    Reason,
    SlipShown,
    SlipsShown,
    SlipWanted,
    Subject,
    TheAccount,
    shown,
    slip_shown,
)
from interfaces.web.accounts.signing import provider_name
from projections.accounts import accounts_in
from projections.congress_directory import congress_at

router = operations("accounts", read=Scope.ACCOUNTS_READ, write=Scope.ACCOUNTS_WRITE)
router.routes.extend([*tokens.router.routes, *many.router.routes])

PATH = "/accounts"
ONE = f"{PATH}/{{account}}"
_ALL = 1_000_000

TheRole = Annotated[Given, Path(description="角色。", examples=["staff"])]
CongressAsked = Annotated[
    str | None,
    Query(pattern=SLUG, description="大会在地址中的用词；不填则为全部大会的管理员。", examples=["qingcheng"]),
]


@router.get(PATH, summary="账号列表")
def listed(caller: TheCaller, paging: Paged, congress: CongressAsked = None) -> Page[AccountShown]:
    """The accounts with a role in a congress, delegates apart; or the administrators of the installation."""
    where = _congress(caller, congress, Act.READ_ACCOUNTS)
    roles = [role for role in Role if role is not Role.DELEGATE] if where else [Role.ADMINISTRATOR]
    with caller.house.reading.connect() as connection:
        found, _total = accounts_in(connection, where, roles, limit=_ALL)
    return paging.part(caller.told, found, lambda account: account.id, lambda account: shown(account.id, account))


@router.post(PATH, status_code=201, summary="开设账号", description="本人凭启用条设置密码后才能登录。")
def opened(caller: TheCaller, body: NewAccount) -> AccountShown:
    """An account with its first role."""
    by = caller.by()
    account = caller.house.office.new_id(by, "account")
    grant = Grant(role=Role(body.role), congress=_congress(caller, body.congress), unit=body.unit)
    position = commands.open_account(caller.house.office, by, account, body.login, body.name, grant)
    caller.done(position, f"{ROOT}{PATH}/{account}")
    return one(caller, account)


@router.get(ONE, summary="一个账号")
def one(caller: TheCaller, account: TheAccount) -> AccountShown:
    """One account, for those who may let somebody into it."""
    caller.shows(account)
    return _shown(caller, account)


@router.put(ONE, summary="更正姓名")
def renamed(caller: TheCaller, account: TheAccount, body: NewName) -> AccountShown:
    """The person's name is put right."""
    caller.done(commands.rename_account(caller.house.office, caller.by(account), account, body.name))
    return one(caller, account)


@router.post(f"{ONE}/roles", summary="增加角色")
def granted(caller: TheCaller, account: TheAccount, body: GivenRole) -> AccountShown:
    """One more role."""
    grant = Grant(role=Role(body.role), congress=_congress(caller, body.congress), unit=body.unit)
    caller.done(commands.grant_role(caller.house.office, caller.by(account), account, grant))
    return _after(caller, account)


@router.delete(f"{ONE}/roles/{{role}}", summary="收回角色")
def revoked(caller: TheCaller, account: TheAccount, role: TheRole, congress: CongressAsked = None) -> AccountShown:
    """A role is taken back."""
    where = _congress(caller, congress)
    caller.done(commands.revoke_role(caller.house.office, caller.by(account), account, Role(role), where))
    return _after(caller, account)


@router.post(f"{ONE}/disable", summary="停用账号", description="登录立即退出，令牌随即失效。")
def disabled(caller: TheCaller, account: TheAccount, body: Reason) -> AccountShown:
    """Nobody can use the account until it is enabled again."""
    house = caller.house
    caller.done(commands.disable_account(house.office, house.private, caller.by(account), account, body.reason))
    return one(caller, account)


@router.post(f"{ONE}/enable", summary="恢复账号")
def enabled(caller: TheCaller, account: TheAccount, body: MaybeReason) -> AccountShown:
    """The account can be used again."""
    caller.done(commands.enable_account(caller.house.office, caller.by(account), account, body.reason))
    return one(caller, account)


@router.post(f"{ONE}/end-sign-ins", summary="退出账号的全部登录")
def signed_out(caller: TheCaller, account: TheAccount) -> AccountShown:
    """Every browser of the account signs out."""
    house = caller.house
    caller.done(commands.end_sign_ins(house.office, house.private, caller.by(account), account))
    return one(caller, account)


@router.post(f"{ONE}/reset-second-factor", summary="重置二次验证", description="本人丢失手机和恢复码时用。")
def second_factor_reset(caller: TheCaller, account: TheAccount, body: Reason) -> AccountShown:
    """Signing in asks for the password alone again."""
    house = caller.house
    caller.done(second_factor.reset(house.office, house.private, caller.by(account), account, body.reason))
    return one(caller, account)


@router.post(f"{ONE}/link", summary="关联统一认证", description="没有设置统一认证的系统回 404。")
def linked(caller: TheCaller, account: TheAccount, body: Subject) -> AccountShown:
    """Lets somebody whom the outside provider knows into the account."""
    house = caller.house
    position = identity.link(
        house.office,
        house.private,
        caller.by(account),
        account,
        provider=_provider(caller),
        issuer=house.settings.oidc_issuer,
        subject=body.subject,
    )
    caller.done(position)
    return one(caller, account)


@router.post(f"{ONE}/unlink", summary="解除统一认证关联", description="没有设置统一认证的系统回 404。")
def unlinked(caller: TheCaller, account: TheAccount) -> AccountShown:
    """The outside provider lets nobody into the account any more."""
    house, provider = caller.house, _provider(caller)
    caller.done(identity.unlink(house.office, house.private, caller.by(account), account, provider=provider))
    return one(caller, account)


@router.post(f"{ONE}/slip", summary="发出启用条", description="启用码只在回应中出现一次；以前发的随即作废。")
def slip(caller: TheCaller, account: TheAccount, body: SlipWanted) -> SlipShown:
    """A one-time slip; every earlier one is dead."""
    house = caller.house
    position, printed = account_slips.issue_slip(
        house.office,
        house.private,
        caller.by(account),
        account,
        house.slips_last,
        stops_password=body.stops_password,
    )
    caller.done(position)
    return slip_shown(printed, house.settings.public_url)


@router.post(
    "/congresses/{slug}/delegates/slips",
    summary="为代表发出启用条",
    description="为还没有启用的代表各发一张，没有账号的先开设。启用码只在回应中出现一次。",
)
def delegate_slips(here: Here, body: DelegateSlipsWanted) -> SlipsShown:
    """Slips in the order of the roll."""
    house = here.house
    position, printed = account_slips.issue_delegate_slips(
        house.office,
        house.private,
        here.by(),
        here.congress.id,
        house.slips_last,
        delegation=body.delegation or None,
        delegate=body.delegate,
    )
    here.done(position)
    return SlipsShown(slips=[slip_shown(one, house.settings.public_url) for one in printed])


def _provider(caller: Caller) -> str:
    """Raises NotFound where no outside provider is set up."""
    if not caller.house.settings.oidc_issuer:
        raise NotFound(kind="page", id="oidc")
    return provider_name(caller.house)


def _shown(caller: Caller, account: UUID) -> AccountShown:
    """Raises NotFound, also where the caller may look at none of its roles."""
    state = caller.house.office.state_of(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    places = [grant.congress for grant in state.grants] or [None]
    if not any(caller.actor.may(Act.READ_ACCOUNTS, place) for place in places):
        raise NotFound(kind="account", id=str(account))
    return shown(account, state)


def _after(caller: Caller, account: UUID) -> AccountShown:
    """The account after its roles were changed; who took back the last role they manage is told it once more."""
    caller.shows(account)
    state = caller.house.office.state_of(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    return shown(account, state)


def _congress(caller: Caller, slug: str | None, act: Act = Act.MANAGE_ACCOUNTS) -> UUID | None:
    """Raises NotFound where the token does not reach, NotPermitted where the caller may not do this."""
    if slug is None:
        caller.actor.require(Act.MANAGE_ACCOUNTS, None)
        return None
    with caller.house.reading.connect() as connection:
        found = congress_at(connection, slug)
    if found is None or not caller.reaches(found.id):
        raise NotFound(kind="congress", id=slug)
    caller.actor.require(act, found.id)
    return found.id
