"""Levels, colours and kinds of calendar entries in words."""

from domain.congress.calendar import EntryKind
from domain.congress.congress import Level
from domain.congress.look import Colour
from interfaces.web._base.language import Lazy, lazy

LEVELS: dict[Level, Lazy] = {
    Level.CITY: lazy("市级"),
    Level.COUNTY: lazy("旗县区级"),
    Level.TOWNSHIP: lazy("苏木乡镇级"),
    Level.STREET: lazy("街道"),
}
COLOURS: dict[Colour, Lazy] = {
    Colour.CRIMSON: lazy("深红"),
    Colour.INDIGO: lazy("靛蓝"),
    Colour.PINE: lazy("松绿"),
    Colour.PLUM: lazy("绛紫"),
    Colour.UMBER: lazy("赭石"),
    Colour.SLATE: lazy("青灰"),
}
KINDS: dict[EntryKind, Lazy] = {
    EntryKind.MEETING: lazy("会议"),
    EntryKind.DEADLINE: lazy("截止"),
    EntryKind.VISIT: lazy("视察调研"),
    EntryKind.TRAINING: lazy("培训"),
    EntryKind.PUBLICITY: lazy("宣传"),
    EntryKind.OTHER: lazy("其他"),
}
