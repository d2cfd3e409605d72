"""Everything a report to the level above is drafted from, read from the record: nobody types a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from application.working_days import working_days
from domain.asks.ask import AskKind
from domain.congress.year_report import ReportKind
from domain.proposals.totals import Totals
from domain.supervision.duty import DutyStage
from domain.supervision.inquiry import InquiryStage
from domain.supervision.inspection import InspectionStage
from interfaces.composition import House
from interfaces.web.progress.views import Measure, ShownProject, shown_all
from projections import (
    duties,
    inquiries,
    inspections,
    plans,
    progress_board,
    proposal_register,
    voted_list,
    year_figures,
    year_rail,
)
from projections.asks_board import AskRow, asks_of
from projections.congress_directory import ListedCongress, congresses_below
from projections.plans import AdjustmentRow
from projections.progress_board import DifficultyRow
from projections.voted_list import VotedList, VotedProject
from projections.year_figures import CategoryFigures, Rated, YearFigures
from projections.year_rail import YearRail


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """What supervision there was in a year, as counts."""

    inspections: int
    problems: int
    inquiries: int
    duties: int
    duties_closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTold:
    """One year of the congress."""

    year: int
    rail: YearRail | None
    totals: Totals
    figures: YearFigures | None
    supervised: Supervised


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is known of the years of a report; `year` is the last of them, told closely."""

    congress: ListedCongress
    kind: ReportKind
    first_year: int
    last_year: int
    today: date
    years: tuple[YearTold, ...]
    categories: tuple[CategoryFigures, ...]
    proposed: tuple[tuple[str, int], ...]
    """Proposals of the last year by category."""
    announced: VotedList | None
    voted: tuple[VotedProject, ...]
    projects: tuple[ShownProject, ...]
    adjustments: tuple[AdjustmentRow, ...]
    difficulties: tuple[DifficultyRow, ...]
    asks: tuple[AskRow, ...]
    rated: tuple[Rated, ...]
    below: tuple[tuple[ListedCongress, YearFigures], ...]
    """Each congress below with its figures over the years of the report; those without projects are left out."""

    @property
    def told(self) -> YearTold:
        """The last year."""
        return self.years[-1]

    @property
    def own(self) -> YearFigures | None:
        """The congress's own figures over all years."""
        return year_figures.summed([one.figures for one in self.years if one.figures])

    @property
    def all_together(self) -> YearFigures | None:
        """The congress and all below it."""
        own = self.own
        return year_figures.summed([*([own] if own else []), *(figures for _one, figures in self.below)])

    def asks_of_kind(self, kind: AskKind) -> list[AskRow]:
        """The asks of one kind."""
        return [one for one in self.asks if one.kind == kind]


def gathered(house: House, congress: ListedCongress, kind: ReportKind, first_year: int, last_year: int) -> Gathered:
    """Reads what there is; an early year may have next to nothing."""
    calendar, today = working_days(house.office, congress.id), house.office.today()
    with house.reading.connect() as conn:
        rules = progress_board.rules_of(conn, congress.id)
        measure = Measure(rules=rules, calendar=calendar, today=today)
        by_year = {row.year: row for row in year_figures.figures_of(conn, (congress.id,), first_year, last_year)}
        return Gathered(
            congress=congress,
            kind=kind,
            first_year=first_year,
            last_year=last_year,
            today=today,
            years=tuple(_year(conn, congress.id, year, by_year) for year in range(first_year, last_year + 1)),
            categories=tuple(year_figures.categories_of(conn, (congress.id,), first_year, last_year)),
            proposed=tuple(proposal_register.categories(conn, congress.id, last_year)),
            announced=voted_list.announced(conn, congress.id, last_year),
            voted=tuple(voted_list.voted(conn, congress.id, last_year)),
            projects=tuple(shown_all(progress_board.board(conn, congress.id, last_year), measure)),
            adjustments=tuple(plans.adjustments_of(conn, congress.id, last_year)),
            difficulties=tuple(progress_board.difficulties_of(conn, congress.id, year=last_year)),
            asks=tuple(asks_of(conn, congress.id, last_year)),
            rated=tuple(year_figures.rated_of(conn, congress.id, last_year)),
            below=_below(conn, congress, first_year, last_year),
        )


def _year(conn: Connection, congress: UUID, year: int, figures: dict[int, YearFigures]) -> YearTold:
    return YearTold(
        year=year,
        rail=year_rail.rail(conn, congress, year),
        totals=proposal_register.totals(conn, congress, year),
        figures=figures.get(year),
        supervised=_supervised(conn, congress, year),
    )


def _supervised(conn: Connection, congress: UUID, year: int) -> Supervised:
    seen = inspections.inspections_of(conn, congress, year=year)
    held = [one for one in seen if one.stage == InspectionStage.CONCLUDED]
    asked = inquiries.inquiries_of(conn, congress, year=year)
    raised = [one for one in duties.duties_of(conn, congress, year=year) if one.stage != DutyStage.WITHDRAWN]
    return Supervised(
        inspections=len(held),
        problems=sum(one.problems for one in held),
        inquiries=sum(one.stage == InquiryStage.HELD for one in asked),
        duties=len(raised),
        duties_closed=sum(one.stage == DutyStage.APPROVED for one in raised),
    )


def _below(
    conn: Connection, congress: ListedCongress, first_year: int, last_year: int
) -> tuple[tuple[ListedCongress, YearFigures], ...]:
    listed = congresses_below(conn, congress.id)
    rows = year_figures.figures_of(conn, [one.id for one in listed], first_year, last_year)
    found = ((one, _of(rows, one.id)) for one in listed)
    return tuple((one, figures) for one, figures in found if figures is not None)


def _of(rows: Sequence[YearFigures], congress: UUID) -> YearFigures | None:
    return year_figures.summed([row for row in rows if row.congress == congress])
