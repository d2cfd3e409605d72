"""Levels in words."""

from domain.congress.congress import Level
from interfaces.web._base.language import Lazy, lazy

LEVELS: dict[Level, Lazy] = {
    Level.CITY: lazy("市级"),
    Level.COUNTY: lazy("旗县区级"),
    Level.TOWNSHIP: lazy("苏木乡镇级"),
    Level.STREET: lazy("街道"),
}
