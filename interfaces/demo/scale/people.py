"""Who signs in to the city in full size."""

from typing import Final

from domain.accounts.permissions import Grant, Role
from interfaces.demo.scale.bodies import Body
from interfaces.demo.town_hall import TownHall, role

LOGINS: Final = (
    ("gy-office", "王敏 · 广原市人大办公室:下看九个城区、五十个镇"),
    ("gy-1-office", "陈静 · 东城区人大办公室"),
    ("gy-1-unit", "陈立新 · 东城区住房和城乡建设局"),
    ("gy-delegate", "广原市人大代表(手机)"),
    ("gy-upper", "何伟 · 只读"),
    ("gy-audit", "沈静 · 审计,只读"),
    ("admin", "系统管理员"),
)


def move_in(hall: TownHall, there: list[Body]) -> None:
    """Opens the accounts, all with the password of the demonstration."""
    city, district = there[0], there[1]
    hall.person("gy-office", "王敏", role(Role.STAFF, city.id))
    hall.person("gy-1-office", "陈静", role(Role.STAFF, district.id))
    hall.person("gy-1-unit", "陈立新", role(Role.DEPARTMENT, district.id, district.units[0][0]))
    hall.person("gy-delegate", "李强", Grant(role=Role.DELEGATE, congress=city.id, delegate=city.delegate(0)))
    hall.person("gy-upper", "何伟", role(Role.UPPER_READER, city.id))
    hall.person("gy-audit", "沈静", role(Role.AUDITOR, city.id))
