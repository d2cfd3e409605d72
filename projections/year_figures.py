"""What do several years of one congress, or of all congresses below one, add up to? Nobody types these figures.

One row a project; sums are asked of the database. Yuan are kept in fen, so that they add up exactly there.
"""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.asks.answers import Completion
from domain.projects.adjustment_facts import AdjustmentDecided
from domain.projects.card import CandidateCard
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyRaised,
    LookBackRecorded,
    PlanFiled,
    ProgressReported,
    ProjectAccepted,
    ReportSentBack,
)
from domain.projects.project import CandidateDrafted, CandidateRevised, ProjectAdopted, ProjectEvaluated
from projections.reading.projection import Projection

metadata = MetaData()
_FEN: Final = 100

_projects = Table(
    "figures_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("name", String(400), nullable=False),
    Column("category", String(80), nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("year_fen", BigInteger, nullable=False),
    Column("beneficiaries", BigInteger, nullable=False),
    Column("spent_fen", BigInteger, nullable=False),
    Column("completion", String(16), nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("adjustments", Integer, nullable=False),
    Column("difficulties", Integer, nullable=False),
    Column("look_backs", Integer, nullable=False),
    Column("grade", String(80), nullable=False),
    Column("satisfaction", String(40)),
    Index("figures_project_congress", "congress", "year"),
)
_streams = Table(
    "figures_stream",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
)
_reports = Table(
    "figures_report",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("report", Uuid, nullable=False),
    Column("fen", BigInteger, nullable=False),
)


class YearFigures(NamedTuple):
    """The adopted projects of one congress and year, added up. Money in yuan."""

    congress: UUID
    year: int
    projects: int
    total_funds: Decimal
    year_funds: Decimal
    spent: Decimal
    """In the voted year, by the last reports."""
    beneficiaries: int
    completed: int
    basically_completed: int
    not_completed: int
    carried_over: int
    accepted: int
    adjusted: int
    """Projects with a change that the deciding body consented to (rule 20)."""
    adjustments: int
    difficulties: int
    look_backs: int

    @property
    def finished(self) -> int:
        """Completed or basically completed."""
        return self.completed + self.basically_completed

    @property
    def undecided(self) -> int:
        """Projects whose end is not recorded yet."""
        return self.projects - self.finished - self.not_completed - self.carried_over


class CategoryFigures(NamedTuple):
    """The adopted projects of one category."""

    category: str
    projects: int
    total_funds: Decimal


class Rated(NamedTuple):
    """How an adopted project was evaluated at the end of its year."""

    project: UUID
    number: int
    name: str
    grade: str
    satisfaction: Decimal | None
    """Per cent, exact to four digits."""


_SUMS: Final = (
    func.count(),
    func.sum(_projects.c.total_fen),
    func.sum(_projects.c.year_fen),
    func.sum(_projects.c.spent_fen),
    func.sum(_projects.c.beneficiaries),
    *(func.sum(case((_projects.c.completion == one.value, 1), else_=0)) for one in Completion),
    func.sum(case((_projects.c.accepted, 1), else_=0)),
    func.sum(case((_projects.c.adjustments > 0, 1), else_=0)),
    func.sum(_projects.c.adjustments),
    func.sum(_projects.c.difficulties),
    func.sum(_projects.c.look_backs),
)


def figures_of(conn: Connection, congresses: Collection[UUID], first_year: int, last_year: int) -> list[YearFigures]:
    """One row for each of these congresses and years with an adopted project, by year, then congress."""
    asked = (
        select(_projects.c.congress, _projects.c.year, *_SUMS)
        .where(*_of(congresses, first_year, last_year))
        .group_by(_projects.c.congress, _projects.c.year)
        .order_by(_projects.c.year, _projects.c.congress)
    )
    return [_figures(tuple(row)) for row in conn.execute(asked)]


def years_of(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years with adopted projects in any of these, oldest first."""
    asked = select(_projects.c.year).where(*_of(congresses)).distinct().order_by(_projects.c.year)
    return list(conn.scalars(asked))


def categories_of(
    conn: Connection, congresses: Collection[UUID], first_year: int, last_year: int
) -> list[CategoryFigures]:
    """Adopted projects by category, the most first."""
    count = func.count()
    asked = (
        select(_projects.c.category, count, func.sum(_projects.c.total_fen))
        .where(*_of(congresses, first_year, last_year))
        .group_by(_projects.c.category)
        .order_by(count.desc(), _projects.c.category)
    )
    return [CategoryFigures(name, number, _yuan(fen)) for name, number, fen in conn.execute(asked)]


def rated_of(conn: Connection, congress: UUID, year: int) -> list[Rated]:
    """The evaluated projects of a year by number."""
    told = [_projects.c[name] for name in Rated._fields]
    asked = select(*told).where(*_of((congress,), year, year), _projects.c.grade != "").order_by(_projects.c.number)
    return [
        Rated(row.project, row.number, row.name, row.grade, None if row[4] is None else Decimal(row[4]))
        for row in conn.execute(asked)
    ]


def summed(rows: Collection[YearFigures]) -> YearFigures | None:
    """Several rows as one; its congress and year are those of the last row. None without rows."""
    if not rows:
        return None
    columns: list[tuple[Any, ...]] = list(zip(*(row[2:] for row in rows), strict=True))
    *_before, last = rows
    return YearFigures(last.congress, last.year, *(sum(column[1:], column[0]) for column in columns))


def _of(congresses: Collection[UUID], first: int = 0, last: int = 9999) -> tuple[ColumnElement[bool], ...]:
    years = _projects.c.year.between(first, last)
    return _projects.c.congress.in_(list(congresses)), years, _projects.c.number.is_not(None)


def _figures(row: tuple[Any, ...]) -> YearFigures:
    """Sums of integers come as decimals from PostgreSQL."""
    congress, year, projects, total, of_year, spent = row[:6]
    return YearFigures(congress, year, projects, _yuan(total), _yuan(of_year), _yuan(spent), *map(int, row[6:]))


def _yuan(fen: int | Decimal) -> Decimal:
    return Decimal(fen) / _FEN


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Follows candidates into the list and through their year."""
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, year=year, card=card):
                nothing = {"spent_fen": 0, "completion": "", "accepted": False, "grade": ""}
                none = {"adjustments": 0, "difficulties": 0, "look_backs": 0}
                drafted = {"project": notice.stream, "congress": congress, "year": year}
                conn.execute(insert(_projects).values(**drafted, **_of_card(card), **nothing, **none))
            case CandidateRevised(card=card):
                _change(conn, notice.stream, **_of_card(card))
            case ProjectAdopted(number=number):
                _change(conn, notice.stream, number=number)
            case ProjectEvaluated(grade=grade, satisfaction=satisfaction):
                rate = None if satisfaction is None else _percent(satisfaction.numerator, satisfaction.denominator)
                _change(conn, notice.stream, grade=grade or "", satisfaction=rate)
            case PlanFiled(project=of, year=year):
                if _place(conn, notice.stream) is None:
                    conn.execute(insert(_streams).values(stream=notice.stream, project=of, year=year))
            case _:
                _follow(conn, notice)


def _follow(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case ProgressReported(report=report, due_on=due_on, funds_spent=spent):
            _report(conn, notice.stream, report, due_on, _fen(spent))
        case ReportSentBack(report=report):
            conn.execute(delete(_reports).where(_reports.c.report == report))
            _spend(conn, notice.stream)
        case AdjustmentDecided():
            _count(conn, notice.stream, "adjustments")
        case DifficultyRaised():
            _count(conn, notice.stream, "difficulties")
        case LookBackRecorded():
            _count(conn, notice.stream, "look_backs")
        case ProjectAccepted():
            _mark(conn, notice.stream, accepted=True)
        case AcceptanceUndone():
            _mark(conn, notice.stream, accepted=False)
        case CompletionRecorded(completion=completion):
            _mark(conn, notice.stream, completion=completion.value)


def _report(conn: Connection, stream: UUID, report: UUID, due_on: date, fen: int) -> None:
    found = _place(conn, stream)
    if found is None or due_on.year != found[1]:
        return
    same = (_reports.c.project == found[0], _reports.c.due_on == due_on)
    conn.execute(delete(_reports).where(*same))
    conn.execute(insert(_reports).values(project=found[0], due_on=due_on, report=report, fen=fen))
    _spend(conn, stream)


def _spend(conn: Connection, stream: UUID) -> None:
    """What the last report of the voted year says; one that was sent back does not count."""
    found = _place(conn, stream)
    if found is None:
        return
    last = select(_reports.c.fen).where(_reports.c.project == found[0]).order_by(_reports.c.due_on.desc()).limit(1)
    _change(conn, found[0], spent_fen=conn.scalar(last) or 0)


def _count(conn: Connection, stream: UUID, column: str) -> None:
    _mark(conn, stream, **{column: _projects.c[column] + 1})


def _mark(conn: Connection, stream: UUID, **values: object) -> None:
    found = _place(conn, stream)
    if found is not None:
        _change(conn, found[0], **values)


def _place(conn: Connection, stream: UUID) -> tuple[UUID, int] | None:
    row = conn.execute(select(_streams.c.project, _streams.c.year).where(_streams.c.stream == stream)).one_or_none()
    return None if row is None else (row.project, row.year)


def _change(conn: Connection, of: UUID, **values: object) -> None:
    conn.execute(update(_projects).where(_projects.c.project == of).values(**values))


def _of_card(card: CandidateCard) -> dict[str, object]:
    return {
        "name": card.name,
        "category": card.category,
        "total_fen": _fen(card.total_funds),
        "year_fen": _fen(card.year_funds),
        "beneficiaries": card.beneficiary_count or 0,
    }


def _fen(yuan: Decimal | None) -> int:
    return 0 if yuan is None else int(yuan * _FEN)


def _percent(part: int, whole: int) -> str:
    return str((Decimal(part) * 100 / whole).quantize(Decimal("0.0001")))


PROJECTION = Projection(name="year_figures", shape=1, metadata=metadata, project=project)
