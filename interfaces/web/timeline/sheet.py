"""A timeline as it is printed: the oldest first, in the words of the page."""

from datetime import date
from itertools import groupby

from interfaces.documents.timeline import SheetLine, SheetYear, TimelineSheet
from interfaces.public.projects.timeline import GROUPS, Line
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day


def sheet_of(
    name: str, about: str, status: str, lines: list[Line], today: date, address: str = "", reader: str = ""
) -> TimelineSheet:
    """`lines` newest first, as pages have them."""
    by_year = groupby(reversed(lines), key=lambda line: line.on.year)
    years = tuple(
        SheetYear(year=_("%(year)s 年", year=of), lines=tuple(_line(line) for line in found)) for of, found in by_year
    )
    return TimelineSheet(
        name=name,
        about=about,
        status=status,
        reader=reader,
        made_on=_("%(day)s 打印", day=day(today)),
        years=years,
        address=address,
        heads=(_("日期"), _("类别"), _("经过")),
    )


def _line(line: Line) -> SheetLine:
    kind = line.heading or (str(GROUPS[line.group][0]) if line.group else "")
    photos = (_("现场照片 %(n)s 张", n=len(line.photos)),) if line.photos else ()
    return SheetLine(day=day(line.on), kind=kind, said=line.said, more=(*line.more, *photos))
