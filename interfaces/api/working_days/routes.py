"""The working days of a congress."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from application import working_days as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.working_days import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, DayKind, working_days_stream
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, Asked, Day, Shown
from interfaces.api._base.operations import operations
from interfaces.web.working_days import views
from interfaces.web.working_days.routes import shown_year
from interfaces.web.working_days.views import Preparation

router = operations("working-days", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses/{slug}/working-days"

Keeper = Annotated[At, Depends(needing(Act.KEEP_WORKING_DAYS))]
OfYear = Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="哪一年，默认今年。", examples=[2026])]


class SpanBody(Asked):
    """Days side by side."""

    starts_on: Day = Field(description="开始日期。", examples=["2027-08-01"])
    ends_on: Day | None = Field(
        default=None, description="结束日期，最多 31 天；只有一天则为 null。", examples=["2027-08-02"]
    )


class MarkBody(SpanBody):
    """Days that are free or worked."""

    kind: DayKind = Field(description="放假（free）或上班（working）。", examples=["free"])
    name: str = Field(pattern=LINE, max_length=LONGEST_NAME, description="名称或依据。", examples=["自治区成立纪念日"])


class MarkedShown(Shown):
    """Days side by side that are not as their place in the week says."""

    starts_on: date = Field(description="开始日期。", examples=["2026-02-15"])
    ends_on: date = Field(description="结束日期。", examples=["2026-02-23"])
    kind: DayKind = Field(description="放假（free）或上班（working）。", examples=["free"])
    name: str = Field(description="名称。", examples=["春节"])
    marked_by: str | None = Field(description="由哪个大会标记（地址用词）；null 为备好的安排。", examples=["qingcheng"])


class YearShown(Shown):
    """The working days of a year."""

    year: int = Field(description="年份。", examples=[2026])
    preparation: Preparation = Field(
        description="备好的安排：announced 为国务院办公厅公布的，calculated 为推算、待核对，none 为没有。",
        examples=["announced"],
    )
    working: int = Field(description="全年工作日。", examples=[248])
    working_by_month: list[int] = Field(description="各月工作日，一月在前。", examples=[[21, 16]])
    marked: list[MarkedShown] = Field(description="放假和调休上班的日子。")


@router.get(PATH, summary="一年的工作日", description="备好的放假和调休，加上上级和本大会的标记；近的标记优先。")
def one_year(here: OfficeReader, year: OfYear = None) -> YearShown:
    """The year as it counts here."""
    desk = here.house.office.desk()
    here.shows(*(working_days_stream(body) for body, _marks in commands.layers_at(desk, here.congress.id)))
    return _shown(views.year_of(here.house, here.congress.id, shown_year(here.house, year or 0)))


@router.post(PATH, summary="标记放假或上班的日子", description="对本大会和下级有效；下级可以另行标记。")
def mark(here: Keeper, body: MarkBody) -> YearShown:
    """Days are free or worked from now on."""
    by = here.by(working_days_stream(here.congress.id))
    span = {"starts_on": body.starts_on, "ends_on": body.ends_on or body.starts_on}
    here.done(commands.mark_days(here.house.office, by, here.congress.id, **span, kind=body.kind, name=body.name))
    return one_year(here, body.starts_on.year)


@router.post(f"{PATH}/take-back", summary="撤销工作日历标记", description="恢复为备好的或者上级的安排。")
def take_back(here: Keeper, body: SpanBody) -> YearShown:
    """The congress marks these days no more."""
    by = here.by(working_days_stream(here.congress.id))
    ends_on = body.ends_on or body.starts_on
    here.done(commands.take_back_marks(here.house.office, by, here.congress.id, body.starts_on, ends_on))
    return one_year(here, body.starts_on.year)


def _shown(year: views.Year) -> YearShown:
    return YearShown(
        year=year.number,
        preparation=year.preparation,
        working=year.working,
        working_by_month=[month.working for month in year.months],
        marked=[
            MarkedShown(
                starts_on=span.starts_on,
                ends_on=span.ends_on,
                kind=span.mark.kind,
                name=span.words,
                marked_by=span.by.slug if span.by else None,
            )
            for span in year.spans
        ],
    )
