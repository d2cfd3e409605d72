"""Roles and states of accounts in words."""

from domain.accounts.permissions import Role
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from projections.accounts import ListedAccount

ROLES: dict[Role, Lazy] = {
    Role.ADMINISTRATOR: lazy("管理员"),
    Role.STAFF: lazy("人大工作人员"),
    Role.GOVERNMENT: lazy("政府办"),
    Role.DEPARTMENT: lazy("责任单位"),
    Role.DELEGATE: lazy("代表"),
    Role.SCRUTINEER: lazy("监票人员"),
    Role.VENUE: lazy("会务人员"),
    Role.UPPER_READER: lazy("上级查看"),
    Role.AUDITOR: lazy("审计"),
}

ABOUT: dict[Role, Lazy] = {
    Role.ADMINISTRATOR: lazy("开设账号、分配角色、查看记录"),
    Role.STAFF: lazy("办理全年工作：项目、会议、票决、四问、公告"),
    Role.GOVERNMENT: lazy("报送候选项目，答复问计划、问结果"),
    Role.DEPARTMENT: lazy("答复本单位的四问"),
    Role.SCRUTINEER: lazy("监票、印制和作废票卡、签署计票结果"),
    Role.VENUE: lazy("签到、发放票卡"),
    Role.UPPER_READER: lazy("只看不改，供上级人大使用"),
    Role.AUDITOR: lazy("只看不改，可看全部操作记录"),
}
"""Roles that are given by hand; a delegate's comes from the roll."""

OFFICE_ROLES = tuple(ABOUT)

SOUGHT_STATES: dict[str, Lazy] = {
    "in_use": lazy("未停用"),
    "waiting": lazy("待启用"),
    "never": lazy("从未登录"),
    "disabled": lazy("已停用"),
}
SOUGHT_FACTORS: dict[str, Lazy] = {"on": lazy("已开启"), "off": lazy("未开启")}
ANYWHERE = lazy("所有账号")

WAYS: dict[str, Lazy] = {
    "password": lazy("密码"),
    "slip": lazy("启用条"),
    "provider": lazy("统一身份认证"),
    "recovery_code": lazy("恢复码"),
}
"""By what somebody came in."""

_STATES: dict[str, tuple[str, Lazy]] = {
    "disabled": ("bad", lazy("已停用")),
    "active": ("ok", lazy("已启用")),
    "reset": ("warn", lazy("重设密码中")),
    "waiting": ("warn", lazy("待启用")),
    "none": ("idle", lazy("未发启用条")),
}


def password_hint(shortest: int) -> str:
    """What makes a password strong, said before one is typed: nothing needs a script to be told."""
    return _(
        "至少 %(n)s 位，越长越牢；不要求大小写和符号。三四个不相干的词连起来又长又好记，例如自己编的一句怪话。"
        "不要用姓名、拼音、生日、电话或连着的键。只有您自己知道，工作人员也看不到。",
        n=shortest,
    )


def state_of(account: ListedAccount | None) -> tuple[str, Lazy]:
    """The kind of tag and the words for how far an account is."""
    if account is None:
        return _STATES["none"]
    if account.disabled:
        return _STATES["disabled"]
    if account.activated:
        return _STATES["reset" if account.has_slip else "active"]
    return _STATES["waiting" if account.has_slip else "none"]
