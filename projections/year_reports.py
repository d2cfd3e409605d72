"""Which reports to the level above has a congress written, and which were submitted?"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.year_report import (
    ReportPart,
    YearReportSubmitted,
    YearReportTakenBack,
    YearReportWritten,
)
from domain.files import Attached, FileType
from projections.reading.projection import Projection

metadata = MetaData()

_reports = Table(
    "year_report",
    metadata,
    Column("report", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
    Column("title", String(400), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("written_on", Date, nullable=False),
    Column("number", String(200), nullable=False),
    Column("addressee", String(200), nullable=False),
    Column("submitted_on", Date),
    Column("file", JSON),
    Column("taken_back_because", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("year_report_congress", "congress", "last_year"),
)


class YearReportRow(NamedTuple):
    """A report with its words, and what was submitted."""

    report: UUID
    congress: UUID
    kind: str
    first_year: int
    last_year: int
    title: str
    parts: tuple[ReportPart, ...]
    written_on: date
    number: str
    addressee: str
    submitted_on: date | None
    file: Attached | None
    taken_back_because: str


_TOLD = [_reports.c[name] for name in YearReportRow._fields]


def report_of(conn: Connection, congress: UUID, report: UUID) -> YearReportRow | None:
    """One report of this congress."""
    asked = select(*_TOLD).where(_reports.c.congress == congress, _reports.c.report == report)
    row = conn.execute(asked).one_or_none()
    return None if row is None else _told(row)


def reports_of(conn: Connection, congress: UUID) -> list[YearReportRow]:
    """All reports of a congress, the newest years first."""
    return reports_among(conn, (congress,))


def reports_among(conn: Connection, congresses: Collection[UUID], *, submitted: bool = False) -> list[YearReportRow]:
    """The reports of many congresses (those that were submitted), the newest years first."""
    asked = select(*_TOLD).where(_reports.c.congress.in_(list(congresses)))
    if submitted:
        asked = asked.where(_reports.c.submitted_on.is_not(None))
    order = (_reports.c.last_year.desc(), _reports.c.first_year, _reports.c.kind, _reports.c.report)
    return [_told(row) for row in conn.execute(asked.order_by(*order))]


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each report with its facts."""
    for notice in noticed:
        match notice.fact:
            case YearReportWritten() as fact:
                _write(conn, notice, fact)
            case YearReportSubmitted() as fact:
                submitted = {"number": fact.number, "addressee": fact.to, "submitted_on": fact.submitted_on}
                _change(conn, notice, **submitted, file=_plain(fact.file), taken_back_because="")
            case YearReportTakenBack(reason=reason):
                gone = {"number": "", "addressee": "", "submitted_on": None, "file": None}
                _change(conn, notice, **gone, taken_back_because=reason)


def _write(conn: Connection, notice: Noticed, fact: YearReportWritten) -> None:
    said: dict[str, Any] = {
        "title": fact.title,
        "parts": [{"key": one.key, "heading": one.heading, "words": one.words} for one in fact.parts],
        "written_on": fact.on,
        "position": notice.position,
    }
    if conn.scalar(select(_reports.c.report).where(_reports.c.report == notice.stream)) is not None:
        conn.execute(update(_reports).where(_reports.c.report == notice.stream).values(**said))
        return
    about = {"congress": fact.congress, "kind": fact.kind.value}
    years = {"first_year": fact.first_year, "last_year": fact.last_year}
    nothing = {"number": "", "addressee": "", "taken_back_because": ""}
    conn.execute(insert(_reports).values(report=notice.stream, **about, **years, **said, **nothing))


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    this = _reports.c.report == notice.stream
    conn.execute(update(_reports).where(this).values(position=notice.position, **values))


def _plain(file: Attached) -> dict[str, object]:
    return {
        "file": str(file.file),
        "name": file.name,
        "type": file.type.value,
        "size": file.size,
        "digest": file.digest,
    }


def _told(row: Sequence[Any]) -> YearReportRow:
    found = YearReportRow(*row)
    told = cast("dict[str, Any] | None", found.file)
    file = None
    if told is not None:
        file = Attached(**{**told, "file": UUID(told["file"]), "type": FileType(told["type"])})
    return found._replace(parts=tuple(ReportPart(**cast("dict[str, str]", part)) for part in found.parts), file=file)


PROJECTION = Projection(name="year_reports", shape=1, metadata=metadata, project=project)
