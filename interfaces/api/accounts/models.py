"""What is told and asked of accounts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path
from pydantic import Field

from application.account_slips import PrintedSlip
from domain.accounts.account import Account
from domain.accounts.permissions import Grant, Role
from interfaces.api._base.callers import SLUG
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Flag, Id, Shown
from projections.accounts import HeldRole, ListedAccount

Given = Literal["administrator", "staff", "government", "department", "scrutineer", "venue", "upper_reader", "auditor"]
"""Roles that are given by hand; a delegate's comes from the roll."""

_AN_ACCOUNT = "5d8c7b0a-3f0e-5b7e-8f57-0f7f0d2f1c11"
_A_UNIT = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"

TheAccount = Annotated[UUID, Path(description="账号的标识。", examples=[_AN_ACCOUNT])]


class GivenRole(Asked):
    """A role in a congress."""

    role: Given = Field(description="角色。", examples=["staff"])
    congress: str | None = Field(
        pattern=SLUG, description="大会在地址中的用词；null 表示全部大会（只限管理员）。", examples=["qingcheng"]
    )
    unit: Id | None = Field(default=None, description="所在单位；角色为责任单位时必填。", examples=[None])


class NewAccount(GivenRole):
    """An account with its first role."""

    login: str = Field(
        pattern=LINE, max_length=64, description="登录名：文字、数字、点和连字符，不能全是数字。", examples=["wangmin"]
    )
    name: str = Field(pattern=LINE, max_length=200, description="姓名。", examples=["王敏"])


class NewName(Asked):
    """The person's name, put right."""

    name: str = Field(pattern=LINE, max_length=200, description="姓名。", examples=["王敏"])


class Reason(Asked):
    """Why an account is disabled or put right."""

    reason: str = Field(pattern=LINE, max_length=500, description="理由，记入操作记录。", examples=["已调离"])


class MaybeReason(Asked):
    """Why an account is enabled again."""

    reason: str = Field(
        default="", pattern=LINES, max_length=500, description="理由，可以为空。", examples=["返回原岗位"]
    )


class Subject(Asked):
    """Who the account's owner is to the outside provider of identities."""

    subject: str = Field(
        pattern=LINE, max_length=200, description="本人在统一认证中的标识（sub）。", examples=["u-8f3c2a"]
    )


class SlipWanted(Asked):
    """How the one-time slip is meant."""

    stops_password: Flag = Field(
        default=False, description="原来的密码可能已被别人知道：立即作废，并退出全部登录。", examples=[False]
    )


class DelegateSlipsWanted(Asked):
    """Whose slips: one delegate's, a delegation's, or everybody's who has not begun yet."""

    delegation: str | None = Field(
        default=None, pattern=MAYBE_LINE, max_length=200, description="只为这个代表团。", examples=["第一代表团"]
    )
    delegate: Id | None = Field(default=None, description="只为这位代表，已启用的也补发。", examples=[None])


class RoleShown(Shown):
    """A role of an account."""

    role: Role = Field(description="角色。", examples=["staff"])
    congress: UUID | None = Field(
        description="大会的标识；null 表示全部大会。", examples=["a3b4d7e8-2f5c-5d11-9c3e-0d5a7f0c9b21"]
    )
    unit: UUID | None = Field(description="责任单位人员所在的单位。", examples=[None])
    delegate: UUID | None = Field(description="本人是哪位代表。", examples=[None])


class AccountShown(Shown):
    """An account."""

    id: UUID = Field(description="标识。", examples=[_AN_ACCOUNT])
    login: str = Field(description="登录名。", examples=["wangmin"])
    name: str = Field(description="姓名。", examples=["王敏"])
    disabled: bool = Field(description="是否已停用。", examples=[False])
    activated: bool = Field(description="本人是否已设置密码。", examples=[True])
    roles: list[RoleShown] = Field(description="角色，按给予的先后。")


class SlipShown(Shown):
    """A one-time slip, told this once."""

    account: UUID = Field(description="账号的标识。", examples=[_AN_ACCOUNT])
    login: str = Field(description="登录名。", examples=["wangmin"])
    name: str = Field(description="姓名。", examples=["王敏"])
    delegation: str = Field(description="代表团；不是代表的为空。", examples=[""])
    secret: str = Field(description="启用码，只在这里出现一次。", examples=["7K2M9QX4T0BWC5ZP3HNEV"])
    address: str = Field(
        description="启用地址，印成二维码交给本人。", examples=["https://rd.example.cn/a/7K2M9QX4T0BWC5ZP3HNEV"]
    )
    expires_at: datetime = Field(description="有效期至。", examples=["2026-02-19T09:00:00+08:00"])


class SlipsShown(Shown):
    """Slips for a hall, told this once."""

    slips: list[SlipShown] = Field(description="启用条，按名册的次序。")


def shown(account: UUID, known: Account | ListedAccount) -> AccountShown:
    """The account as it is told."""
    roles = known.grants if isinstance(known, Account) else known.roles
    return AccountShown(
        id=account,
        login=known.login,
        name=known.name,
        disabled=known.disabled,
        activated=known.activated,
        roles=[_role(role) for role in roles],
    )


def slip_shown(printed: PrintedSlip, public_url: str) -> SlipShown:
    """The slip as it is told, this once."""
    return SlipShown(
        account=printed.account,
        login=printed.login,
        name=printed.name,
        delegation=printed.delegation,
        secret=printed.secret,
        address=f"{public_url}/a/{printed.secret}",
        expires_at=printed.expires_at,
    )


def _role(role: Grant | HeldRole) -> RoleShown:
    return RoleShown(role=role.role, congress=role.congress, unit=role.unit, delegate=role.delegate)
