"""What the progress board is asked."""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, RowMapping, Select, Text, cast, func, select

from domain.projects.implementation import Standing
from domain.projects.periods import NOTHING_ADOPTED, AdoptedProgressRules, ProgressRules
from projections.progress_board import kept
from projections.progress_board.following import REPLACED
from projections.progress_board.rows import KEPT_ROWS, BoardRow, DifficultyRow, MeetingRow, NamedProject, ReportRow
from projections.progress_board.tables import difficulties, meetings, projects, reports, rules
from projections.reading import kept_plans


def board(conn: Connection, congress: UUID, year: int) -> list[BoardRow]:
    """The adopted projects of a year by their numbers on the voted list."""
    return boards(conn, (congress,), (year,))


def boards(conn: Connection, congresses: Collection[UUID], years: Collection[int]) -> list[BoardRow]:
    """The adopted projects of several congresses and years, the newest year first, by their numbers on the lists."""
    return _rows(conn, _adopted().where(projects.c.congress.in_(congresses), projects.c.year.in_(years)))


def going_on(conn: Connection) -> list[tuple[UUID, UUID]]:
    """The installation's projects with a plan in force, not accepted, suspended or ended: congress and project."""
    is_accepted = func.coalesce(cast(projects.c.accepted, Text), "null") != "null"
    query = select(projects.c.congress, projects.c.project).where(
        projects.c.number.is_not(None),
        projects.c.published_on.is_not(None),
        projects.c.standing == Standing.UNDER_WAY.value,
        ~is_accepted,
    )
    ordered = query.order_by(projects.c.congress, projects.c.project)
    return [(congress, project) for congress, project in conn.execute(ordered)]


def named(conn: Connection, congress: UUID) -> list[NamedProject]:
    """The adopted projects of all years by name alone, the newest year first."""
    columns = [projects.c[name] for name in NamedProject._fields]
    query = select(*columns).where(projects.c.congress == congress, projects.c.number.is_not(None))
    ordered = query.order_by(projects.c.year.desc(), projects.c.number, projects.c.project)
    return [NamedProject(*row) for row in conn.execute(ordered)]


def project_row(conn: Connection, project: UUID) -> BoardRow | None:
    """One adopted project."""
    found = _rows(conn, _adopted().where(projects.c.project == project))
    return found[0] if found else None


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with adopted projects, newest first."""
    query = select(projects.c.year).where(projects.c.congress == congress, projects.c.number.is_not(None)).distinct()
    return list(conn.scalars(query.order_by(projects.c.year.desc())))


def reports_of(conn: Connection, project: UUID, *, replaced: bool = False) -> list[ReportRow]:
    """The reports of a project, newest period first; `replaced`: with those that were given anew."""
    query = _of_project(_REPORTS, reports).where(projects.c.project == project)
    if not replaced:
        query = query.where(reports.c.stage != REPLACED)
    return [
        _report(row)
        for row in conn.execute(query.order_by(reports.c.due_on.desc(), reports.c.position.desc())).mappings()
    ]


def report_at(conn: Connection, report: UUID) -> ReportRow | None:
    """One report."""
    row = conn.execute(_of_project(_REPORTS, reports).where(reports.c.report == report)).mappings().one_or_none()
    return _report(row) if row else None


def difficulties_of(
    conn: Connection,
    congress: UUID,
    *,
    year: int | None = None,
    project: UUID | None = None,
    open_only: bool = False,
) -> list[DifficultyRow]:
    """What was raised in a congress, the open ones first (or alone), then by the order of raising."""
    query = _of_project(_DIFFICULTIES, difficulties).where(projects.c.congress == congress)
    if year is not None:
        query = query.where(projects.c.year == year)
    if project is not None:
        query = query.where(projects.c.project == project)
    if open_only:
        query = query.where(difficulties.c.resolved_on.is_(None))
    ordered = query.order_by(difficulties.c.resolved_on.is_not(None), difficulties.c.position)
    return [_difficulty(row) for row in conn.execute(ordered).mappings()]


def meetings_of(conn: Connection, congress: UUID, year: int) -> list[MeetingRow]:
    """The leading group's meetings of a year, newest first."""
    columns = [meetings.c[name] for name in MeetingRow._fields]
    query = select(*columns).where(meetings.c.congress == congress, meetings.c.year == year)
    return [MeetingRow(*row) for row in conn.execute(query.order_by(meetings.c.held_on.desc(), meetings.c.meeting))]


def adopted_rules_of(conn: Connection, congress: UUID) -> AdoptedProgressRules:
    """The congress's rules with their version; the default ones where it has adopted none."""
    row = conn.execute(select(rules.c.version, rules.c.rules).where(rules.c.congress == congress)).one_or_none()
    return AdoptedProgressRules(version=row.version, rules=kept.as_rules(row.rules)) if row else NOTHING_ADOPTED


def rules_of(conn: Connection, congress: UUID) -> ProgressRules:
    """How often the congress has progress reported, and how its lights shine."""
    return adopted_rules_of(conn, congress).rules


def rules_of_all(conn: Connection, congresses: Collection[UUID]) -> dict[UUID, ProgressRules]:
    """The rules of each of these congresses."""
    adopted = conn.execute(select(rules.c.congress, rules.c.rules).where(rules.c.congress.in_(congresses)))
    return dict.fromkeys(congresses, NOTHING_ADOPTED.rules) | {
        row.congress: kept.as_rules(row.rules) for row in adopted
    }


_NAMED = (
    projects.c.project,
    projects.c.congress,
    projects.c.name,
    projects.c.lead_unit,
    projects.c.lead_unit_name,
)
_REPORTS = select(*_NAMED, *(column for column in reports.c if column.name not in ("stream", "position")))
_DIFFICULTIES = select(*_NAMED, *(column for column in difficulties.c if column.name not in ("stream", "position")))


_NAMES = [column.name for column in projects.c]
_JSON = [column.name for column in projects.c if isinstance(column.type, JSON)]
_COLUMNS = [cast(column, Text) if column.name in _JSON else column for column in projects.c]
"""What is kept as JSON comes as its text: a row that says the same as before is not read again."""


def _adopted() -> Select[Any]:
    return select(*_COLUMNS).where(projects.c.number.is_not(None))


def _of_project(query: Select[Any], table: Any) -> Select[Any]:
    return query.join_from(table, projects, projects.c.stream == table.c.stream)


def _rows(conn: Connection, query: Select[Any]) -> list[BoardRow]:
    ordered = query.order_by(projects.c.year.desc(), projects.c.number, projects.c.project)
    return [_row(*row) for row in conn.execute(ordered)]


@lru_cache(maxsize=KEPT_ROWS)
def _row(*columns: object) -> BoardRow:
    row: dict[str, Any] = dict(zip(_NAMES, columns, strict=True))
    row |= {name: None if row[name] is None else json.loads(row[name]) for name in _JSON}
    told = {
        "plan": kept_plans.read(row["plan"]) if row["plan"] else None,
        "pauses": tuple((kept.as_day(first), kept.as_day(last) if last else None) for first, last in row["pauses"]),
        "reached": {number: kept.as_day(on) for number, on in row["reached"]},
        "reports": tuple(kept.as_report(mark) for mark in row["reports"]),
        "proposed": len(row["proposed"]),
        "urged": tuple(kept.as_urging(one) for one in row["urged"]),
        "accepted": kept.as_acceptance(row["accepted"]) if row["accepted"] else None,
        "completion": kept.as_completion(row["completion"]) if row["completion"] else None,
        "look_backs": tuple(kept.as_look_back(one) for one in row["look_backs"]),
    }
    return BoardRow(**{name: row[name] for name in BoardRow._fields} | told)


def _report(row: RowMapping) -> ReportRow:
    plain = {name: row[name] for name in ReportRow._fields}
    amounts = {"percent": kept.as_decimal(row["percent"]), "spent": kept.as_money(row["spent"])}
    return ReportRow(**{**plain, **amounts, "photos": kept.as_files(row["photos"])})


def _difficulty(row: RowMapping) -> DifficultyRow:
    told = {"project_name": row["name"], "decisions": tuple(kept.as_decision(one) for one in row["decisions"])}
    plain = {name: row[name] for name in DifficultyRow._fields if name not in told}
    return DifficultyRow(**plain, **told)
