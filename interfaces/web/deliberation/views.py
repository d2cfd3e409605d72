"""Remarks and questions as lists and pages show them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.projects.project import Stage
from domain.projects.remark import RemarkKind, RemarkStage
from interfaces.web._base.language import gettext as _
from interfaces.web.deliberation.words import REMARK_KINDS, REMARK_STAGES
from projections import candidate_board, deliberation, roll
from projections.candidate_board import ListedCandidate
from projections.deliberation import RemarkRow

_TAGS = {
    RemarkStage.OPEN: "idle",
    RemarkStage.ANSWERED: "info",
    RemarkStage.SENT_BACK: "warn",
    RemarkStage.ACCEPTED: "ok",
    RemarkStage.TAKEN_BACK: "idle",
}


class ShownRemark(NamedTuple):
    """One remark or question with its state in words."""

    row: RemarkRow
    project_number: int | None
    project_name: str
    kind: str
    who: str
    """The delegation; for a question the delegate too."""
    tag: str
    state: str
    waits: bool
    overdue: bool
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRemarks:
    """What was said about one project. `kinds` counts remarks by kind; questions are counted apart."""

    project: UUID
    number: int | None
    name: str
    lead_unit: str
    stage: str
    kinds: Mapping[str, int]
    questions: int
    waiting: int
    overdue: int
    answered: int
    """Without the answers that were sent back: those wait again."""
    delegations: Mapping[str, tuple[ShownRemark, ...]]
    """The remarks by delegation, in the order of the roll."""
    asked: tuple[ShownRemark, ...]
    """The delegates' questions."""

    @property
    def remarks(self) -> int:
        """Remarks of delegations, questions of delegates left out."""
        return sum(self.kinds.values())


def shown(row: RemarkRow, candidate: ListedCandidate | None, names: Mapping[UUID, str], today: date) -> ShownRemark:
    """One remark on a day; `names` are those of delegates."""
    stage = RemarkStage(row.stage)
    overdue = row.is_overdue(today)
    state = str(REMARK_STAGES[row.stage])
    if overdue and row.due_on is not None:
        state = _("逾期 %(days)s 天", days=(today - row.due_on).days)
    elif stage is RemarkStage.OPEN and row.due_on is None:
        state = _("不用答复")
    name = names.get(row.delegate, "") if row.is_question and row.delegate else ""
    return ShownRemark(
        row=row,
        project_number=candidate.shown_number if candidate else None,
        project_name=candidate.name if candidate else "",
        kind=_("提问") if row.is_question else str(REMARK_KINDS[row.kind]),
        who=f"{row.delegation} {name}".strip(),
        tag="bad" if overdue else _TAGS[stage],
        state=state,
        waits=row.waits,
        overdue=overdue,
        answered_by=row.answered_by_name or (_("政府办公室") if row.answer else ""),
    )


def shown_all(
    conn: Connection, congress: UUID, rows: Iterable[RemarkRow], candidates: Iterable[ListedCandidate], today: date
) -> list[ShownRemark]:
    """Many of them: overdue ones first, then what waits, then the rest; in each the oldest first."""
    known = {one.project: one for one in candidates}
    names = delegate_names(conn, congress)
    made = [shown(row, known.get(row.project), names, today) for row in rows]
    return sorted(made, key=lambda one: (not one.overdue, not one.waits))


def delegate_names(conn: Connection, congress: UUID) -> dict[UUID, str]:
    """The names of the delegates in office."""
    return {one.id: one.name for one in roll.delegates_of(conn, congress)[0]}


def by_project(conn: Connection, congress: UUID, year: int, today: date) -> list[ProjectRemarks]:
    """Every candidate of the year with what was said about it, by number; withdrawn ones only where something was."""
    candidates = candidate_board.candidates_of(conn, congress, year)
    remarks = shown_all(conn, congress, deliberation.remarks_of(conn, congress, year), candidates, today)
    order = [one.name for one in roll.delegations_of(conn, congress)]
    made = [_project(one, [r for r in remarks if r.row.project == one.project], order) for one in candidates]
    kept = (one for one in made if one.stage != Stage.WITHDRAWN or one.remarks or one.questions)
    return sorted(kept, key=lambda one: (one.stage == Stage.WITHDRAWN, one.number is None, one.number or 0))


def _project(candidate: ListedCandidate, remarks: list[ShownRemark], order: list[str]) -> ProjectRemarks:
    own = [one for one in remarks if not one.row.is_question]
    asked = [one for one in remarks if one.row.is_question]
    names = [name for name in order if any(one.row.delegation == name for one in own)]
    names += [one.row.delegation for one in own if one.row.delegation not in order]
    counted = Counter(one.row.kind for one in own)
    return ProjectRemarks(
        project=candidate.project,
        number=candidate.shown_number,
        name=candidate.name,
        lead_unit=candidate.lead_unit,
        stage=candidate.stage,
        kinds={kind.value: counted[kind.value] for kind in RemarkKind},
        questions=len(asked),
        waiting=sum(one.waits for one in remarks),
        overdue=sum(one.overdue for one in remarks),
        answered=sum(bool(one.row.answer) and not one.waits for one in remarks),
        delegations={name: tuple(one for one in own if one.row.delegation == name) for name in dict.fromkeys(names)},
        asked=tuple(asked),
    )


class Totals(NamedTuple):
    """The year's remarks in figures."""

    remarks: int
    questions: int
    waiting: int
    overdue: int
    answered: int
    silent: int
    """Delegations that have not remarked on anything."""


def totals(projects: Iterable[ProjectRemarks], delegations: Iterable[str]) -> Totals:
    """All projects together."""
    listed = list(projects)
    spoken = {name for one in listed for name in one.delegations}
    return Totals(
        remarks=sum(one.remarks for one in listed),
        questions=sum(one.questions for one in listed),
        waiting=sum(one.waiting for one in listed),
        overdue=sum(one.overdue for one in listed),
        answered=sum(one.answered for one in listed),
        silent=len(set(delegations) - spoken),
    )
