"""What a proposal may be about: the categories of the congress's own projects, or the usual ones."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from projections import candidate_board

USUAL: Final = (
    "教育托幼",
    "医疗卫生",
    "养老助残",
    "交通出行",
    "住房和老旧小区",
    "供水供暖供气",
    "生态环境",
    "公园绿地",
    "文化体育",
    "就业和社会保障",
    "公共安全",
    "便民服务",
    "乡村建设",
)
OTHER: Final = "其他"
ENOUGH: Final = 5
"""With fewer categories of its own a congress has not sorted its projects yet."""


def categories(conn: Connection, congress: UUID) -> list[str]:
    """In the order in which they are offered, "other" at the end."""
    used = candidate_board.categories(conn, congress)
    known = used if len(used) >= ENOUGH else USUAL
    return [*(one for one in known if one != OTHER), OTHER]
