"""Evaluations 测评 of a year's adopted projects: what their declared count says of each of them (rules 23 and 24)."""

from datetime import date
from uuid import UUID

from application.office import Desk
from domain.polls.count import read_count
from domain.polls.grading import graded
from domain.polls.poll import Poll, counted_in
from domain.projects import project as projects
from domain.projects.project import ProjectEvaluated


def note_grades(desk: Desk, poll: UUID, state: Poll, *, on: date, notice_number: str) -> None:
    """Adds the grade to every project's record. Raises WrongStage for one that is on no voted list."""
    prepared = state.prepared
    results = graded(prepared.profile, read_count(counted_in(state).count))
    known = desk.load_many((item.project for item in prepared.items), projects.evolve)
    for item, result in zip(prepared.items, results, strict=True):
        fact = ProjectEvaluated(
            poll=poll,
            title=prepared.title,
            on=on,
            notice_number=notice_number,
            grade=result.grade_name,
            band=result.band,
            score=result.score,
            rank=result.rank,
            items=len(prepared.items),
            valid_marks=result.valid_marks,
            satisfaction=result.satisfaction,
            overall=result.overall,
        )
        desk.add(item.project, projects.evaluate_project(known.get(item.project), fact))
