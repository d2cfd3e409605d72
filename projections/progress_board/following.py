"""How facts fill the progress board: the rows of a batch are read once, changed in memory and written once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from application.history.history import Noticed
from domain.projects import adjustment_facts as adjusted
from domain.projects import implementation_facts as facts
from domain.projects.card import CandidateCard
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation import ReportStage, Standing, implementation_stream
from domain.projects.periods import ProgressRulesAdopted
from domain.projects.project import CandidateDrafted, CandidateRevised, ProjectAdopted
from projections.progress_board import kept
from projections.progress_board.tables import difficulties, meetings, projects, reports, rules
from projections.reading import kept_plans
from projections.reading.held import Held

REPLACED = "replaced"
"""The stage of a report whose period was reported anew."""

Row = dict[str, Any]
_OF_PROJECTS = (CandidateDrafted, CandidateRevised, ProjectAdopted)
_KINDS = (*_OF_PROJECTS, *facts.ImplementationFact.__args__)
_CHECKED = (facts.ReportSentBack, facts.ReportApproved)
_STANDING = {
    adjusted.AdjustmentKind.SUSPENSION.value: Standing.SUSPENDED.value,
    adjusted.AdjustmentKind.TERMINATION.value: Standing.TERMINATED.value,
    adjusted.AdjustmentKind.RESUMPTION.value: Standing.UNDER_WAY.value,
}


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps a row a project from its candidacy on, and what was reported and raised about it."""
    for notice in noticed:
        if isinstance(notice.fact, LeadingGroupMet):
            conn.execute(insert(meetings).values(**_met(notice, notice.fact)))
        if isinstance(notice.fact, ProgressRulesAdopted):
            conn.execute(delete(rules).where(rules.c.congress == notice.fact.congress))
            told = kept.of_rules(notice.fact.rules)
            conn.execute(insert(rules).values(congress=notice.fact.congress, version=notice.fact.version, rules=told))
    ours = [notice for notice in noticed if isinstance(notice.fact, _KINDS)]
    if ours:
        _Batch(conn, ours).follow()


class _Batch:
    """The rows that a batch of facts touches."""

    def __init__(self, conn: Connection, noticed: Sequence[Noticed]) -> None:
        self._conn = conn
        self._noticed = noticed
        self._new: set[UUID] = set()
        self._rows: dict[UUID, Row] = {}
        """By the stream of the implementation."""
        streams = {notice.stream for notice in noticed}
        found = conn.execute(
            select(projects).where(or_(projects.c.project.in_(streams), projects.c.stream.in_(streams)))
        )
        for row in found.mappings():
            self._rows[row["stream"]] = dict(row)
        self._stored = {stream: dict(row) for stream, row in self._rows.items()}
        self._reports = Held(conn, reports, "report", ("stream", "photos"))
        self._reports.look_up(one.fact.report for one in noticed if isinstance(one.fact, _CHECKED))
        self._difficulties: dict[UUID, Row] = {}

    def follow(self) -> None:
        for notice in self._noticed:
            stream = notice.stream
            if isinstance(notice.fact, CandidateDrafted):
                self._begin(notice, notice.fact)
            elif isinstance(notice.fact, _OF_PROJECTS):
                _of_project(self._rows[implementation_stream(stream)], notice)
            else:
                self._of_course(self._rows[stream], notice)
        self._write()

    def _begin(self, notice: Noticed, fact: CandidateDrafted) -> None:
        stream = implementation_stream(notice.stream)
        self._new.add(stream)
        self._rows[stream] = {
            "congress": fact.congress,
            "year": fact.year,
            "project": notice.stream,
            "stream": stream,
            "position": notice.position,
            "code": fact.code,
            "number": None,
            **_of_card(fact.card),
            "plan": None,
            "plan_stage": "",
            "published_on": None,
            "standing": Standing.UNDER_WAY.value,
            "pauses": [],
            "reached": [],
            "reports": [],
            "proposed": {},
            "open_difficulties": 0,
            "urged": [],
            "accepted": None,
            "completion": None,
            "look_backs": [],
        }

    def _of_course(self, row: Row, notice: Noticed) -> None:
        row["position"] = notice.position
        fact = notice.fact
        match fact:
            case facts.PlanFiled() | facts.PlanSentBack() | facts.PlanPublished():
                _of_plan(row, fact)
            case facts.MilestoneReached():
                row["reached"] = [*row["reached"], [fact.number, fact.on.isoformat()]]
            case facts.MilestoneTakenBack():
                row["reached"] = [one for one in row["reached"] if one[0] != fact.number]
            case facts.ProgressReported():
                self._reported(row, notice, fact)
            case facts.ReportSentBack():
                self._checked(row, fact.report, ReportStage.SENT_BACK, reason=fact.reason, checked_on=fact.on)
            case facts.ReportApproved():
                self._checked(row, fact.report, ReportStage.APPROVED, checked_on=fact.on)
            case facts.ProgressPhotoErased():
                self._without_photo(row, notice.stream, str(fact.file))
            case facts.DifficultyRaised() | facts.DifficultyDecided() | facts.DifficultyResolved():
                self._of_difficulty(row, notice, fact)
            case facts.ProjectUrged():
                row["urged"] = [*row["urged"], kept.of_urging(fact)]
            case facts.ProjectAccepted():
                row["accepted"] = kept.of_acceptance(fact)
            case facts.AcceptanceUndone():
                row["accepted"] = None
            case facts.CompletionRecorded():
                row["completion"] = kept.of_completion(fact)
            case facts.LookBackRecorded():
                row["look_backs"] = [*row["look_backs"], kept.of_look_back(fact)]
            case _:
                _of_adjustment(row, fact)

    def _reported(self, row: Row, notice: Noticed, fact: facts.ProgressReported) -> None:
        due = fact.due_on.isoformat()
        for mark in row["reports"]:
            if mark[1] == due:
                self._reports.change(UUID(mark[0]), stage=REPLACED)
        others = [mark for mark in row["reports"] if mark[1] != due]
        row["reports"] = sorted([*others, kept.of_report(fact, ReportStage.GIVEN.value)], key=lambda mark: mark[1])
        self._reports.add(_given(notice, fact))

    def _checked(self, row: Row, report: UUID, stage: ReportStage, **values: object) -> None:
        marks = row["reports"]
        row["reports"] = [[*mark[:5], stage.value] if mark[0] == str(report) else mark for mark in marks]
        self._reports.change(report, stage=stage.value, **values)

    def _without_photo(self, row: Row, stream: UUID, file: str) -> None:
        row["look_backs"] = [{**back, "photos": _without_file(back["photos"], file)} for back in row["look_backs"]]
        self._reports.write()
        for report in self._conn.scalars(select(reports.c.report).where(reports.c.stream == stream)).all():
            photos = (self._reports.get(report) or {})["photos"]
            if any(photo["file"] == file for photo in photos):
                self._reports.change(report, photos=_without_file(photos, file))

    def _of_difficulty(
        self,
        row: Row,
        notice: Noticed,
        fact: facts.DifficultyRaised | facts.DifficultyDecided | facts.DifficultyResolved,
    ) -> None:
        if isinstance(fact, facts.DifficultyRaised):
            row["open_difficulties"] += 1
            self._difficulties[fact.difficulty] = _raised(notice, fact)
            return
        one = self._difficulty(fact.difficulty)
        if isinstance(fact, facts.DifficultyDecided):
            one["decisions"] = [*one["decisions"], kept.of_decision(fact)]
        else:
            row["open_difficulties"] -= 1
            one.update(resolved_on=fact.on, resolved_by=fact.words)

    def _difficulty(self, difficulty: UUID) -> Row:
        """The row; what is written already is taken out and written again with the batch."""
        if difficulty not in self._difficulties:
            this = difficulties.c.difficulty == difficulty
            self._difficulties[difficulty] = dict(self._conn.execute(select(difficulties).where(this)).mappings().one())
            self._conn.execute(delete(difficulties).where(this))
        return self._difficulties[difficulty]

    def _write(self) -> None:
        fresh = [self._rows[stream] for stream in sorted(self._new)]
        if fresh:
            self._conn.execute(insert(projects), fresh)
        for names, rows in self._changed().items():
            self._conn.execute(
                _REWRITE, [{name: row[name] for name in names} | {"this": row["stream"]} for row in rows]
            )
        self._reports.write()
        if self._difficulties:
            self._conn.execute(insert(difficulties), list(self._difficulties.values()))

    def _changed(self) -> dict[frozenset[str], list[Row]]:
        """Stored rows in which the same is different; what is changed is never changed in place."""
        changed: dict[frozenset[str], list[Row]] = {}
        for stream, before in sorted(self._stored.items()):
            row = self._rows[stream]
            names = frozenset(name for name, value in row.items() if value is not before[name])
            if names:
                changed.setdefault(names, []).append(row)
        return changed


_REWRITE = update(projects).where(projects.c.stream == bindparam("this", type_=projects.c.stream.type))


def _of_project(row: Row, notice: Noticed) -> None:
    row["position"] = notice.position
    match notice.fact:
        case CandidateRevised(card=card):
            row.update(_of_card(card))
        case ProjectAdopted(number=number):
            row["number"] = number


def _of_plan(row: Row, fact: facts.PlanFiled | facts.PlanSentBack | facts.PlanPublished) -> None:
    match fact:
        case facts.PlanFiled():
            row["plan_stage"] = "filed"
        case facts.PlanSentBack():
            row["plan_stage"] = "sent_back"
        case facts.PlanPublished(plan=plan, on=on):
            row.update(plan_stage="published", published_on=on)
            _put_in_force(row, kept_plans.kept(plan))


def _of_adjustment(row: Row, fact: object) -> None:
    match fact:
        case adjusted.AdjustmentLogged(plan=plan):
            _put_in_force(row, kept_plans.kept(plan))
        case adjusted.AdjustmentProposed(adjustment=of, kind=kind, plan=wanted):
            told = {"kind": kind.value, "plan": None if wanted is None else kept_plans.kept(wanted)}
            row["proposed"] = {**row["proposed"], str(of): told}
        case adjusted.AdjustmentDecided(adjustment=of, on=on):
            decided = row["proposed"][str(of)]
            row["pauses"] = _pauses(row["pauses"], decided["kind"], on.isoformat())
            row["proposed"] = _without(row["proposed"], of)
            row["standing"] = _STANDING.get(decided["kind"], row["standing"])
            if decided["plan"] is not None:
                _put_in_force(row, decided["plan"])
        case adjusted.AdjustmentRefused(adjustment=of) | adjusted.AdjustmentWithdrawn(adjustment=of):
            row["proposed"] = _without(row["proposed"], of)


def _pauses(known: list[list[str | None]], kind: str, on: str) -> list[list[str | None]]:
    """From each suspension to the resumption, None while it lasts."""
    match kind:
        case adjusted.AdjustmentKind.SUSPENSION.value:
            return [*known, [on, None]]
        case adjusted.AdjustmentKind.RESUMPTION.value:
            return [*known[:-1], [known[-1][0], on]]
        case _:
            return known


def _without_file(photos: list[dict[str, Any]], gone: str) -> list[dict[str, Any]]:
    return [photo for photo in photos if photo["file"] != gone]


def _put_in_force(row: Row, plan: dict[str, Any]) -> None:
    lead = UUID(plan["lead_unit"]) if plan["lead_unit"] else None
    row.update(plan=plan, lead_unit=lead, lead_unit_name=plan["lead_unit_name"])


def _without(proposed: dict[str, Any], gone: UUID) -> dict[str, Any]:
    return {key: told for key, told in proposed.items() if key != str(gone)}


def _of_card(card: CandidateCard) -> Row:
    lead = {"lead_unit": card.lead_unit, "lead_unit_name": card.lead_unit_name}
    return {"name": card.name, "category": card.category, **lead}


def _given(notice: Noticed, fact: facts.ProgressReported) -> Row:
    return {
        "report": fact.report,
        "stream": notice.stream,
        "due_on": fact.due_on,
        "given_on": fact.on,
        "percent": str(fact.percent),
        "spent": str(fact.funds_spent),
        "words": fact.words,
        "problems": fact.problems,
        "photos": kept.of_files(fact.photos),
        "stage": ReportStage.GIVEN.value,
        "reason": "",
        "checked_on": None,
        "position": notice.position,
    }


def _raised(notice: Noticed, fact: facts.DifficultyRaised) -> Row:
    return {
        "difficulty": fact.difficulty,
        "stream": notice.stream,
        "raised_on": fact.on,
        "words": fact.words,
        "needs": fact.needs,
        "decisions": [],
        "resolved_on": None,
        "resolved_by": "",
        "position": notice.position,
    }


def _met(notice: Noticed, fact: LeadingGroupMet) -> Row:
    told = {"title": fact.title, "held_on": fact.held_on, "chair": fact.chair, "words": fact.words}
    minutes = fact.minutes.name if fact.minutes else ""
    return {"congress": fact.congress, "year": fact.year, "meeting": notice.stream, "minutes": minutes, **told}
