"""How facts fill the years' figures: candidates into the list and through their year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection, delete, select

from application.history.history import Noticed
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
from projections.reading.bulk import insert_rows
from projections.reading.held import Held
from projections.year_figures.tables import FEN, projects, reports, streams

_OF_REPORTS = (ProgressReported, ReportSentBack)
_OF_WORK = (
    *_OF_REPORTS,
    AdjustmentDecided,
    DifficultyRaised,
    LookBackRecorded,
    ProjectAccepted,
    AcceptanceUndone,
    CompletionRecorded,
)
_OF_PROJECTS = (CandidateDrafted, CandidateRevised, ProjectAdopted, ProjectEvaluated)
_COUNTED = ("adjustments", "difficulties", "look_backs")


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Follows candidates into the list and through their year."""
    ours = [notice for notice in noticed if isinstance(notice.fact, (*_OF_PROJECTS, *_OF_WORK, PlanFiled))]
    if not ours:
        return
    batch = _Batch(conn, ours)
    for notice in ours:
        if isinstance(notice.fact, _OF_PROJECTS):
            batch.follow_project(notice)
        else:
            batch.follow_work(notice)
    batch.write()


class _Batch:
    """The rows that a batch of facts touches."""

    def __init__(self, conn: Connection, noticed: Sequence[Noticed]) -> None:
        self._projects = Held(conn, projects, "project", _COUNTED)
        self._streams = Held(conn, streams, "stream")
        self._streams.look_up(notice.stream for notice in noticed if isinstance(notice.fact, (*_OF_WORK, PlanFiled)))
        of_work = [self._streams.get(notice.stream) for notice in noticed if isinstance(notice.fact, _OF_WORK)]
        about = [place["project"] for place in of_work if place]
        self._projects.look_up([*about, *(one.stream for one in noticed if isinstance(one.fact, _OF_PROJECTS))])
        self._reports = _Reports(conn)
        reported = [self._streams.get(notice.stream) for notice in noticed if isinstance(notice.fact, _OF_REPORTS)]
        self._reports.look_up({place["project"] for place in reported if place})

    def follow_project(self, notice: Noticed) -> None:
        match notice.fact:
            case CandidateDrafted(congress=congress, year=year, card=card):
                nothing = {"spent_fen": 0, "completion": "", "accepted": False, "grade": ""}
                drafted = {"project": notice.stream, "congress": congress, "year": year, **dict.fromkeys(_COUNTED, 0)}
                self._projects.add({**drafted, **_of_card(card), **nothing})
            case CandidateRevised(card=card):
                self._projects.change(notice.stream, **_of_card(card))
            case ProjectAdopted(number=number):
                self._projects.change(notice.stream, number=number)
            case ProjectEvaluated(grade=grade, satisfaction=satisfaction):
                rate = None if satisfaction is None else _percent(satisfaction.numerator, satisfaction.denominator)
                self._projects.change(notice.stream, grade=grade or "", satisfaction=rate)

    def follow_work(self, notice: Noticed) -> None:
        place = self._streams.get(notice.stream)
        if isinstance(notice.fact, PlanFiled):
            if place is None:
                of = {"project": notice.fact.project, "year": notice.fact.year}
                self._streams.add({"stream": notice.stream, **of})
            return
        if place is None:
            return
        of = place["project"]
        match notice.fact:
            case ProgressReported(report=report, due_on=due_on, funds_spent=spent):
                if due_on.year == place["year"]:
                    self._reports.give(of, report, due_on, _fen(spent))
                    self._projects.change(of, spent_fen=self._reports.last(of))
            case ReportSentBack(report=report):
                self._reports.take_back(of, report)
                self._projects.change(of, spent_fen=self._reports.last(of))
            case AdjustmentDecided():
                self._count(of, "adjustments")
            case DifficultyRaised():
                self._count(of, "difficulties")
            case LookBackRecorded():
                self._count(of, "look_backs")
            case ProjectAccepted():
                self._projects.change(of, accepted=True)
            case AcceptanceUndone():
                self._projects.change(of, accepted=False)
            case CompletionRecorded(completion=completion):
                self._projects.change(of, completion=completion.value)

    def write(self) -> None:
        for rows in (self._projects, self._streams, self._reports):
            rows.write()

    def _count(self, of: UUID, column: str) -> None:
        row = self._projects.get(of)
        if row is not None:
            self._projects.change(of, **{column: row[column] + 1})


class _Reports:
    """What the reports of the voted year say was spent, by the day they were due."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._given: dict[UUID, dict[date, tuple[UUID, int]]] = {}
        self._changed: set[UUID] = set()

    def look_up(self, of: set[UUID]) -> None:
        self._given.update({one: {} for one in of - self._given.keys()})
        for row in self._conn.execute(select(reports).where(reports.c.project.in_(of))) if of else ():
            self._given[row.project][row.due_on] = (row.report, row.fen)

    def give(self, of: UUID, report: UUID, due_on: date, fen: int) -> None:
        """One report a day it was due: the last."""
        self._of(of)[due_on] = (report, fen)
        self._changed.add(of)

    def take_back(self, of: UUID, report: UUID) -> None:
        """One that was sent back does not count."""
        given = self._of(of)
        for due_on in [due_on for due_on, (known, _spent) in given.items() if known == report]:
            del given[due_on]
            self._changed.add(of)

    def last(self, of: UUID) -> int:
        """What the last of them says, in fen."""
        given = self._of(of)
        return given[max(given)][1] if given else 0

    def write(self) -> None:
        if self._changed:
            self._conn.execute(delete(reports).where(reports.c.project.in_(self._changed)))
        rows = [(of, due, *said) for of in sorted(self._changed) for due, said in self._given[of].items()]
        insert_rows(self._conn, reports, rows)

    def _of(self, of: UUID) -> dict[date, tuple[UUID, int]]:
        if of not in self._given:
            self.look_up({of})
        return self._given[of]


def _of_card(card: CandidateCard) -> dict[str, object]:
    return {
        "name": card.name,
        "category": card.category,
        "total_fen": _fen(card.total_funds),
        "year_fen": _fen(card.year_funds),
        "beneficiaries": card.beneficiary_count or 0,
    }


def _fen(yuan: Decimal | None) -> int:
    return 0 if yuan is None else int(yuan * FEN)


def _percent(part: int, whole: int) -> str:
    return str((Decimal(part) * 100 / whole).quantize(Decimal("0.0001")))
