"""Guidance visits as lists and pages show them."""

from datetime import date
from typing import NamedTuple

from interfaces.web._base.language import gettext as _
from interfaces.web.visits.words import FINDING_STAGES, FINDING_TAGS
from projections.guidance_visits import FindingRow, VisitRow


class ShownFinding(NamedTuple):
    """A finding with its state in words on a day."""

    row: FindingRow
    project_name: str
    tag: str
    state: str
    overdue: bool


class ShownVisit(NamedTuple):
    """A visit with how its findings stand."""

    row: VisitRow
    findings: list[ShownFinding]
    visitor: str
    """The congress that comes."""

    @property
    def waiting(self) -> int:
        """Findings that wait for an answer."""
        return sum(one.row.waits for one in self.findings)

    @property
    def overdue(self) -> int:
        """Of these the late ones."""
        return sum(one.overdue for one in self.findings)


def shown_finding(row: FindingRow, project_name: str, today: date) -> ShownFinding:
    """It on this day."""
    overdue = row.is_overdue(today)
    state = _("逾期 %(n)s 天", n=(today - row.due_on).days) if overdue else str(FINDING_STAGES[row.stage])
    return ShownFinding(row, project_name, "bad" if overdue else FINDING_TAGS[row.stage], state, overdue)
