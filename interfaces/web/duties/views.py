"""Duties as lists and pages show them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.supervision.duty import STEPS as IN_ORDER
from domain.supervision.duty import DutyStage, EscalationStep
from interfaces.web._base.language import gettext as _
from interfaces.web.duties.words import HAPPENED, OUTCOMES, SOURCES, STAGES, STEPS
from projections.duties import DutyRow, DutyStep

_TAGS: Final = {
    DutyStage.OPEN: "idle",
    DutyStage.ANSWERED: "info",
    DutyStage.SENT_BACK: "warn",
    DutyStage.APPROVED: "ok",
    DutyStage.WITHDRAWN: "",
}
STATES: Final = ("overdue", "waiting", "answered", "promised", "approved", "withdrawn")
"""What lists are filtered by."""


class ShownDuty(NamedTuple):
    """A duty with its state in words on a day."""

    row: DutyRow
    label: str
    """Such as 交办〔2026〕3号."""
    source: str
    project_name: str
    tag: str
    state: str
    overdue: bool
    late_days: int
    outcome: str
    step: str

    @property
    def waits(self) -> bool:
        """Whether it is the unit's turn."""
        return self.row.waits


class ShownStep(NamedTuple):
    """One thing that happened, in words."""

    step: DutyStep
    words: str
    outcome: str


class Totals(NamedTuple):
    """Duties in figures."""

    all: int
    waiting: int
    overdue: int
    answered: int
    promised: int
    approved: int
    late: int
    """Answered after their day, or not yet answered though it has passed."""


def label(year: int, number: int) -> str:
    """The number a duty is known by."""
    return _("交办〔%(year)s〕%(number)s号", year=year, number=number)


def shown(row: DutyRow, names: Mapping[UUID, str], today: date) -> ShownDuty:
    """It on this day."""
    overdue = row.is_overdue(today)
    late = (today - row.awaited_on).days if overdue else 0
    state = str(STAGES[row.stage])
    if overdue:
        state = _("逾期 %(n)s 天", n=late)
    elif row.is_promised:
        state = _("限期完成")
    return ShownDuty(
        row=row,
        label=label(row.year, row.number),
        source=str(SOURCES[row.source]),
        project_name=names.get(row.project, "") if row.project else "",
        tag="bad" if overdue else ("info" if row.is_promised else _TAGS[DutyStage(row.stage)]),
        state=state,
        overdue=overdue,
        late_days=late,
        outcome=str(OUTCOMES[row.outcome]) if row.outcome else "",
        step=str(STEPS[row.step]) if row.step else "",
    )


def shown_all(rows: Iterable[DutyRow], names: Mapping[UUID, str], today: date) -> list[ShownDuty]:
    """Overdue ones first, then what waits for somebody, then the rest; in each as it came."""
    made = [shown(row, names, today) for row in rows]
    return sorted(made, key=lambda one: (not one.overdue, not one.waits, one.row.stage != DutyStage.ANSWERED))


def state_of(one: ShownDuty) -> str:
    """By which filter it is found."""
    if one.overdue:
        return "overdue"
    if one.waits:
        return "waiting"
    return "promised" if one.row.is_promised else one.row.stage


def narrowed(found: Iterable[ShownDuty], *, state: str, words: str) -> list[ShownDuty]:
    """Those of a state whose words, unit, project or origin hold the words."""
    kept = [one for one in found if not state or state_of(one) == state or (state == "waiting" and one.waits)]
    if not words.strip():
        return kept
    said = words.strip()
    return [
        one
        for one in kept
        if any(said in text for text in (one.row.words, one.row.unit_name, one.project_name, one.row.origin_title))
    ]


def totals(found: Iterable[ShownDuty]) -> Totals:
    """All of them together, what was withdrawn left out."""
    listed = [one for one in found if one.row.stage != DutyStage.WITHDRAWN]
    return Totals(
        all=len(listed),
        waiting=sum(one.waits for one in listed),
        overdue=sum(one.overdue for one in listed),
        answered=sum(one.row.stage == DutyStage.ANSWERED for one in listed),
        promised=sum(one.row.is_promised for one in listed),
        approved=sum(one.row.stage == DutyStage.APPROVED and not one.row.is_promised for one in listed),
        late=sum(_is_late(one) for one in listed),
    )


def _is_late(one: ShownDuty) -> bool:
    answered = one.row.answered_on
    return one.overdue or (answered is not None and answered > one.row.due_on)


def shown_step(step: DutyStep) -> ShownStep:
    """A step in words."""
    return ShownStep(step=step, words=str(HAPPENED[step.kind]), outcome=str(OUTCOMES.get(step.outcome, "")))


def next_step(row: DutyRow) -> EscalationStep | None:
    """How the office may ask harder than it did."""
    place = IN_ORDER.index(EscalationStep(row.step)) + 1 if row.step else 0
    return IN_ORDER[place] if place < len(IN_ORDER) else None


def source_url(area: str, slug: str, row: DutyRow) -> str:
    """Where the office reads what the duty comes from; a finding is found through its visit."""
    if area != "staff":
        return ""
    folders: dict[str, Any] = {
        "inquiry": "inquiries",
        "hearing": "inquiries",
        "inspection": "inspections",
        "note": "inspections/notes",
        "observation": "volunteers/observations",
        "visit": "visits/findings",
    }
    return f"/staff/{slug}/{folders[row.source]}/{row.origin}"
