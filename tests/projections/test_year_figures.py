"""What years add up to: computed from the record alone, for one congress and for all below a city."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid5

import pytest

from application.history.history import History
from application.history.recorded import Recorded
from domain.asks.answers import Completion
from domain.polls.places import DecidedBy
from domain.projects import adjustment_facts as adjusted
from domain.projects import implementation_facts as said
from domain.projects.card import CandidateCard
from domain.projects.implementation import implementation_stream
from domain.projects.project import CandidateDrafted, ProjectAdopted, ProjectEvaluated
from domain.shared import Money, Year
from projections import year_figures
from projections.reading.projection import Projection
from tests.support.implementing import PLAN
from tests.support.telling import Telling
from tests.support.year import of

CITY = [UUID(int=900 + number) for number in range(9)]
COUNTS = {
    2022: (31, 22, 18, 25, 20, 17, 19, 12, 10),
    2023: (30, 21, 19, 24, 22, 18, 20, 14, 12),
    2024: (29,) + (19,) * 7 + (18,),
}
"""The projects that nine districts and banners voted for in three years: 174 + 180 + 180 = 534."""
ONE, REPORT = UUID(int=41), UUID(int=42)
STREAM = implementation_stream(ONE)


@pytest.fixture
def projection() -> Projection:
    return year_figures.PROJECTION


def adopted(congress: UUID, year: int, number: int, funds: str = "10000.10") -> Iterator[tuple[UUID, object]]:
    """A candidate that was voted for."""
    project = ONE if number == 0 else uuid5(congress, f"{year}/{number}")
    card = CandidateCard(
        name=f"项目{number}",
        category="教育" if number % 2 else "交通",
        total_funds=Money(Decimal(funds)),
        year_funds=Money(Decimal(funds) / 2),
        beneficiary_count=100,
    )
    code = f"{congress.int:03}{year}{number:03}"
    yield project, CandidateDrafted(congress=congress, year=Year(year), code=code, card=card)
    yield project, of(ProjectAdopted, number=number + 1, decided_by="")


def test_534_projects_in_three_years_are_computed(telling: Telling, history: History) -> None:
    facts = [
        fact
        for year, counts in COUNTS.items()
        for congress, count in zip(CITY, counts, strict=True)
        for number in range(1, count + 1)
        for fact in adopted(congress, year, number)
    ]
    versions: dict[UUID, int] = {}
    recorded = []
    for stream, fact in facts:
        versions[stream] = versions.get(stream, 0) + 1
        recorded.append(Recorded(stream, versions[stream], telling.now, None, fact))
    history.append(recorded, seen={})
    telling.tell()
    rows = telling.ask(year_figures.figures_of, CITY, 2022, 2024)
    total = year_figures.summed(rows)
    assert total is not None
    assert total.projects == 534
    assert total.total_funds == Decimal("10000.10") * 534
    assert total.undecided == 534
    assert [sum(row.projects for row in rows if row.year == year) for year in COUNTS] == [174, 180, 180]
    assert telling.ask(year_figures.years_of, CITY) == [2022, 2023, 2024]
    only = year_figures.summed(telling.ask(year_figures.figures_of, CITY[:1], 2023, 2024))
    assert only is not None
    assert only.projects == 59
    kinds = telling.ask(year_figures.categories_of, CITY, 2022, 2024)
    assert sum(one.projects for one in kinds) == 534
    assert sum((one.total_funds for one in kinds), Decimal(0)) == total.total_funds


def test_a_project_is_followed_to_its_look_back(telling: Telling) -> None:
    congress = CITY[0]
    telling.tell(*adopted(congress, 2026, 0, "1000000"))
    filed = said.PlanFiled(
        congress=congress, year=Year(2026), project=ONE, name="路", adopted=PLAN, plan=PLAN, on=date(2026, 2, 1)
    )
    telling.tell((STREAM, filed), (STREAM, said.PlanPublished(plan=PLAN, on=date(2026, 2, 10))))
    telling.tell((STREAM, _report(date(2026, 3, 20), 100)), (STREAM, _report(date(2026, 6, 22), 700, UUID(int=43))))
    assert _of(telling, congress).spent == 700
    telling.tell((STREAM, said.ReportSentBack(report=UUID(int=43), reason="不实", on=date(2026, 6, 23))))
    assert _of(telling, congress).spent == 100
    telling.tell(
        (STREAM, _report(date(2026, 6, 22), 600, UUID(int=44))),
        (STREAM, _report(date(2027, 3, 22), 50, UUID(int=45))),
        (STREAM, of(adjusted.AdjustmentDecided, body=DecidedBy.STANDING_COMMITTEE)),
        (STREAM, of(adjusted.AdjustmentDecided, body=DecidedBy.STANDING_COMMITTEE)),
        (STREAM, of(said.DifficultyRaised)),
        (STREAM, of(said.ProjectAccepted)),
    )
    now = _of(telling, congress)
    assert (now.spent, now.adjusted, now.adjustments, now.difficulties, now.accepted, now.undecided) == (
        Decimal(600),
        1,
        2,
        1,
        1,
        1,
    )
    telling.tell((STREAM, of(said.AcceptanceUndone)), (STREAM, _ended(Completion.CARRIED_OVER)))
    telling.tell((STREAM, _ended(Completion.COMPLETED)), (STREAM, of(said.LookBackRecorded, nth=1)))
    ended = _of(telling, congress)
    assert (ended.accepted, ended.finished, ended.carried_over, ended.look_backs) == (0, 1, 0, 1)
    assert telling.ask(year_figures.rated_of, congress, 2026) == []
    graded = of(ProjectEvaluated, grade="满意", satisfaction=Fraction(175, 222))
    telling.tell((ONE, graded))
    (rated,) = telling.ask(year_figures.rated_of, congress, 2026)
    assert (rated.grade, rated.satisfaction) == ("满意", Decimal("78.8288"))


def _of(telling: Telling, congress: UUID) -> year_figures.YearFigures:
    (row,) = telling.ask(year_figures.figures_of, [congress], 2026, 2026)
    return row


def _report(due_on: date, spent: int, report: UUID = REPORT) -> said.ProgressReported:
    funds = Money(Decimal(spent))
    return of(said.ProgressReported, report=report, due_on=due_on, on=due_on, funds_spent=funds, photos=())


def _ended(completion: Completion) -> said.CompletionRecorded:
    return of(said.CompletionRecorded, completion=completion, carried_to=None)
